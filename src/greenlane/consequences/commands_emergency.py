"""Action to protect national security: at once, with its notice afterwards (6 USC 967(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, EntryData, command, handles
from greenlane.consequences import entries_decision as entries
from greenlane.consequences.checks import came_from, on_file, said, today
from greenlane.consequences.commands import BENEFITS
from greenlane.consequences.facts import available, denied_by_others, emergency_facts, not_only_of, part_takers
from greenlane.consequences.models import Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.law.calendar import add_days
from greenlane.law.listing import left_out, listed
from greenlane.law.parameters import parameter
from greenlane.law.s967 import EmergencyFacts, may_act_in_emergency, may_confirm_emergency
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.participants.benefits import stood_on
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of

GROUNDS = {
    "label": N_("What threatens national security"),
    "widget": "textarea",
    "help": N_("For staff only; the notice afterwards tells the company as much of it as can be told."),
}
DENIED = {**BENEFITS, "help": N_("Leave it out to deny all that the company has.")}


@command(
    "6 USC 967(a)",
    title=N_("Act in an emergency"),
    procedure="consequence",
    case="",
    lock="participant_id",
    audience="staff",
)
@dataclass(frozen=True, kw_only=True)
class TakeEmergencyAction(Command):
    """Deny benefits at once to protect national security; notice, response and review follow.

    It has a case of its own: a consequence that is open already goes on with all its protections.
    """

    participant_id: UUID = field(metadata={"label": N_("Participant"), "choices": "participants"})
    grounds: str = field(metadata=GROUNDS)
    benefits: tuple[str, ...] = field(default=(), metadata=DENIED)
    because_of: UUID | None = field(
        default=None, metadata={"label": N_("Case from which this comes"), "choices": "cases"}
    )


@handles(TakeEmergencyAction)
def take_emergency_action(ctx: Context, cmd: TakeEmergencyAction) -> Decision:
    participant = participant_of(cmd.participant_id)
    key = ctx.new_id()
    verdict, taken = _act(ctx, participant, key, cmd)
    opens = Opening(key, "consequence", programme=participant.programme, participant=participant.pk)
    return Decision(verdict, taken, opens=opens)


def _act(
    ctx: Context, participant: Participant, key: UUID, cmd: TakeEmergencyAction
) -> tuple[Verdict, tuple[EntryData, ...]]:
    """The verdict and the entries of an action that takes effect today."""
    alone("consequences", participant.pk)
    denied, grounds = denied_by_others(participant.pk, ctx.on), cmd.grounds
    there = tuple(code for code in available(participant, ctx.on) if code not in denied)
    benefits = tuple(dict.fromkeys(cmd.benefits)) or there
    facts = EmergencyFacts(
        participant.legal_name, grounds.strip(), str(ctx.actor.account or ""), benefits, taken_on=ctx.on
    )
    stood = stood_on(participant.pk, ctx.on)
    reasons = [
        today(ctx),
        said(grounds, "grounds"),
        _there(benefits, there),
        *came_from(cmd.because_of, participant.pk),
        *may_act_in_emergency(facts, ctx.on).reasons,
    ]
    taken = entries.EmergencyActionTaken(
        consequence_id=key,
        participant_id=participant.pk,
        programme=participant.programme,
        grounds=grounds.strip(),
        because_of=cmd.because_of,
    )
    decided = entries.ConsequenceDecided(
        consequence_id=key,
        participant_id=participant.pk,
        company=participant.legal_name,
        decision="967(a)",
        measure="emergency",
        benefits=benefits,
        in_whole=not left_out(there, benefits),
        decided_on=ctx.on,
        lost_on=ctx.on,
        period_until=None,
        standing_before=stood.standing,
        tier_before=stood.tier,
        took_part=part_takers(ctx, None),
        reasons="",
    )
    return all_of(reasons), (taken, decided)


def _there(benefits: tuple[str, ...], there: tuple[str, ...]) -> Reason:
    strange = left_out(benefits, there)
    return finding(
        "6 USC 967(a)",
        "benefits_otherwise_available",
        bool(benefits) and not strange,
        N_("The company has these benefits until now: %(benefits)s."),
        N_("The company has not, or no longer, these benefits: %(strange)s. It has: %(there)s."),
        mend=N_("Choose among those that it has."),
        where="benefits",
        benefits=listed(benefits),
        strange=listed(code[:60] for code in strange),
        there=listed(there),
    )


@command("6 USC 967(a)", title=N_("Give notice of the emergency action"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class GiveEmergencyNotice(Command):
    """Give the company notice of an action that was taken at once, with as much of its grounds as can be told."""

    case_id: UUID
    message: str = field(metadata={"label": N_("Message to the company"), "widget": "textarea"})
    response_until: date | None = field(default=None, metadata={"label": N_("Last day to respond")})


@handles(GiveEmergencyNotice)
def give_emergency_notice(ctx: Context, cmd: GiveEmergencyNotice) -> Decision:
    row = consequence_of(cmd.case_id)
    days = parameter("consequence_response_days", ctx.on, terms_of(row.programme, ctx.on)).number
    least = add_days(ctx.on, days)
    until = cmd.response_until or least
    reasons = [
        today(ctx),
        said(cmd.message, "message"),
        finding(
            "6 USC 967(a)",
            "emergency_in_force",
            row.measure == "emergency",
            N_("The action of %(taken)s is in force."),
            N_("No emergency action was taken here."),
            taken=row.taken_on or "-",
        ),
        finding(
            "6 USC 967(a)",
            "period_long_enough",
            until >= least,
            N_("The company may respond until %(until)s."),
            N_("%(until)s is too early: the notice gives %(days)s days, until %(least)s."),
            mend=N_("Give %(least)s or a later day."),
            where="response_until",
            until=until,
            days=days,
            least=least,
        ),
    ]
    noticed = entries.EmergencyNoticed(
        company=row.participant.legal_name,
        message=cmd.message.strip(),
        benefits=tuple(row.benefits),
        taken_on=row.taken_on or ctx.on,
        response_until=until,
    )
    return Decision(all_of(reasons), (noticed,))


@command("6 USC 967(a)", title=N_("Respond to the emergency action"), procedure="consequence")
@dataclass(frozen=True, kw_only=True)
class RespondToEmergencyNotice(Command):
    """Respond to the notice of an emergency action, with documents."""

    case_id: UUID
    response: str = field(metadata={"label": N_("Your response"), "widget": "textarea"})
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "documents"})


@handles(RespondToEmergencyNotice)
def respond_to_emergency_notice(ctx: Context, cmd: RespondToEmergencyNotice) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [said(cmd.response, "response"), *on_file(cmd.documents, row.participant_id, "documents")]
    answered = entries.EmergencyAnswered(response=cmd.response.strip(), documents=cmd.documents)
    return Decision(all_of(reasons), (answered,))


@command("6 USC 967(a)", title=N_("Confirm the emergency action"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ConfirmEmergencyAction(Command):
    """Confirm an emergency action after its notice and the company's response, as another person than took it."""

    case_id: UUID
    reasons: str = field(metadata={"label": N_("Reasons, as the company will read them"), "widget": "textarea"})


