"""Who may see which case, which participant and which audience: the one place that says it (6 USC 971(c))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from greenlane.casework.models import Case, Notice
from greenlane.law.authority import STAFF, Holding, Office
from greenlane.people import queries
from greenlane.people.models import Account, Assignment
from greenlane.records.classification import Audience, visible_to
from greenlane.records.models import Entry

M = TypeVar("M", bound=Model)

NEED_TO_KNOW = frozenset({Office.VETTING_ANALYST, Office.SUPERVISOR, Office.AUDITOR})
"""Staff whose office needs to know what is restricted: vetting, supervision, audit."""

COMPANY = frozenset({Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT})
"""Offices held for one company: they see that company's own cases."""

BY_ASSIGNMENT = frozenset({Office.VALIDATOR, Office.PARTNER_AGENCY})
"""Outsiders who see the cases that are assigned to them, as the participant sees them."""

PUBLIC_KINDS = frozenset({"programme", "edition"})
"""Registers that anybody may read."""

PAPERS_ONLY = frozenset({"engagement"})
"""Cases whose assignment opens their own papers to an outsider, and not yet the participant's data (968)."""

STAFF_KINDS = frozenset({"investigation", "account", "list"})
"""Cases and registers that the participant concerned does not see; what reaches it are notices."""

AFTER_NOTICE = frozenset({"consequence"})
"""Cases that the participant concerned learns of by their first letter: notice, or an action taken at once (967(a))."""


@dataclass(frozen=True)
class Viewer:
    """A person as somebody who looks: the offices in force on a day, and the companies that they are held for."""

    account: UUID | None
    on: date
    offices: frozenset[Office] = frozenset()
    participants: tuple[UUID, ...] = ()
    holdings: tuple[Holding, ...] = ()

    def offices_for(self, participant: UUID) -> frozenset[Office]:
        """The company's offices that the viewer holds for this one participant."""
        return frozenset(h.office for h in self.holdings if h.participant == str(participant))

    @property
    def is_staff(self) -> bool:
        return bool(self.offices & STAFF)

    @property
    def needs_to_know(self) -> bool:
        return bool(self.offices & NEED_TO_KNOW)


def viewer_of(account: Account | UUID | None, on: date) -> Viewer:
    """The viewer for an account on a day; None, or a closed account, sees what the public sees."""
    key = account.pk if isinstance(account, Account) else account
    if key is None:
        return Viewer(None, on)
    holdings = queries.holdings_of(account, on)  # type: ignore[arg-type]
    own = [UUID(h.participant) for h in holdings if h.participant and h.office in COMPANY]
    return Viewer(key, on, frozenset(h.office for h in holdings), tuple(dict.fromkeys(own)), holdings)


def cases_visible_to(viewer: Viewer) -> QuerySet[Case]:
    """The cases and registers that the viewer may know of."""
    if viewer.is_staff:
        return Case.objects.all()
    seen = Q(kind__in=PUBLIC_KINDS)
    if viewer.account is not None:
        seen |= Q(kind="account", pk=viewer.account)
    if viewer.participants:
        own = Q(participant_id__in=viewer.participants) & ~Q(kind__in=STAFF_KINDS)
        seen |= own & ~Q(pk__in=untold_cases(viewer.participants).values("pk"))
    if viewer.offices & BY_ASSIGNMENT:
        seen |= Q(pk__in=_assigned(viewer).values("case_id"))
    return Case.objects.filter(seen)


def untold_cases(participants: Iterable[UUID]) -> QuerySet[Case]:
    """Cases about companies of which no letter has told them yet."""
    told = Notice.objects.filter(case=OuterRef("pk"))
    return Case.objects.filter(~Exists(told), kind__in=AFTER_NOTICE, participant_id__in=tuple(participants))


