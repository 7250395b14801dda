"""Confirm the tier, refuse the revalidation, or close it without a decision (6 USC 969(1))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s969 import CONFIRMED, REFUSED, may_close_revalidation, revalidation_due
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.revalidation import entries, queries
from greenlane.revalidation.facts import closing_facts, visited_on
from greenlane.revalidation.models import Revalidation
from greenlane.revalidation.periods import facts_of, grid_of
from greenlane.validation.commands_decision import decider_apart
from greenlane.validation.facts import steps_undone
from greenlane.validation.models import Validation
from greenlane.validation.queries import validation_of

CITE = "6 USC 969(1)"
LATE = {
    "label": N_("Why the period was missed"),
    "help": N_("Asked when the period is over; it is counted in every report."),
    "widget": "textarea",
}


@command(
    CITE, "6 USC 969", "6 USC 969(2)", "6 USC 971(a)", title=N_("Confirm the tier"), procedure="revalidation",
    audience="staff",
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class ConfirmTier(Command):
    """Confirm the tier that the participant holds, as a second person, after a visit and with no action open."""

    case_id: UUID
    lateness_reason: str = field(default="", metadata=LATE)


@handles(ConfirmTier)
def confirm_tier(ctx: Context, cmd: ConfirmTier) -> Decision:
    return _decide(ctx, cmd.case_id, "confirmed", "validate", cmd.lateness_reason)


@command(
    CITE, "6 USC 969", "6 USC 969(2)", "6 USC 971(a)", title=N_("Refuse the revalidation"), procedure="revalidation",
    audience="staff",
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class RefuseRevalidation(Command):
    """Refuse the revalidation on measures found wanting, as a second person; benefits are lost only under 967."""

    case_id: UUID
    lateness_reason: str = field(default="", metadata=LATE)


@handles(RefuseRevalidation)
def refuse_revalidation(ctx: Context, cmd: RefuseRevalidation) -> Decision:
    return _decide(ctx, cmd.case_id, "refused", "fail", cmd.lateness_reason)


def _decide(
    ctx: Context, case_id: UUID, outcome: Literal["confirmed", "refused"], recommended: str, late_because: str
) -> Decision:
    validation, row = validation_of(case_id), queries.revalidation_of(case_id)
    periods = queries.periods_of_participant(validation.participant_id)
    facts = closing_facts(
        validation,
        ctx.the_case,
        periods,
        outcome=CONFIRMED if outcome == "confirmed" else REFUSED,
        decided_by=ctx.actor.account,
        on=ctx.on,
    )
    late = ctx.on > row.period_ends_on
    reasons = [
        *may_close_revalidation(facts, ctx.on).reasons,
        _as_recommended(validation, recommended),
        _steps(validation),
        *decider_apart(ctx, validation),
        *_late(row, late=late, why=late_because, ctx=ctx),
    ]
    terms = terms_of(row.programme, ctx.on)
    tier = terms.tier(facts.rank)
    decided = entries.RevalidationDecided(
        revalidation_id=row.pk,
        participant_id=row.participant_id,
        company=facts.participant,
        outcome=outcome,
        tier=facts.rank,
        tier_title=tier.title if tier else "",
        visited_on=visited_on(validation),
        failures=facts.failures if outcome == "refused" else (),
        period_ends_on=row.period_ends_on,
        late=late,
        lateness_reason=late_because.strip() if late else "",
        next_due_on=_next_due(ctx, validation),
    )
    return Decision(all_of(reasons), (decided,))


def _next_due(ctx: Context, validation: Validation) -> date | None:
    """The last day for the next revalidation, once this one is counted."""
    periods = queries.periods_of_participant(validation.participant_id)
    if periods is None:
        return None
    terms = terms_of(validation.programme, periods.initial_on)
    grid = grid_of(periods, terms)
    counted = replace(grid, closings=(*grid.closings, ctx.on))
    return revalidation_due(facts_of(counted, validation.participant.legal_name, 0), ctx.on, terms)


def _as_recommended(validation: Validation, recommended: str) -> Reason:
    return finding(
        CITE,
        "recommended",
        validation.recommended == recommended,
        N_("The specialist recommends this decision."),
        N_("The specialist does not recommend this decision."),
        mend=N_("Send the recommendation back, or decide as recommended."),
        where="recommendation",
    )


def _steps(validation: Validation) -> Reason:
    undone = steps_undone(validation)
    return finding(
        "6 USC 971(a)(3)",
        "steps_done",
        not undone,
        N_("Every required step of the work was done."),
        N_("Required steps of the work were not done: %(undone)s."),
        mend=N_("Do each step before the decision."),
        where="steps",
        undone=", ".join(undone) or "-",
    )


def _late(row: Revalidation, *, late: bool, why: str, ctx: Context) -> Iterator[Reason]:
    yield finding(
        "6 USC 969(2)",
        "lateness_reason",
        not late or 0 < len(why.strip()) <= 2000,
        N_("Period %(index)d ends on %(end)s; decided %(on)s."),
        N_("Period %(index)d ended on %(end)s, %(days)d days ago, and it is not written why it was missed."),
        mend=N_("Write why the period was missed, in at most 2000 characters; it is counted in every report."),
        where="lateness_reason",
        index=row.period_index,
        end=row.period_ends_on,
        on=ctx.on,
        days=max(0, (ctx.on - row.period_ends_on).days),
    )


@command("6 USC 961(a)", title=N_("Close the revalidation"), procedure="revalidation", internal=True)
@dataclass(frozen=True, kw_only=True)
class CloseRevalidation(Command):
    """Close a revalidation without a decision, because the participant no longer takes part."""

    case_id: UUID
    reason: str


@handles(CloseRevalidation)
def close_revalidation(ctx: Context, cmd: CloseRevalidation) -> Decision:
    left = finding("6 USC 961(a)", "no_longer_takes_part", True, N_("The participant no longer takes part."), "")
    return Decision(Verdict((left,)), (entries.RevalidationClosed(reason=cmd.reason),))
