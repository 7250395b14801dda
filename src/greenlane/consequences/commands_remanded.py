"""Deciding anew what an appeal sent back (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries_decision as entries
from greenlane.consequences.checks import said, today
from greenlane.consequences.commands import BENEFITS
from greenlane.consequences.commands_appeal import restored, reversal
from greenlane.consequences.commands_decision import REASONS
from greenlane.consequences.facts import denial_facts, emergency_facts, not_only_of, part_takers, sanction_facts
from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.law.listing import left_out
from greenlane.law.s967 import denied_in_whole, may_confirm_emergency, may_deny, may_expel, may_suspend
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of


@command("6 USC 967(c)", title=N_("Decide anew"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class DecideAnew(Command):
    """Decide anew what an appeal sent back: confirm it, reduce it, or reverse it. A new right to appeal begins."""

    case_id: UUID
    outcome: Literal["confirmed", "reduced", "reversed"] = field(metadata={"label": N_("Outcome")})
    reasons: str = field(metadata=REASONS)
    benefits: tuple[str, ...] = field(
        default=(), metadata={**BENEFITS, "help": N_("Those that stay denied, where the denial is reduced.")}
    )
    period_until: date | None = field(
        default=None,
        metadata={"label": N_("Last day of the period"), "help": N_("Where a suspension or expulsion is reduced.")},
    )


@handles(DecideAnew)
def decide_anew(ctx: Context, cmd: DecideAnew) -> Decision:
    row = consequence_of(cmd.case_id)
    alone("consequences", row.participant_id)
    reasons = [today(ctx), said(cmd.reasons, "reasons", "6 USC 967(c)"), _another(ctx, row)]
    if cmd.outcome == "reversed":
        return Decision(all_of([*reasons, restored(row)]), (reversal(row, None, cmd.reasons.strip()),), to="reversed")
    reduced = cmd.outcome == "reduced"
    benefits = cmd.benefits if reduced else tuple(row.benefits)
    until = (cmd.period_until if reduced else None) or row.period_until
    reasons += _not_heavier(row, cmd)
    if row.ended_on is None and (until is None or until > ctx.on):  # what is over needs no new period
        reasons += _holds(row, benefits, until, ctx.on)
    return Decision(
        all_of(reasons),
        (_anew(ctx, row, benefits, until, cmd.reasons),),
        to="in_force" if row.ended_on is None else "ended",
    )


def _another(ctx: Context, row: Consequence) -> Reason:
    return finding(
        "6 USC 971(a)",
        "second_person",
        not_only_of(ctx, row.decided_by, row.recommended_by),
        N_("Another person decides anew than recommended or decided before."),
        N_("Whoever recommended or took the decision does not take it anew."),
        mend=N_("Let another supervisor decide."),
        where="decision",
    )


def _not_heavier(row: Consequence, cmd: DecideAnew) -> Iterator[Reason]:
    """What is decided anew is never more than what was appealed."""
    reduced, sanction = cmd.outcome == "reduced", row.measure in SANCTIONS
    fewer = bool(cmd.benefits) and not left_out(cmd.benefits, row.benefits) and len(cmd.benefits) < len(row.benefits)
    began, until = row.lost_on or row.opened_on, row.period_until
    shorter = cmd.period_until is not None and until is not None and began <= cmd.period_until < until
    yield finding(
        "6 USC 967(c)(2)" if sanction else "6 USC 967(c)(1)",
        "not_heavier",
        (shorter if sanction else fewer) if reduced else not cmd.benefits and cmd.period_until is None,
        N_("It is not more than what was appealed."),
        N_("A reduced decision denies fewer benefits or ends sooner; a confirmed one states neither."),
        mend=N_("Name what stays of the decision, or confirm it as it was."),
        where="period_until" if sanction else "benefits",
    )


def _holds(row: Consequence, benefits: tuple[str, ...], until: date | None, on: date) -> Iterator[Reason]:
    """The grounds still bear the decision, under the same rules as the first time."""
    terms = terms_of(row.programme, on)
    if row.measure == "emergency":
        yield from may_confirm_emergency(emergency_facts(row), on).reasons
    elif row.measure == "denial":
        yield from may_deny(denial_facts(row, benefits, on), on, terms).reasons
    else:
        may = may_expel if row.measure == "expulsion" else may_suspend
        facts = replace(sanction_facts(row, until, on), rank=row.tier_before, standing=row.standing_before)
        yield from may(facts, on, terms).reasons


def _anew(
    ctx: Context, row: Consequence, benefits: tuple[str, ...], until: date | None, reasons: str
) -> entries.ConsequenceDecided:
    """The new decision: of today, with what was lost from the day it was lost."""
    whole = row.in_whole and not left_out(row.benefits, benefits)
    if row.measure == "denial" and row.ended_on is None:
        whole = denied_in_whole(denial_facts(row, benefits, ctx.on), terms_of(row.programme, ctx.on))
    first = entries.ConsequenceDecided(
        consequence_id=row.pk,
        participant_id=row.participant_id,
        company=row.participant.legal_name,
        decision=row.decision,  # type: ignore[arg-type]  # the kind that was appealed
        measure=row.measure,  # type: ignore[arg-type]  # one of the measures, as it was decided
        benefits=tuple(benefits),
        in_whole=whole,
        decided_on=ctx.on,
        lost_on=row.lost_on or ctx.on,
        period_until=until,
        standing_before=row.standing_before,
        tier_before=row.tier_before,
        took_part=part_takers(ctx, row),
        reasons=reasons.strip(),
    )
    return replace(first, anew=True, ended=row.ended_on is not None)
