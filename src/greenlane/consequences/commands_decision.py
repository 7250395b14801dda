"""Recommend, send back, deny, suspend, expel: one person recommends and another decides (6 USC 967(a)-(b), 971(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries
from greenlane.consequences.checks import fits, said, today
from greenlane.consequences.commands import BENEFITS
from greenlane.consequences.entries import Proposal
from greenlane.consequences.entries_decision import ConsequenceDecided, Measure
from greenlane.consequences.facts import (
    denial_facts,
    misinformation_of,
    part_takers,
    sanction_facts,
    second_person,
)
from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.law import s964
from greenlane.law.listing import left_out, listed
from greenlane.law.s967 import (
    DENIAL,
    SANCTION,
    denied_in_whole,
    may_close_without_sanction,
    may_deny,
    may_expel,
    may_suspend,
)
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.participants.benefits import stood_on
from greenlane.programs.queries import terms_of

WEIGHT = {"denial": 0, "suspension": 1, "expulsion": 2}
"""A notice of a heavier measure is notice of a lighter one as well."""

REASONS = {"label": N_("Reasons, as the company will read them"), "widget": "textarea"}
UNTIL = {
    "label": N_("Last day of the period"),
    "help": N_("The period begins on the day of the decision. Leave it out to keep what was recommended."),
}


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Recommend"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecommendConsequence(Command):
    """Recommend what was given notice of, or less: which benefits to deny, or until when to suspend or expel."""

    case_id: UUID
    measure: Proposal = field(metadata={"label": N_("Measure")})
    benefits: tuple[str, ...] = field(default=(), metadata=BENEFITS)
    period_until: date | None = field(default=None, metadata={"label": N_("Last day of the period")})
    note: str = field(default="", metadata={"label": N_("Note to the supervisor"), "widget": "textarea"})


@handles(RecommendConsequence)
def recommend_consequence(ctx: Context, cmd: RecommendConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    recommended = entries.ConsequenceRecommended(
        measure=cmd.measure,
        benefits=tuple(dict.fromkeys(cmd.benefits)),
        period_until=cmd.period_until,
        by=ctx.actor.account or cmd.case_id,
        note=cmd.note.strip(),
    )
    return Decision(all_of(_recommendable(row, cmd)), (recommended,))


def _recommendable(row: Consequence, cmd: RecommendConsequence) -> Iterator[Reason]:
    yield fits(cmd.note, "note")
    yield _within_notice(row, cmd.measure, cmd.benefits)
    yield finding(
        "6 USC 967(a)",
        "reply_given",
        row.responded_on is None or row.replied_on is not None,
        N_("Nothing that the company said is without a reply."),
        N_("The response of %(responded)s has no reply yet."),
        mend=N_("Reply to each point of the response first."),
        where="response",
        responded=row.responded_on or "-",
    )
    if cmd.measure == "denial":
        yield finding(
            "6 USC 967(a)",
            "benefits_named",
            bool(cmd.benefits) and cmd.period_until is None,
            N_("It names the benefits to be denied."),
            N_("A denial names the benefits, and no period: it lasts until they are restored."),
            mend=N_("Name each benefit, and leave the period out."),
            where="benefits",
        )
    else:
        yield finding(
            "6 USC 967(b)",
            "period_named",
            cmd.period_until is not None and not cmd.benefits,
            N_("It names the last day of the period."),
            N_("A suspension or expulsion names the last day of its period, and no benefits: all of them go."),
            mend=N_("Name the last day, and leave the benefits out."),
            where="period_until",
        )


def _within_notice(row: Consequence, measure: str, benefits: tuple[str, ...]) -> Reason:
    """Nobody is deprived of what the notice did not speak of: protections come before it."""
    heavier = WEIGHT[measure] > WEIGHT.get(row.proposed, 0)
    more = left_out(benefits, row.proposed_benefits) if row.proposed == "denial" else ()
    return finding(
        "6 USC 967(a)",
        "within_the_notice",
        not heavier and not more,
        N_("The company was given notice of this, or of more."),
        N_("The notice spoke of: %(proposed)s (%(benefits)s); this goes beyond it."),
        mend=N_("Open a consequence for what goes beyond the notice, and give notice of it."),
        where="measure",
        proposed=row.proposed,
        benefits=listed(row.proposed_benefits),
    )


@command("6 USC 971(a)", title=N_("Send the recommendation back"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class SendBackConsequence(Command):
    """Send the recommendation back to the specialist with the reason."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(SendBackConsequence)
def send_back_consequence(ctx: Context, cmd: SendBackConsequence) -> Decision:
    consequence_of(cmd.case_id)
    verdict = Verdict((said(cmd.reason, "reason", "6 USC 971(a)"),))
    return Decision(verdict, (entries.ConsequenceSentBack(reason=cmd.reason.strip()),))


