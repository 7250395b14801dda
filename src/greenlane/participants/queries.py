"""Participants and their parts, on a day (6 USC 962, 963(2))."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.casework.problems import Missing
from greenlane.participants.models import Dated, Identifier, Leg, Participant, Partner, Person, Site

D = TypeVar("D", bound=Dated)


def participant_of(participant_id: UUID | None) -> Participant:
    """The participant account. Raises Missing."""
    row = Participant.objects.select_related("group").filter(pk=participant_id).first() if participant_id else None
    if row is None:
        raise Missing("participant", participant_id)
    return row


def live(model: type[D], participant: UUID, on: date | None = None) -> QuerySet[D]:
    """The rows of a part that are in force now, or were on a day. A row that begins and ends on one day never was."""
    rows: QuerySet[D] = model._default_manager.filter(participant_id=participant)  # type: ignore[misc]
    if on is None:
        return rows.filter(effective_to=None).order_by("recorded_at", "id")
    in_force = Q(effective_from__lte=on) & (Q(effective_to=None) | Q(effective_to__gt=on))
    return rows.filter(in_force).order_by("recorded_at", "id")


def identifiers(participant: UUID) -> QuerySet[Identifier]:
    return live(Identifier, participant)


def persons(participant: UUID) -> QuerySet[Person]:
    return live(Person, participant)


def sites(participant: UUID) -> QuerySet[Site]:
    return live(Site, participant)


def partners(participant: UUID) -> QuerySet[Partner]:
    return live(Partner, participant)


def legs(participant: UUID) -> QuerySet[Leg]:
    return live(Leg, participant)


def named_officer(participant: UUID, account: UUID | None) -> bool:
    """Is this account named among the company's officers in its profile?"""
    return account is not None and persons(participant).filter(account_id=account, role="officer").exists()


def search(text: str) -> QuerySet[Participant, UUID]:
    """The ids of participants whose name contains *text*, or of whom an identifier in force begins with it."""
    named = Q(legal_name__icontains=text) | Q(trade_name__icontains=text)
    numbered = Identifier.objects.filter(effective_to=None, value__istartswith=text.replace(" ", ""))
    return Participant.objects.filter(named | Q(pk__in=numbered.values("participant_id"))).values_list("pk", flat=True)


def of_business_type(code: str) -> QuerySet[Participant, UUID]:
    """The ids of the participants of one business type."""
    return Participant.objects.filter(business_type=code).values_list("pk", flat=True)
