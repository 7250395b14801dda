"""Reads of appeals and of the lists for the Federal Register (6 USC 967(b)-(c))."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.appeals.entries import AppealDetermined
from greenlane.appeals.models import Appeal, RecordOfAppeal, RegisterList
from greenlane.casework.models import Case, Deadline
from greenlane.casework.problems import Missing
from greenlane.casework.queue import DueItem, due_item
from greenlane.law.authority import Office
from greenlane.people.queries import holdings_of
from greenlane.records.models import Entry


def appeal_of(case_id: UUID) -> Appeal:
    """The appeal of a case, with its company. Raises Missing."""
    row = Appeal.objects.select_related("participant").filter(pk=case_id).first()
    if row is None:
        raise Missing("appeal", case_id)
    return row


def appeals_of(participant_id: UUID) -> QuerySet[Appeal]:
    """The appeals of a participant, the newest first."""
    return Appeal.objects.filter(participant_id=participant_id).order_by("-filed_on", "pk")


def appeals_against(consequence_id: UUID) -> QuerySet[Appeal]:
    """The appeals of the decisions on one consequence, the newest first."""
    return Appeal.objects.filter(consequence_id=consequence_id).order_by("-filed_on", "pk")


def latest_record(appeal_id: UUID) -> RecordOfAppeal | None:
    """The record of appeal that the review rests on: the latest that was frozen."""
    return RecordOfAppeal.objects.select_related("appeal").filter(appeal_id=appeal_id).order_by("-number").first()


def list_of(list_id: UUID) -> RegisterList:
    """A list for the Federal Register. Raises Missing."""
    row = RegisterList.objects.filter(pk=list_id).first()
    if row is None:
        raise Missing("list", list_id)
    return row


@dataclass(frozen=True)
class Waiting:
    """An open appeal as it waits for somebody, with its state and the 180 days; ``next`` is the command to give."""

    appeal: Appeal
    case: Case
    due: DueItem | None
    next: str


@dataclass(frozen=True)
class Mine:
    """What a person has to do with appeals on a day: ``assigned`` to determine, ``unassigned`` to give an officer."""

    assigned: tuple[Waiting, ...]
    unassigned: tuple[Waiting, ...]
    late: int
    determined: int


NEXT = {"filed": "AssignAppealOfficer", "assigned": "BeginAppealReview", "under_review": "DetermineAppeal"}


def mine(account: UUID, on: date) -> Mine:
    """The appeals that wait for a person on a day, the soonest due first (four queries).

    An appeal officer has those that were assigned; a programme manager also those that have no officer yet.
    """
    offices = {holding.office for holding in holdings_of(account, on)}
    wanted = Q(officer=account)
    if Office.PROGRAMME_MANAGER in offices:
        wanted |= Q(officer=None)
    rows = Appeal.objects.select_related("participant").filter(wanted, determined_on=None, withdrawn_on=None)
    appeals = list(rows.order_by("due_on", "filed_on", "pk"))
    keys = [appeal.pk for appeal in appeals]
    cases = Case.objects.in_bulk(keys)
    due = {row.case_id: due_item(row, on) for row in Deadline.objects.filter(case_id__in=keys, met_on=None)}
    waiting = [Waiting(a, cases[a.pk], due.get(a.pk), NEXT.get(cases[a.pk].state, "")) for a in appeals]
    return Mine(
        assigned=tuple(one for one in waiting if one.appeal.officer == account),
        unassigned=tuple(one for one in waiting if one.appeal.officer is None),
        late=sum(one.appeal.due_on < on for one in waiting),
        determined=Appeal.objects.filter(determined_by=account).count(),
    )


@dataclass(frozen=True)
class Figures:
    """How appeals of a period ended, counted from the record; ``entries`` are the entries behind the figures."""

    by_outcome: dict[str, int]
    late: int
    entries: tuple[UUID, ...]

    @property
    def total(self) -> int:
        return sum(self.by_outcome.values())


def figures(since: date, until: date) -> Figures:
    """Determinations from a day to a day (both included), recomputed from the ledger alone."""
    rows = Entry.objects.filter(
        kind=AppealDetermined.entry_kind, effective_on__gte=since, effective_on__lte=until
    ).order_by("id")
    said = [(row.uid, row.data["what"]) for row in rows]
    return Figures(
        by_outcome=dict(Counter(what["outcome"] for _uid, what in said)),
        late=sum(bool(what["late"]) for _uid, what in said),
        entries=tuple(uid for uid, _what in said),
    )