@command("6 USC 967(a)", title=N_("Deny benefits"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class DenyBenefits(Command):
    """Deny the recommended benefits, or fewer of them, from today, as a second person."""

    case_id: UUID
    reasons: str = field(metadata=REASONS)
    benefits: tuple[str, ...] = field(
        default=(), metadata={**BENEFITS, "help": N_("Leave it out to deny all that were recommended.")}
    )


@handles(DenyBenefits)
def deny_benefits(ctx: Context, cmd: DenyBenefits) -> Decision:
    row = consequence_of(cmd.case_id)
    alone("consequences", row.participant_id)  # two cases may deny the same benefit at one moment
    terms = terms_of(row.programme, ctx.on)
    benefits = tuple(dict.fromkeys(cmd.benefits or row.recommended_benefits))
    facts = denial_facts(row, benefits, ctx.on)
    reasons = [
        *_decidable(ctx, row, ("denial",), cmd.reasons),
        finding(
            "6 USC 971(a)",
            "as_recommended",
            not left_out(benefits, row.recommended_benefits),
            N_("No benefit is denied that was not recommended."),
            N_("Recommended to be denied: %(recommended)s."),
            mend=N_("Send the recommendation back to have more looked at."),
            where="benefits",
            recommended=listed(row.recommended_benefits),
        ),
        *may_deny(facts, ctx.on, terms).reasons,
        *may_close_without_sanction(misinformation_of(row)).reasons,  # a denial is not what 967(b) asks for
    ]
    decided = decision_of(ctx, row, "denial", cmd.reasons, benefits=benefits, in_whole=denied_in_whole(facts, terms))
    return Decision(all_of(reasons), (decided,))


@command("6 USC 967(b)", title=N_("Suspend"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class SuspendParticipant(Command):
    """Suspend the participant from today until a stated last day, as a second person."""

    case_id: UUID
    reasons: str = field(metadata=REASONS)
    period_until: date | None = field(default=None, metadata=UNTIL)


@handles(SuspendParticipant)
def suspend_participant(ctx: Context, cmd: SuspendParticipant) -> Decision:
    row = consequence_of(cmd.case_id)
    alone("consequences", row.participant_id)
    until = cmd.period_until or row.recommended_until
    reasons = [
        *_decidable(ctx, row, ("suspension", "expulsion"), cmd.reasons),
        *may_suspend(sanction_facts(row, until, ctx.on), ctx.on, terms_of(row.programme, ctx.on)).reasons,
    ]
    return Decision(all_of(reasons), (decision_of(ctx, row, "suspension", cmd.reasons, until=until),))


@command("6 USC 967(b)", title=N_("Expel"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExpelParticipant(Command):
    """Expel the participant from today until a stated last day, as a second person."""

    case_id: UUID
    reasons: str = field(metadata=REASONS)
    period_until: date | None = field(default=None, metadata=UNTIL)


@handles(ExpelParticipant)
def expel_participant(ctx: Context, cmd: ExpelParticipant) -> Decision:
    row = consequence_of(cmd.case_id)
    alone("consequences", row.participant_id)
    until = cmd.period_until or row.recommended_until
    reasons = [
        *_decidable(ctx, row, ("expulsion",), cmd.reasons),
        *may_expel(sanction_facts(row, until, ctx.on), ctx.on, terms_of(row.programme, ctx.on)).reasons,
    ]
    return Decision(all_of(reasons), (decision_of(ctx, row, "expulsion", cmd.reasons, until=until),))


def _decidable(ctx: Context, row: Consequence, recommended: tuple[str, ...], reasons: str) -> Iterator[Reason]:
    """What every decision needs: today, words, a second person, and the recommendation of this or of more."""
    yield today(ctx)
    yield said(reasons, "reasons")
    yield s964.second_person(str(row.recommended_by or ""), second_person(ctx, row.recommended_by))
    yield finding(
        "6 USC 971(a)",
        "as_recommended",
        row.recommended in recommended,
        N_("It was recommended: %(measure)s."),
        N_("What was recommended is: %(measure)s."),
        mend=N_("Decide what was recommended, or send the recommendation back."),
        where="measure",
        measure=row.recommended,
    )


def decision_of(
    ctx: Context,
    row: Consequence,
    measure: Measure,
    reasons: str,
    *,
    benefits: tuple[str, ...] = (),
    in_whole: bool = False,
    until: date | None = None,
) -> ConsequenceDecided:
    """The entry of a decision that takes effect today, with the standing and tier held until now."""
    stood = stood_on(row.participant_id, ctx.on)
    return ConsequenceDecided(
        consequence_id=row.pk,
        participant_id=row.participant_id,
        company=row.participant.legal_name,
        decision=SANCTION if measure in SANCTIONS else DENIAL,  # type: ignore[arg-type]  # the two kinds of 967(c)
        measure=measure,
        benefits=benefits,
        in_whole=in_whole,
        decided_on=ctx.on,
        lost_on=ctx.on,
        period_until=until,
        standing_before=stood.standing,
        tier_before=stood.tier,
        took_part=part_takers(ctx, row),
        reasons=reasons.strip(),
    )
