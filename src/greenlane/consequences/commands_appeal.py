"""What an appeal does with a decision: reverse, reduce, remand; and the end of the case (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries_decision as entries
from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.law.listing import left_out, listed
from greenlane.law.s967 import Outcome, restoration_from
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding


def _cite(row: Consequence) -> str:
    return "6 USC 967(c)(2)" if row.measure in SANCTIONS else "6 USC 967(c)(1)"


@command("6 USC 967(c)", title=N_("Note an appeal"), procedure="consequence", internal=True)
@dataclass(frozen=True, kw_only=True)
class RecordAppealFiled(Command):
    """Note on a decision that it is appealed, so that the right to appeal it counts as used."""

    case_id: UUID
    appeal_id: UUID
    filed_on: date


@handles(RecordAppealFiled)
def record_appeal_filed(ctx: Context, cmd: RecordAppealFiled) -> Decision:
    row = consequence_of(cmd.case_id)
    first = finding(
        _cite(row),
        "first_appeal",
        row.appeal_id is None,
        N_("No appeal of this decision was filed before."),
        N_("An appeal of this decision is on file already."),
    )
    return Decision(Verdict((first,)), (entries.AppealNoted(appeal_id=cmd.appeal_id, filed_on=cmd.filed_on),))


@command("6 USC 967(c)", title=N_("Reverse the decision"), procedure="consequence", internal=True)
@dataclass(frozen=True, kw_only=True)
class ReverseConsequence(Command):
    """Reverse a decision, as its appeal was determined: status and benefits return from the day they were lost."""

    case_id: UUID
    appeal_id: UUID


@handles(ReverseConsequence)
def reverse_consequence(ctx: Context, cmd: ReverseConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    return Decision(Verdict((restored(row),)), (reversal(row, cmd.appeal_id, ""),))


def restored(row: Consequence) -> Reason:
    """What was lost returns from the day it was lost: of a decision that was taken (967(c))."""
    since = restoration_from(Outcome.REVERSED, row.lost_on) if row.lost_on else None
    return finding(
        "6 USC 967(c)",
        "restored_from_the_day_lost",
        since is not None,
        N_("Status and benefits return from %(since)s, the day on which they were lost."),
        N_("Nothing was decided here, so there is nothing to reverse."),
        since=since or "-",
    )


def reversal(row: Consequence, appeal_id: UUID | None, reasons: str) -> entries.ConsequenceReversed:
    """The entry of a reversal."""
    return entries.ConsequenceReversed(
        consequence_id=row.pk,
        participant_id=row.participant_id,
        company=row.participant.legal_name,
        lost_on=row.lost_on or row.opened_on,
        appeal_id=appeal_id,
        reasons=reasons,
    )


@command("6 USC 967(c)", title=N_("Reduce the decision"), procedure="consequence", internal=True)
@dataclass(frozen=True, kw_only=True)
class ReduceConsequence(Command):
    """Make a decision a lesser one, as its appeal was determined: fewer benefits denied, or a shorter period.

    ``benefits`` stay denied. ``period_until``: the new last day, None to leave it. ``measure``: 'suspension'
    where an expulsion becomes one.
    """

    case_id: UUID
    appeal_id: UUID
    benefits: tuple[str, ...] = ()
    period_until: date | None = None
    modified_to: str = ""
    measure: Literal["", "suspension"] = field(default="")


@handles(ReduceConsequence)
def reduce_consequence(ctx: Context, cmd: ReduceConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    sanction = row.measure in SANCTIONS
    reduced = entries.ConsequenceReduced(
        consequence_id=row.pk,
        participant_id=row.participant_id,
        company=row.participant.legal_name,
        measure=cmd.measure or row.measure,  # type: ignore[arg-type]  # one of the measures, as it was decided
        benefits=() if sanction else tuple(code for code in row.benefits if code in cmd.benefits),
        period_until=(cmd.period_until or row.period_until) if sanction else None,
        modified_to=cmd.modified_to.strip(),
        appeal_id=cmd.appeal_id,
    )
    return Decision(all_of(reducible(row, cmd.benefits, cmd.period_until, cmd.measure)), (reduced,))


def reducible(
    row: Consequence, benefits: tuple[str, ...], period_until: date | None, measure: str = ""
) -> Iterator[Reason]:
    """Is this less than what was decided? An appeal never makes a decision heavier. Reasons under 967(c)."""
    if row.measure not in SANCTIONS:
        strange = left_out(benefits, row.benefits)
        fewer = 0 < len(set(benefits)) < len(row.benefits)
        yield finding(
            _cite(row),
            "fewer_benefits",
            fewer and not strange and period_until is None and not measure,
            N_("%(count)d of the %(all)d benefits stay denied."),
            N_("A denial is reduced to some of the benefits that it denies: %(denied)s."),
            mend=N_("Name those that stay denied; to give all back, reverse the decision."),
            where="benefits",
            count=len(set(benefits)),
            all=len(row.benefits),
            denied=listed(row.benefits),
        )
        return
    until, began = row.period_until, row.decided_on
    shorter = period_until is not None and until is not None and began is not None and began <= period_until < until
    lighter = measure == "suspension" and row.measure == "expulsion" and period_until in (None, until)
    yield finding(
        _cite(row),
        "lesser_sanction",
        (shorter or lighter) and not benefits and measure in ("", "suspension"),
        N_("It is less than what was decided."),
        N_("A %(measure)s until %(until)s is reduced to a shorter period, or from expulsion to suspension."),
        mend=N_("Give a last day before %(until)s and not before the decision."),
        where="period_until",
        measure=row.measure,
        until=until or "-",
    )


@command("6 USC 967(c)", title=N_("Remand the decision"), procedure="consequence", internal=True)
@dataclass(frozen=True, kw_only=True)
class RemandConsequence(Command):
    """Send a decision back to be taken anew, as its appeal was determined. Until then it stands."""

    case_id: UUID
    appeal_id: UUID
    reasons: str


@handles(RemandConsequence)
def remand_consequence(ctx: Context, cmd: RemandConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    given = finding(
        _cite(row),
        "reasons_given",
        bool(cmd.reasons.strip()),
        N_("It is said what is to be decided anew."),
        N_("It is not said what is to be decided anew."),
        mend=N_("Write the reasons."),
        where="reasons",
    )
    return Decision(
        Verdict((given,)), (entries.ConsequenceRemanded(appeal_id=cmd.appeal_id, reasons=cmd.reasons.strip()),)
    )


@command("6 USC 967(c)", title=N_("Close the case"), procedure="consequence", internal=True)
@dataclass(frozen=True, kw_only=True)
class CloseConsequence(Command):
    """Close a consequence that has ended, once its appeal process is complete."""

    case_id: UUID
    reason: str


@handles(CloseConsequence)
def close_consequence(ctx: Context, cmd: CloseConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    over = finding(
        _cite(row),
        "consequence_ended",
        row.ended_on is not None,
        N_("What was decided has ended on %(ended)s."),
        N_("What was decided is still in force."),
        ended=row.ended_on or "-",
    )
    return Decision(Verdict((over,)), (entries.ConsequenceClosed(reason=cmd.reason.strip()),))
