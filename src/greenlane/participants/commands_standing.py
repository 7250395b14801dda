"""What later sections say of a participant: its standing, its tier, the benefits denied to it (6 USC 961(a), 967)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants import entries
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of


@command("6 USC 962", title=N_("Set the standing"), case="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class SetStanding(Command):
    """Set the standing and tier of a participant, as a later section decided.

    ``since``: the first day of it, where that is not the day on which it counts; what was said of later days gives way.
    """

    participant_id: UUID
    standing: Literal["applicant", "certified", "refused", "withdrawn", "suspended", "expelled", "merged"]
    tier: int
    reason: str
    because: UUID | None = None
    since: date | None = None


@handles(SetStanding)
def set_standing(ctx: Context, cmd: SetStanding) -> Decision:
    participant = participant_of(cmd.participant_id)
    terms = terms_of(participant.programme, ctx.on)
    fits = cmd.tier == 0 if cmd.standing != "certified" else terms.tier(cmd.tier) is not None
    reasons = [
        finding(
            "6 USC 961(a)",
            "tier_of_the_programme",
            fits,
            N_("The programme knows this tier."),
            N_("The standing '%(standing)s' does not go with tier %(tier)s."),
            standing=cmd.standing,
            tier=cmd.tier,
        ),
        _not_ahead(cmd.since, ctx.on),
    ]
    stood = entries.StandingSet(
        participant_id=participant.pk,
        standing=cmd.standing,
        tier=cmd.tier,
        reason=cmd.reason,
        because=cmd.because,
        since=cmd.since,
    )
    return Decision(all_of(reasons), (stood,))


def _not_ahead(since: date | None, on: date) -> Reason:
    return finding(
        "6 USC 971(b)",
        "not_ahead",
        since is None or since <= on,
        N_("It begins on a day that has come."),
        N_("It would begin on %(since)s, after the day on which it counts, %(on)s."),
        since=since or on,
        on=on,
    )


@command("6 USC 967(a)", title=N_("Set the denied benefits"), case="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class SetDeniedBenefits(Command):
    """Set which benefits are denied to a participant because of one case; none gives back what that case denied.

    ``since``: the first day, where that is not the day on which it counts (a reversal: the day of the loss).
    """

    participant_id: UUID
    because: UUID
    benefits: tuple[str, ...]
    reason: str
    since: date | None = None


@handles(SetDeniedBenefits)
def set_denied_benefits(ctx: Context, cmd: SetDeniedBenefits) -> Decision:
    participant = participant_of(cmd.participant_id)
    known = {benefit.code for benefit in terms_of(participant.programme, ctx.on).benefits}
    strange = [code for code in cmd.benefits if code not in known]
    reasons = [
        finding(
            "6 USC 967(a)",
            "benefits_of_the_programme",
            not strange,
            N_("The programme knows these benefits."),
            N_("The programme knows no benefit %(strange)s."),
            strange=", ".join(strange) or "-",
        ),
        _not_ahead(cmd.since, ctx.on),
    ]
    denied = entries.DeniedBenefitsSet(
        denied_id=ctx.new_id(),
        participant_id=participant.pk,
        because=cmd.because,
        benefits=tuple(dict.fromkeys(cmd.benefits)),
        since=cmd.since or ctx.on,
        reason=cmd.reason,
    )
    return Decision(all_of(reasons), (denied,))
