"""Who has a part in a company and therefore does not visit it or decide on it (6 USC 971(a))."""

from __future__ import annotations

from uuid import UUID

from greenlane.participants.models import Participant, Person
from greenlane.people.models import OfficeHolding


def interested(account: UUID, participant: Participant) -> str:
    """What part this person has or ever had in the company or another of its group, by the record; '' for none."""
    group = Participant.objects.filter(group_id=participant.group_id).values("pk")
    held = OfficeHolding.objects.filter(account_id=account, participant_id__in=group).order_by("effective_from", "pk")
    office = held.values_list("office", flat=True).first()
    if office is not None:
        return str(office).replace("applicant_", "company_").replace("_", " ")
    named = Person.objects.filter(account_id=account, participant_id__in=group).order_by("effective_from", "pk")
    return str(named.values_list("role", flat=True).first() or "")
