"""Assign an officer, freeze the record of appeal, determine the appeal (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from greenlane.appeals import entries, record
from greenlane.appeals.checks import LONGEST_TEXT, clause, fit_to_determine
from greenlane.appeals.decisions import Decided, called, decided
from greenlane.appeals.entries import AppealFiled
from greenlane.appeals.facts import determination_due, determination_facts
from greenlane.appeals.models import Appeal
from greenlane.appeals.queries import appeal_of, latest_record
from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, adapter_of, command, handles
from greenlane.consequences.commands_appeal import reducible
from greenlane.law.s967_appeals import Outcome, may_determine_appeal, restoration_from
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.people.models import Account
from greenlane.programs.queries import terms_of
from greenlane.records.models import Entry

CITE = "6 USC 967(c)"


def decision_of(appeal: Appeal) -> Decided:
    """The decision that the appeal concerns. Raises Missing: an appeal without one was never filed."""
    found = decided(appeal.consequence_id)
    if found is None:
        raise Missing("decision", appeal.consequence_id)
    return found


@command(CITE, title=N_("Assign an appeal officer"), procedure="appeal")
@dataclass(frozen=True, kw_only=True)
class AssignAppealOfficer(Command):
    """Give the appeal to an officer who took no part in the decision; a review that had begun begins anew."""

    case_id: UUID
    officer_id: UUID = field(metadata={"label": N_("Appeal officer"), "choices": "appeal_officers"})


@handles(AssignAppealOfficer)
def assign_appeal_officer(ctx: Context, cmd: AssignAppealOfficer) -> Decision:
    appeal = appeal_of(cmd.case_id)
    account = Account.objects.filter(pk=cmd.officer_id).first()
    if account is None:
        raise Missing("account", cmd.officer_id)
    new = finding(
        clause(appeal.decision),
        "officer_is_new",
        appeal.officer != account.pk,
        N_("The appeal is new to %(name)s."),
        N_("%(name)s has this appeal already."),
        where="officer_id",
        name=account.name,
    )
    assigned = entries.AppealOfficerAssigned(officer=account.pk, name=account.name, previous=appeal.officer)
    return Decision(all_of([*fit_to_determine(decision_of(appeal), account, ctx.on), new]), (assigned,))


@command(CITE, title=N_("Begin the review of the appeal"), procedure="appeal")
@dataclass(frozen=True, kw_only=True)
class BeginAppealReview(Command):
    """Assemble the record of appeal from the ledger and freeze it; what comes later changes nothing in it."""

    case_id: UUID


@handles(BeginAppealReview)
def begin_appeal_review(ctx: Context, cmd: BeginAppealReview) -> Decision:
    appeal = appeal_of(cmd.case_id)
    decision = decision_of(appeal)
    items = record.assemble(decision, _place_of_filing(appeal))
    plain = [adapter_of(entries.RecordItem).dump_python(item, mode="json") for item in items]
    before = latest_record(appeal.pk)
    begun = entries.AppealReviewBegun(
        record_id=ctx.new_id(),
        number=before.number + 1 if before else 1,
        sha256=record.frozen_hash(record.content(appeal.pk, appeal.decision_entry, appeal.decided_on, plain)),
        items=items,
    )
    whole = finding(
        clause(appeal.decision),
        "record_holds_the_decision",
        any(item.uid == appeal.decision_entry for item in items),
        N_("The record of appeal holds the decision and %(count)s other items."),
        N_("The decision of %(decided)s is not in the record of its case."),
        mend=N_("Verify the record before the review begins."),
        count=len(items) - 1,
        decided=appeal.decided_on,
    )
    return Decision(all_of([_is_officer(appeal, ctx), whole]), (begun,))


def _place_of_filing(appeal: Appeal) -> int | None:
    """The place of the filing in the ledger."""
    return Entry.objects.filter(subject=appeal.pk, kind=AppealFiled.entry_kind).values_list("pk", flat=True).first()


def _is_officer(appeal: Appeal, ctx: Context) -> Reason:
    """The appeal is reviewed and determined by the officer who was assigned under 967(c), by nobody else."""
    return finding(
        clause(appeal.decision),
        "assigned_appeal_officer",
        appeal.officer is not None and appeal.officer == ctx.actor.account,
        N_("You are the officer of this appeal."),
        N_("The officer of this appeal is %(name)s."),
        mend=N_("Ask a programme manager to assign the appeal to you."),
        name=appeal.officer_name or "-",
    )


REASONS = {"label": N_("Reasons"), "help": N_("Ground by ground, in plain words."), "widget": "textarea"}
LATE = {
    "label": N_("Why the determination is late"),
    "help": N_("Only after the 180 days are over; it is kept, and the case is counted as late."),
    "widget": "textarea",
}
OUTCOMES = (
    ("upheld", N_("Upheld: the decision stands")),
    ("modified", N_("Modified: the decision becomes a lesser one")),
    ("reversed", N_("Reversed: all is restored from the day it was lost")),
    ("remanded", N_("Remanded: the decision is taken anew")),
)


@command(
    CITE, "6 USC 967(c)(1)", "6 USC 967(c)(2)", title=N_("Determine the appeal"), procedure="appeal", audience="staff"
)
@dataclass(frozen=True, kw_only=True)
class DetermineAppeal(Command):
    """Determine the appeal on its record, with reasons, within 180 days of its filing; a late one says why."""

    case_id: UUID
    outcome: Literal["upheld", "modified", "reversed", "remanded"] = field(
        metadata={"label": N_("Outcome"), "choices": OUTCOMES}
    )
    reasons: str = field(metadata=REASONS)
    modified_to: str = field(
        default="",
        metadata={"label": N_("What the decision now is"), "help": N_("Only if modified."), "widget": "textarea"},
    )
    benefits: tuple[str, ...] = field(
        default=(),
        metadata={
            "label": N_("Benefits that stay denied"),
            "help": N_("Only if a denial is modified."),
            "choices": "benefits",
        },
    )
    period_until: date | None = field(
        default=None,
        metadata={"label": N_("New last day"), "help": N_("Only if a suspension or expulsion becomes shorter.")},
    )
    measure: Literal["", "suspension"] = field(
        default="",
        metadata={
            "label": N_("New measure"),
            "help": N_("Only if an expulsion becomes a suspension."),
            "choices": (("", N_("The same")), ("suspension", N_("Suspension"))),
        },
    )
    lateness_reason: str = field(default="", metadata=LATE)


@handles(DetermineAppeal)
def determine_appeal(ctx: Context, cmd: DetermineAppeal) -> Decision:
    appeal = appeal_of(cmd.case_id)
    decision = decision_of(appeal)
    facts = determination_facts(
        appeal,
        decision,
        officer=called(ctx.actor.account) if ctx.actor.account else "",
        outcome=Outcome(cmd.outcome),
        reasons=cmd.reasons,
        modified=cmd.modified_to,
        late=cmd.lateness_reason,
    )
    verdict = may_determine_appeal(facts, ctx.on, terms_of(appeal.programme, appeal.filed_on))
    own = [_is_officer(appeal, ctx), _intact(appeal), *_lengths(appeal, cmd), *_modification(appeal, decision, cmd)]
    return Decision(
        all_of([*verdict.reasons, *own]), (_determined(ctx, appeal, decision, cmd),), to=Outcome(cmd.outcome).value
    )


def _intact(appeal: Appeal) -> Reason:
    frozen = latest_record(appeal.pk)
    changed = record.altered(frozen) if frozen is not None else ["record"]
    return finding(
        clause(appeal.decision),
        "record_as_frozen",
        not changed,
        N_("The record of appeal is as it was frozen (%(hash)s)."),
        N_("The record of appeal is not as it was frozen; altered: %(changed)s."),
        mend=N_("Verify the record, and let the officer begin the review anew."),
        hash=appeal.record_sha256[:16],
        changed=", ".join(changed[:5]) or "-",
    )


def _lengths(appeal: Appeal, cmd: DetermineAppeal) -> Iterator[Reason]:
    texts = {"reasons": cmd.reasons, "modified_to": cmd.modified_to, "lateness_reason": cmd.lateness_reason}
    long = [name for name, text in texts.items() if len(text.strip()) > LONGEST_TEXT]
    yield finding(
        clause(appeal.decision),
        "texts_fit",
        not long,
        N_("The texts can be kept whole."),
        N_("Longer than %(longest)s characters: %(long)s."),
        mend=N_("Shorten it, or add a document."),
        where=long[0] if long else "",
        longest=LONGEST_TEXT,
        long=", ".join(long) or "-",
    )


def _modification(appeal: Appeal, decision: Decided, cmd: DetermineAppeal) -> Iterator[Reason]:
    """A modified decision is a lesser one; what says how it is modified goes with no other outcome."""
    if cmd.outcome == "modified":
        yield from reducible(decision.consequence, cmd.benefits, cmd.period_until, cmd.measure)
        return
    yield finding(
        clause(appeal.decision),
        "nothing_modified",
        not (cmd.modified_to.strip() or cmd.benefits or cmd.period_until or cmd.measure),
        N_("Nothing else is changed."),
        N_("The outcome is '%(outcome)s', but a modification is given as well."),
        mend=N_("Choose 'modified', or leave out what the decision would become."),
        where="outcome",
        outcome=cmd.outcome,
    )


def _determined(ctx: Context, appeal: Appeal, decision: Decided, cmd: DetermineAppeal) -> entries.AppealDetermined:
    outcome = Outcome(cmd.outcome)
    due_on = determination_due(appeal.decision, appeal.filed_on, terms_of(appeal.programme, appeal.filed_on)).due_on
    late = ctx.on > due_on
    values: dict[str, Any] = {"decision": appeal.decision}
    return entries.AppealDetermined(
        appeal_id=appeal.pk,
        consequence_id=appeal.consequence_id,
        participant_id=appeal.participant_id,
        company=appeal.participant.legal_name,
        outcome=outcome,
        reasons=cmd.reasons.strip(),
        modified_to=cmd.modified_to.strip(),
        benefits=tuple(dict.fromkeys(cmd.benefits)),
        period_until=cmd.period_until,
        measure=cmd.measure,
        decided_on=appeal.decided_on,
        filed_on=appeal.filed_on,
        due_on=due_on,
        determined_on=ctx.on,
        restored_from=restoration_from(outcome, decision.lost_on),
        late=late,
        lateness_reason=cmd.lateness_reason.strip() if late else "",
        record_sha256=appeal.record_sha256,
        **values,
    )