def participants_visible_to(viewer: Viewer, rows: QuerySet[M], field: str = "pk") -> QuerySet[M]:
    """Those of *rows* that are of participants whom the viewer may see; *field* holds the participant's id.

    ``participants_visible_to(viewer, Participant.objects.all())``;
    ``participants_visible_to(viewer, Notice.objects.all(), "participant_id")``.
    """
    if viewer.is_staff:
        return rows
    seen = Q(**{f"{field}__in": viewer.participants})
    if viewer.offices & BY_ASSIGNMENT:
        cases = Case.objects.filter(pk__in=_assigned(viewer).values("case_id"), participant_id__isnull=False)
        cases = cases.exclude(kind__in=PAPERS_ONLY)
        seen |= Q(**{f"{field}__in": cases.values("participant_id")})
    return rows.filter(seen)


def cases_rows_visible_to(viewer: Viewer, rows: QuerySet[M], field: str = "pk") -> QuerySet[M]:
    """Those of *rows* whose case the viewer may know of; *field* holds the id of the case.

    For rows of cases: an outsider to whom one case of a participant is opened sees none of its other cases by them.
    """
    return rows if viewer.is_staff else rows.filter(**{f"{field}__in": cases_visible_to(viewer).values("pk")})


def entry_open_to(viewer: Viewer, entry: Entry) -> bool:
    """May the viewer read this entry? An outsider only those of a case that is opened to it (971(c))."""
    if viewer.is_staff or entry.participant in viewer.participants:
        return entry.audience in audiences_of(viewer, entry.participant)
    if entry.participant is None and entry.audience in audiences_of(viewer):
        return True
    case = cases_visible_to(viewer).filter(pk=entry.subject).first()
    return case is not None and entry.audience in audiences_in(viewer, case)


def notices_visible_to(viewer: Viewer) -> QuerySet[Notice]:
    """The letters that the viewer may read: all for staff, a company's own, and those of a case that is assigned."""
    if viewer.is_staff:
        return Notice.objects.all()
    seen = Q(participant_id__in=viewer.participants)
    if viewer.offices & BY_ASSIGNMENT:
        seen |= Q(case__in=_assigned(viewer).values("case_id"))
    return Notice.objects.filter(seen)


def audiences_of(viewer: Viewer, participant: UUID | None = None) -> tuple[str, ...]:
    """The audiences whose entries and fields the viewer may read of *participant* (None: of nobody's), widest first."""
    return tuple(audience.value for audience in visible_to(clearance_of(viewer, participant)))


def audiences_in(viewer: Viewer, case: Case) -> tuple[str, ...]:
    """The audiences whose entries and documents of a case the viewer may read; whoever works on it reads its own."""
    if viewer.is_staff or not viewer.offices & BY_ASSIGNMENT or not _assigned(viewer).filter(case=case).exists():
        return audiences_of(viewer, case.participant_id)
    return tuple(audience.value for audience in visible_to(Audience.PARTICIPANT.value))


def clearance_of(viewer: Viewer, participant: UUID | None = None) -> str:
    """The narrowest audience that the viewer may read of *participant*."""
    if viewer.needs_to_know:
        return Audience.RESTRICTED.value
    if viewer.is_staff:
        return Audience.STAFF.value
    if participant is not None and (participant in viewer.participants or _reached_by_assignment(viewer, participant)):
        return Audience.PARTICIPANT.value
    return Audience.PUBLIC.value


_FIRST = (
    Office.SUPERVISOR,
    Office.VETTING_ANALYST,
    Office.SPECIALIST,
    Office.PROGRAMME_MANAGER,
    Office.APPEAL_OFFICER,
    Office.AUDITOR,
    Office.VALIDATOR,
    Office.PARTNER_AGENCY,
    Office.APPLICANT_OFFICER,
    Office.APPLICANT_STAFF,
    Office.CONSULTANT,
)


def reading_office(viewer: Viewer) -> str:
    """The office in which the viewer reads, as the log of reads names it."""
    return next((office.value for office in _FIRST if office in viewer.offices), Office.PUBLIC.value)


def _assigned(viewer: Viewer) -> QuerySet[Assignment]:
    return Assignment.objects.filter(queries.in_force(viewer.on), account_id=viewer.account)


def _reached_by_assignment(viewer: Viewer, participant: UUID) -> bool:
    if not viewer.offices & BY_ASSIGNMENT:
        return False
    return _assigned(viewer).filter(case__participant_id=participant).exclude(case__kind__in=PAPERS_ONLY).exists()
