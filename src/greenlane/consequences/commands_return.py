"""How a consequence ends: restore, reinstate, end with its period; and its publication (6 USC 967(a)-(b))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries_decision as entries
from greenlane.consequences.checks import said, today
from greenlane.consequences.facts import ending_facts, not_only_of, reinstatement_facts
from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.law.listing import listed
from greenlane.law.s967 import may_end_without_reinstatement, may_reinstate
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of

WHY = {"label": N_("Reason, as the company will read it"), "widget": "textarea"}


def _measure(row: Consequence, *measures: str) -> Reason:
    return finding(
        "6 USC 967(b)" if row.measure in SANCTIONS else "6 USC 967(a)",
        "fits_the_measure",
        row.measure in measures,
        N_("What is in force is: %(measure)s."),
        N_("What is in force is: %(measure)s; this is for: %(measures)s."),
        mend=N_("Choose what ends the measure that is in force."),
        measure=row.measure,
        measures=listed(measures),
    )


def _another(ctx: Context, row: Consequence) -> Reason:
    """Whoever accepted the plan, or one of its goals as done, does not decide that the company returns on it."""
    accepted = row.goals.exclude(accepted_by=None).values_list("accepted_by", flat=True)
    return finding(
        "6 USC 971(a)",
        "second_person",
        not_only_of(ctx, row.plan_accepted_by, *accepted),
        N_("One person accepted the plan and its goals, and another decides that the company returns."),
        N_("Whoever accepted the plan, or one of its goals as done, does not decide that the company returns."),
        mend=N_("Let a supervisor decide who accepted neither the plan nor a goal of it."),
        where="decision",
    )


def _ended(row: Consequence, ended_as: entries.Ending, since: date, reason: str) -> entries.ConsequenceEnded:
    return entries.ConsequenceEnded(
        consequence_id=row.pk,
        participant_id=row.participant_id,
        company=row.participant.legal_name,
        measure=row.measure,  # type: ignore[arg-type]  # one of the measures, as it was decided
        ended_as=ended_as,
        since=since,
        reason=reason.strip(),
    )


@command("6 USC 967(a)", title=N_("Restore the benefits"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RestoreBenefits(Command):
    """Give all denied benefits back from today, on a corrective plan that is kept so far, as a second person."""

    case_id: UUID
    reason: str = field(metadata=WHY)


@handles(RestoreBenefits)
def restore_benefits(ctx: Context, cmd: RestoreBenefits) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [
        _measure(row, "denial", "emergency"),
        today(ctx),
        said(cmd.reason, "reason"),
        _another(ctx, row),
        *may_reinstate(reinstatement_facts(row), ctx.on).reasons,
    ]
    return Decision(all_of(reasons), (_ended(row, "restored", ctx.on, cmd.reason),))


@command("6 USC 967(b)", title=N_("Reinstate"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReinstateParticipant(Command):
    """Reinstate a suspended participant, in the standing and tier that it held before, as a second person.

    From today, after its period, on a corrective action plan that another person accepted.
    """

    case_id: UUID
    reason: str = field(metadata=WHY)


@handles(ReinstateParticipant)
def reinstate_participant(ctx: Context, cmd: ReinstateParticipant) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [
        _measure(row, "suspension"),
        today(ctx),
        said(cmd.reason, "reason", "6 USC 967(b)"),
        _another(ctx, row),
        *may_reinstate(reinstatement_facts(row), ctx.on).reasons,
    ]
    return Decision(all_of(reasons), (_ended(row, "reinstated", ctx.on, cmd.reason),))


@command("6 USC 967(b)", title=N_("End without reinstatement"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class EndConsequence(Command):
    """End a sanction whose period is over and that has no plan to return on: the company may apply anew."""

    case_id: UUID
    reason: str = field(metadata=WHY)


@handles(EndConsequence)
def end_consequence(ctx: Context, cmd: EndConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [
        _measure(row, *SANCTIONS),
        today(ctx),
        said(cmd.reason, "reason", "6 USC 967(b)"),
        *may_end_without_reinstatement(ending_facts(row), ctx.on, terms_of(row.programme, ctx.on)).reasons,
    ]
    return Decision(all_of(reasons), (_ended(row, "period_over", ctx.on, cmd.reason),))


@command("6 USC 967(b)", title=N_("Note the publication"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class PublishConsequence(Command):
    """Note that a suspension or expulsion was published in the list of the Federal Register."""

    case_id: UUID
    publication: str = field(metadata={"label": N_("Where it was published")})


@handles(PublishConsequence)
def publish_consequence(ctx: Context, cmd: PublishConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [
        finding(
            "6 USC 967(b)",
            "suspended_or_expelled",
            row.measure in SANCTIONS,
            N_("It is a suspension or expulsion under 967(b)."),
            N_("Only a suspension or expulsion under 967(b) is published."),
        ),
        finding(
            "6 USC 967(b)",
            "published_once",
            row.published_on is None,
            N_("It was not published before."),
            N_("It was published on %(published)s."),
            published=row.published_on or "-",
        ),
        said(cmd.publication, "publication", "6 USC 967(b)", longest=200),
    ]
    published = entries.ConsequencePublished(consequence_id=row.pk, publication=cmd.publication.strip())
    return Decision(all_of(reasons), (published,))
