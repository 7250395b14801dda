"""Give written notice of a visit; the company confirms it or asks for other dates (6 USC 965(c))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.parameters import parameter
from greenlane.law.s965 import validation_guidelines_in_force
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validation import entries, queries
from greenlane.validation.checks import counts_today, fits, written
from greenlane.validation.commands_locations import VISITS
from greenlane.validation.facts import TEAM_OF, guidelines_facts, visits_planned
from greenlane.validation.models import Validation, Visit

CITE = "6 USC 965(c)"


@command(CITE, "6 USC 965(a)", title=N_("Give notice of the visit"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class GiveValidationNotice(Command):
    """Give the company written notice of the visit: places, days, purpose and team. It comes thirty days before."""

    case_id: UUID
    purpose: str = field(metadata={"label": N_("Purpose of the visit"), "widget": "textarea"})
    message: str = field(default="", metadata={"label": N_("What the company should prepare"), "widget": "textarea"})


@handles(GiveValidationNotice)
def give_validation_notice(ctx: Context, cmd: GiveValidationNotice) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    visits = visits_planned(validation)
    guidelines = guidelines_facts(validation.programme, ctx.on)
    schedule = queries.schedule_on(validation.programme, ctx.on)
    days = parameter("validation_notice_days", ctx.on, terms_of(validation.programme, ctx.on)).number
    listed = validation.schedule or (schedule.version if schedule else "")
    verdict = all_of(
        [
            counts_today(ctx, CITE),
            _team(validation),
            finding(
                "6 USC 965(a)",
                "locations_chosen",
                bool(visits),
                N_("%(count)d locations are chosen."),
                N_("No location is chosen that is not visited yet."),
                mend=N_("Choose the locations first."),
                where="visits",
                count=len(visits),
            ),
            written(CITE, "purpose", cmd.purpose, N_("Write what the visit is for.")),
            fits(CITE, "message", cmd.message),
            *(_in_time(validation, visit, ctx.on, days) for visit in visits),
            *validation_guidelines_in_force(guidelines, listed, ctx.on).reasons,
        ]
    )
    if not verdict.granted:
        return Decision(verdict)
    given = entries.ValidationNoticeGiven(
        company=validation.participant.legal_name,
        purpose=cmd.purpose.strip(),
        message=cmd.message.strip(),
        team=tuple(sorted(validation.team_names)),
        visits=tuple(_as_chosen(visit) for visit in visits),
        guidelines=guidelines.version if guidelines else "",
        schedule=listed,
        notice_days=days,
    )
    return Decision(verdict, (given,))


def _team(validation: Validation) -> Reason:
    return finding(
        "6 USC 971(a)(3)",
        "team_assigned",
        len(validation.team) == TEAM_OF,
        N_("A team of two is assigned."),
        N_("No team of two is assigned."),
        mend=N_("Let a supervisor assign the team first."),
        where="team",
    )


def _in_time(validation: Validation, visit: Visit, on: date, days: int) -> Reason:
    """Thirty days from this notice; from the first one where the company itself asked for these days."""
    first = visit.planned_from or on
    asked = (
        validation.first_notice_on is not None
        and validation.asked_from is not None
        and validation.asked_to is not None
        and validation.asked_from <= first <= validation.asked_to
    )
    start = validation.first_notice_on if asked and validation.first_notice_on else on
    earliest = max(on, start + timedelta(days=days))
    return finding(
        CITE,
        "notice_in_time",
        first >= earliest,
        N_("%(place)s is visited from %(first)s, at least %(days)d days after the notice of %(start)s."),
        N_("%(place)s would be visited from %(first)s; %(days)d days after the notice of %(start)s is %(earliest)s."),
        mend=N_("Choose later days, or let the company ask for earlier ones."),
        where=str(visit.node),
        place=visit.place,
        first=first,
        days=days,
        start=start,
        earliest=earliest,
    )


def _as_chosen(visit: Visit) -> entries.ChosenLocation:
    names = ("node", "place", "country", "foreign", "mode", "appropriate", "purpose", "planned_from", "planned_to")
    return entries.ChosenLocation(visit_id=visit.pk, **{name: getattr(visit, name) for name in names})


@command(CITE, title=N_("Answer the notice of a visit"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class ConfirmVisit(Command):
    """Confirm the visit, or ask for other days with a message that says why."""

    case_id: UUID
    confirmed: bool = field(metadata={"label": N_("The days of the notice suit the company")})
    asked_from: date | None = field(
        default=None, metadata={"label": N_("Asked for: first day"), "help": N_("Only where the days do not suit.")}
    )
    asked_to: date | None = field(default=None, metadata={"label": N_("Asked for: last day")})
    message: str = field(default="", metadata={"label": N_("Message"), "widget": "textarea"})


@handles(ConfirmVisit)
def confirm_visit(ctx: Context, cmd: ConfirmVisit) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    message = cmd.message.strip()
    if cmd.confirmed:
        reasons = [*_confirmable(validation, cmd), fits(CITE, "message", cmd.message)]
        return Decision(all_of(reasons), (entries.VisitConfirmed(message=message),))
    verdict = all_of(_may_ask(cmd, ctx.on))
    if not verdict.granted or cmd.asked_from is None or cmd.asked_to is None:
        return Decision(verdict)
    asked = entries.OtherDatesAsked(asked_from=cmd.asked_from, asked_to=cmd.asked_to, message=message)
    return Decision(verdict, (asked,))


def _confirmable(validation: Validation, cmd: ConfirmVisit) -> Iterator[Reason]:
    yield finding(
        CITE,
        "not_confirmed_yet",
        validation.confirmed_on is None,
        N_("The visit is not confirmed yet."),
        N_("The visit was confirmed on %(day)s."),
        mend=N_("Nothing more is needed; ask for other days if these no longer suit."),
        where="confirmed",
        day=validation.confirmed_on or "-",
    )
    yield finding(
        CITE,
        "confirms_or_asks",
        cmd.asked_from is None and cmd.asked_to is None,
        N_("The days of the notice stand."),
        N_("The visit is confirmed and other days are asked for: it is one or the other."),
        mend=N_("Leave the other days out, or do not confirm."),
        where="asked_from",
    )


def _may_ask(cmd: ConfirmVisit, on: date) -> Sequence[Reason]:
    first, last = cmd.asked_from, cmd.asked_to
    return (
        finding(
            CITE,
            "asked_dates_in_order",
            first is not None and last is not None and on < first <= last,
            N_("The company asks for %(first)s to %(last)s."),
            N_("No days are asked for, or they are past or in the wrong order: %(first)s to %(last)s."),
            mend=N_("Give the first and the last day that would suit, after today."),
            where="asked_from",
            first=first or "-",
            last=last or "-",
        ),
        written(CITE, "message", cmd.message, N_("Say why the days of the notice do not suit.")),
    )


@command(CITE, title=N_("Plan the visit anew"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class RescheduleVisit(Command):
    """Take the notice back to plan the visit anew: new days or locations are chosen, and a new notice is given."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(RescheduleVisit)
def reschedule_visit(ctx: Context, cmd: RescheduleVisit) -> Decision:
    queries.validation_of(cmd.case_id)
    given = written(CITE, "reason", cmd.reason, N_("Say why; the company reads it."))
    return Decision(Verdict((given,)), (entries.VisitRescheduled(reason=cmd.reason.strip()),))
