"""The periods of a participant: begun by its initial validation, at rest while it holds no tier (6 USC 969(2))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of
from greenlane.revalidation import entries
from greenlane.revalidation.models import Periods
from greenlane.revalidation.periods import grid_of, rests_of
from greenlane.revalidation.queries import periods_of

GRID = "revalidation_periods"
"""The kind of the register case that bears the deadlines of the periods; no procedure, only the platform acts on it."""


@command("6 USC 969(2)", title=N_("Begin the periods"), case="", lock="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class BeginPeriods(Command):
    """Begin the periods of a participant with its initial validation; a later validation begins none."""

    participant_id: UUID
    validation_id: UUID
    initial_on: date


@handles(BeginPeriods)
def begin_periods(ctx: Context, cmd: BeginPeriods) -> Decision:
    participant = participant_of(cmd.participant_id)
    reasons = [
        finding(
            "6 USC 969(2)",
            "initial_validation",
            not Periods.objects.filter(participant=participant).exists(),
            N_("This is its initial validation."),
            N_("Its periods run already from its initial validation."),
        )
    ]
    key = ctx.new_id()
    row = Periods(participant=participant, initial_on=cmd.initial_on, closings=[], rests=[])
    grid = grid_of(row, terms_of(participant.programme, cmd.initial_on))
    begun = entries.PeriodsBegun(
        periods_id=key,
        participant_id=participant.pk,
        programme=participant.programme,
        validation_id=cmd.validation_id,
        initial_on=cmd.initial_on,
        first_ends_on=grid.period(cmd.initial_on).ends_on,
    )
    opens = Opening(key, GRID, programme=participant.programme, participant=participant.pk)
    return Decision(all_of(reasons), (begun,), to="running", opens=opens)


@command("6 USC 969(1)", title=N_("Let the periods follow the standing"), internal=True)
@dataclass(frozen=True, kw_only=True)
class FollowStanding(Command):
    """Let the periods rest while the participant holds no tier, and run again when it holds one."""

    case_id: UUID


@handles(FollowStanding)
def follow_standing(ctx: Context, cmd: FollowStanding) -> Decision:
    rests = rests_of(periods_of(cmd.case_id), ctx.on)
    resting = bool(rests) and rests[-1][1] is None
    held = finding(
        "6 USC 969(1)",
        "tier_held",
        True,
        N_("The participant holds no tier.") if resting else N_("The participant holds a tier."),
        "",
    )
    return Decision(Verdict((held,)), (entries.PeriodsFollowed(rests=rests),), to="resting" if resting else "running")


@command("6 USC 969(2)", title=N_("Count a revalidation"), internal=True)
@dataclass(frozen=True, kw_only=True)
class CountRevalidation(Command):
    """Count a revalidation for the period in which it was closed."""

    case_id: UUID
    revalidation_id: UUID
    closed_on: date


@handles(CountRevalidation)
def count_revalidation(ctx: Context, cmd: CountRevalidation) -> Decision:
    row = periods_of(cmd.case_id)
    counted = entries.RevalidationCounted(revalidation_id=cmd.revalidation_id, closed_on=cmd.closed_on)
    return Decision(Verdict((_follows(row, cmd.closed_on),)), (counted,))


def _follows(row: Periods, closed_on: date) -> Reason:
    return finding(
        "6 USC 969(2)",
        "follows_the_initial_validation",
        closed_on >= row.initial_on,
        N_("It follows the initial validation of %(initial)s."),
        N_("It lies before the initial validation of %(initial)s."),
        initial=row.initial_on,
    )
