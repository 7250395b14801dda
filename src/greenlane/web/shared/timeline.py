"""The story of a case: what happened, from the record, and its states as a picture (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from greenlane.casework import recording
from greenlane.casework.context import Recorded
from greenlane.casework.recording import CommandRefused
from greenlane.casework.registry import COMMANDS
from greenlane.law.authority import Office
from greenlane.people.visibility import untold_cases
from greenlane.records.models import Entry
from greenlane.web.authority import OFFICE_TITLES
from greenlane.web.components import Event, Tone
from greenlane.web.words import say

LONGEST = 200
_LOOKS: dict[str, tuple[Tone, str]] = {
    "ApplicationOpened": ("info", "folder"),
    "ApplicationSubmitted": ("good", "send"),
    "ApplicationReturned": ("warn", "undo"),
    "ApplicationWithdrawn": ("warn", "logout"),
    "ApplicationConcluded": ("good", "flag"),
    "AgreementSigned": ("good", "edit"),
    "CargoHistoryRecorded": ("neutral", "history"),
    "CaseAssigned": ("neutral", "person"),
    "CertificationDecided": ("good", "verified"),
    "CommandRefused": ("bad", "error"),
    "CriteriaAnswered": ("neutral", "check"),
    "DocumentReceived": ("neutral", "attach_file"),
    "EligibilityAnswered": ("neutral", "check"),
    "IdentifierRecorded": ("neutral", "identification"),
    "LegRecorded": ("neutral", "map"),
    "NoticeServed": ("info", "mail"),
    "OfficeEnded": ("neutral", "people"),
    "OfficeGranted": ("neutral", "people"),
    "ParticipantRegistered": ("info", "work"),
    "PartEnded": ("neutral", "remove_circle"),
    "PartnerRecorded": ("neutral", "groups"),
    "PersonRecorded": ("neutral", "person"),
    "ProfileAmended": ("neutral", "edit"),
    "ReturnedForCorrection": ("warn", "undo"),
    "RiskAssessed": ("neutral", "assessment"),
    "SiteRecorded": ("neutral", "location_on"),
    "StandingSet": ("info", "flag"),
}


def entries_about(
    subjects: Iterable[UUID], audiences: Sequence[str], *, participant: UUID | None = None, newest: int = LONGEST
) -> list[Recorded]:
    """The newest entries about some cases, or about everything of a participant, that these audiences may read."""
    about = Q(subject__in=tuple(subjects))
    if participant:  # as the company sees itself: not by a case that no letter has told it of (967(a))
        about = Q(participant=participant) & ~Q(subject__in=untold_cases([participant]).values("pk"))
    rows = Entry.objects.filter(about, audience__in=audiences).order_by("-id")[:newest]
    return [recording.read(row) for row in rows]


def events(entries: Iterable[Recorded]) -> list[Event]:
    """Entries as a timeline shows them, in the order given."""
    return [_event(one) for one in entries]


def _event(one: Recorded) -> Event:
    tone, icon = _LOOKS.get(one.kind.rpartition(".")[2], ("neutral", "history"))
    title, body = say(one.data.sentence()), ""
    if isinstance(one.data, CommandRefused) and one.data.command in COMMANDS:
        title = _("Not done: %(what)s") % {"what": _(COMMANDS[one.data.command].title)}
        failing = one.verdict.failing if one.verdict else ()
        body = " ".join(say(reason.sentence) for reason in failing[:2])
        if len(failing) > 2:
            body += " " + _("%(count)d more points.") % {"count": len(failing) - 2}
    return Event(
        title=title,
        on=one.on,
        body=body,
        who=_who(one.office),
        cites=one.citations[:2],
        tone=tone,
        icon=icon,
        recorded_at=one.at if one.at.date() > one.on + timedelta(days=1) else None,
    )


def _who(office: str) -> str:
    return str(OFFICE_TITLES[Office(office)]) if office in {known.value for known in Office} else ""
