"""The day on which an act counts in law, and who may give it another day than today."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max

from greenlane.casework.models import Case
from greenlane.law.authority import Office
from greenlane.law.clocks import clocks
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of, finding
from greenlane.records.models import Entry

OUTSIDE_OFFICES = frozenset(
    {Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT, Office.VALIDATOR, Office.PUBLIC}
)


def legal_date(at: datetime) -> date:
    """The calendar day of an instant where the programme has its seat (setting GREENLANE_TIME_ZONE)."""
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone has no legal date")
    return at.astimezone(ZoneInfo(settings.GREENLANE_TIME_ZONE)).date()


def last_event(case: Case) -> date:
    """The day of the last event of a case, whether or not it changed the state; a refusal is none."""
    events = Entry.objects.filter(subject=case.pk).exclude(kind="casework.CommandRefused")
    latest: date | None = events.aggregate(latest=Max("effective_on"))["latest"]
    return max(case.state_since, latest) if latest else case.state_since


def meets_a_clock(command: str) -> bool:
    """Does a clock of the law end with this command? Then the day on which it is given is the day that counts."""
    return any(command in clock.ends_with for clock in clocks())


def may_take_effect(command: str, on: date, at: datetime, *, office: Office, case: Case | None) -> Verdict:
    """An act counts on the day it is done; staff may record an earlier day, never before the case's last event.

    An act that meets a clock is never dated back by a person: a late one would count as in time (964(c), RC-07).
    """
    today = legal_date(at)
    since = last_event(case) if case and on < today else None  # on any earlier day only: no event lies after today
    reasons = [
        finding(
            "6 USC 971(b)",
            "not_in_the_future",
            on <= today,
            N_("It takes effect on %(on)s."),
            N_("It cannot take effect on %(on)s, which is after today, %(today)s."),
            mend=N_("Give today's date or an earlier one."),
            on=on,
            today=today,
        )
    ]
    if office in OUTSIDE_OFFICES and on < today:
        reasons.append(
            finding(
                "6 USC 971(b)",
                "counts_when_received",
                False,
                "",
                N_("What a company sends counts on the day it is received, %(today)s, not on %(on)s."),
                mend=N_("Leave the date out."),
                on=on,
                today=today,
            )
        )
    if on < today and office is not Office.SYSTEM and meets_a_clock(command):
        reasons.append(
            finding(
                "6 USC 964(c)",
                "meets_a_clock_today",
                False,
                "",
                N_("%(command)s ends a clock of the law, so it counts today, %(today)s, and not on %(on)s."),
                mend=N_("Leave the date out; where it is late, write the reason."),
                command=command,
                on=on,
                today=today,
            )
        )
    if since is not None:
        reasons.append(
            finding(
                "6 USC 971(b)",
                "order_of_events",
                on >= since,
                N_("It follows the last event of %(since)s."),
                N_("It cannot take effect on %(on)s: the last event of the case was on %(since)s."),
                mend=N_("Give a date on or after that day."),
                on=on,
                since=since,
            )
        )
    return all_of(reasons)
