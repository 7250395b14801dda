"""A participant withdraws at any time, for any reason or none (6 USC 961(a))."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s961 import Attestation, may_withdraw
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, finding
from greenlane.participants.entries import StandingSet
from greenlane.participants.entries_duties import ParticipantWithdrew
from greenlane.participants.queries import named_officer, participant_of
from greenlane.records.models import Entry

TAKES_PART = frozenset({"certified", "suspended"})
LONGEST_REASON = 2_000


@command("6 USC 961(a)", title=N_("Withdraw from the programme"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class WithdrawFromProgramme(Command):
    """Withdraw the company from the programme today, as its officer. Benefits end today; it may apply again."""

    participant_id: UUID
    reason: str = field(default="", metadata={"label": N_("Reason, if you wish to give one"), "widget": "textarea"})
    sure: bool = field(
        default=False, metadata={"label": N_("The company withdraws today, and its benefits end with this day")}
    )


@handles(WithdrawFromProgramme)
def withdraw_from_programme(ctx: Context, cmd: WithdrawFromProgramme) -> Decision:
    participant = participant_of(cmd.participant_id)
    named = named_officer(participant.pk, ctx.actor.account)
    request = Attestation(ctx.office, named, str(ctx.actor.account or ""), ctx.on)
    takes_part = participant.standing in TAKES_PART and not _has_left(participant.pk)
    verdict = may_withdraw(request, takes_part, ctx.on)
    meant = (
        finding(
            "6 USC 961(a)",
            "withdrawal_meant",
            cmd.sure,
            N_("The officer says that the company withdraws."),
            N_("The box that says that the company withdraws is not ticked."),
            mend=N_("Tick the box if the company wishes to leave; nobody has to stay."),
            where="sure",
        ),
        finding(
            "6 USC 961(a)",
            "reason_fits",
            len(cmd.reason) <= LONGEST_REASON,
            N_("The reason fits."),
            N_("The reason is longer than %(longest)s characters."),
            mend=N_("Shorten it; none is needed."),
            where="reason",
            longest=LONGEST_REASON,
        ),
    )
    withdrew = ParticipantWithdrew(
        participant_id=participant.pk,
        company=participant.legal_name,
        standing_before=participant.standing,
        tier_before=participant.tier,
        signed_by=ctx.actor.account or participant.pk,
        reason=cmd.reason.strip(),
    )
    return Decision(verdict.and_(Verdict(meant)), (withdrew,))


def _has_left(participant_id: UUID) -> bool:
    """Was a withdrawal received since the standing was set last? Of two at once the second finds the first here."""
    kinds = (ParticipantWithdrew.entry_kind, StandingSet.entry_kind)
    last = Entry.objects.filter(subject=participant_id, kind__in=kinds).order_by("-id").first()
    return last is not None and last.kind == ParticipantWithdrew.entry_kind
