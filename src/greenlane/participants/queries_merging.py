"""Accounts that were merged and split, and what went where (6 USC 962)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.casework.models import Case, OutboxMessage
from greenlane.law.procedures_registry import procedures
from greenlane.participants.models import ChangeConsent, Dated, Merger, MovedPart
from greenlane.participants.queries import live
from greenlane.participants.state import TABLES
from greenlane.records.models import Entry


def merger_in_force(participant: UUID) -> Merger | None:
    """The merger by which this account goes on in another one now, or None."""
    return Merger.objects.select_related("survivor", "merged").filter(merged_id=participant, split_on=None).first()


def acting_account(participant: UUID) -> UUID:
    """The account in which this one goes on: itself, unless it is merged (through any chain of mergers)."""
    merger = merger_in_force(participant)
    return acting_account(merger.survivor_id) if merger else participant


def mergers_of(participant: UUID) -> QuerySet[Merger]:
    """Every merger in which the account took part, on either side, the latest first."""
    sides = Q(survivor_id=participant) | Q(merged_id=participant)
    return Merger.objects.select_related("survivor", "merged").filter(sides).order_by("-merged_on", "id")


def moved_parts(participant: UUID) -> QuerySet[MovedPart]:
    """What went to this account and what came from it, the latest first."""
    sides = Q(source_id=participant) | Q(target_id=participant)
    return (
        MovedPart.objects.select_related("source", "target").filter(sides).order_by("-moved_on", "part", "name", "id")
    )


def merged_with(participant: UUID, on: date) -> frozenset[UUID]:
    """The other accounts whose history belongs to this one's on a day: merged into it, or that in which it goes on."""
    in_force = Q(merged_on__lte=on) & (Q(split_on=None) | Q(split_on__gt=on))
    sides = Merger.objects.filter(in_force).filter(Q(survivor_id=participant) | Q(merged_id=participant))
    return frozenset(key for pair in sides.values_list("survivor_id", "merged_id") for key in pair) - {participant}


def parts_of(participant: UUID) -> Iterator[tuple[str, Dated]]:
    """Every part in force now, with its kind."""
    for part, model in TABLES.items():
        for row in live(model, participant):
            yield part, row


def consent_in_force(participant: UUID, act: str, other: UUID | None) -> ChangeConsent | None:
    """The consent of the account's officer to this change with this other account, not withdrawn and not used yet."""
    rows = ChangeConsent.objects.filter(participant_id=participant, act=act, other_id=other, ended_on=None)
    return rows.filter(used_by=None).order_by("given_on", "id").last()


_FINAL = {one.kind: frozenset(one.final) for one in procedures()}
SETTLED = {"investigation": frozenset({"cleared", "adverse"})}
"""States in which nobody has anything to decide, though the case may be taken up again."""


def is_open(case: Case) -> bool:
    """Does somebody still have to decide in this case?"""
    return case.kind in _FINAL and case.state not in _FINAL[case.kind] | SETTLED.get(case.kind, frozenset())


def open_cases(participants: Iterable[UUID]) -> list[Case]:
    """The open cases of these accounts, locked until the transaction ends: a decision under way is waited for."""
    rows = Case.objects.select_for_update().filter(participant_id__in=list(participants), kind__in=_FINAL)
    return [case for case in rows.order_by("pk") if is_open(case)]


def following(participants: Iterable[UUID]) -> bool:
    """Is something that follows from what was decided about these accounts still to be carried out?"""
    waiting = OutboxMessage.objects.filter(done_at=None, kind="reaction")
    about = Entry.objects.filter(uid__in=waiting.values_list("entry", flat=True), participant__in=list(participants))
    return about.exists()