@handles(ConfirmEmergencyAction)
def confirm_emergency_action(ctx: Context, cmd: ConfirmEmergencyAction) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [
        said(cmd.reasons, "reasons"),
        *_reviewed(ctx, row),
        *may_confirm_emergency(emergency_facts(row), ctx.on).reasons,
    ]
    confirmed = entries.EmergencyConfirmed(company=row.participant.legal_name, reasons=cmd.reasons.strip())
    return Decision(all_of(reasons), (confirmed,))


def _reviewed(ctx: Context, row: Consequence) -> Iterator[Reason]:
    last = row.response_until
    yield finding(
        "6 USC 971(a)",
        "second_person",
        not_only_of(ctx, row.decided_by),
        N_("One person took the action and another confirms it."),
        N_("Whoever took the action does not confirm it."),
        mend=N_("Let another supervisor confirm it."),
        where="decision",
    )
    yield finding(
        "6 USC 967(a)",
        "heard_first",
        row.responded_on is not None or (last is not None and ctx.on > last),
        N_("The company was heard, or its time to respond is over (until %(last)s)."),
        N_("The company may respond until %(last)s; the action stays in force meanwhile."),
        mend=N_("Wait for the response, or until the day after %(last)s."),
        where="response_until",
        last=last or "-",
    )


@command("6 USC 967(a)", title=N_("Lift the emergency action"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class LiftEmergencyAction(Command):
    """Give the benefits back from today, because the danger is over or was none."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason, as the company will read it"), "widget": "textarea"})


@handles(LiftEmergencyAction)
def lift_emergency_action(ctx: Context, cmd: LiftEmergencyAction) -> Decision:
    row = consequence_of(cmd.case_id)
    lifted = entries.ConsequenceEnded(
        consequence_id=row.pk,
        participant_id=row.participant_id,
        company=row.participant.legal_name,
        measure="emergency",
        ended_as="lifted",
        since=ctx.on,
        reason=cmd.reason.strip(),
    )
    return Decision(Verdict((today(ctx), said(cmd.reason, "reason"))), (lifted,))
