"""Whom the programme can reach at a company, and what would be left if somebody went (6 USC 963(3); RC-18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework import recording
from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.law.s963_review import ContactFacts
from greenlane.law.sentences import N_
from greenlane.participants.models import Participant
from greenlane.people.queries import company_people
from greenlane.profiles.entries_merging import ContactsCame
from greenlane.profiles.models import Contact
from greenlane.records.models import Entry

CERTIFIED = frozenset({"certified", "suspended"})
"""Standings in which a company keeps its contacts."""

WHY_NOT = {
    "cannot_be_reached": N_("%(name)s: could not be reached."),
    "not_along": N_("%(name)s: did not go along, and acts for the merged account alone."),
    "already": N_("%(name)s: is a contact of your account already."),
}
"""Why a contact of a merged account is not brought into the account in which it goes on."""


def contacts_of(participant_id: UUID) -> QuerySet[Contact]:
    """The contacts that the company names now, confirmed or not, in the order in which they were named."""
    return Contact.objects.filter(participant_id=participant_id, ended_on=None).order_by("named_on", "name", "id")


def contact_of(participant_id: UUID, contact_id: UUID) -> Contact:
    """One of them. Raises Missing."""
    row = contacts_of(participant_id).filter(pk=contact_id).first()
    if row is None:
        raise Missing("contact", contact_id)
    return row


def contact_facts(
    participant_id: UUID,
    on: date,
    *,
    but: Iterable[UUID] = (),
    without_account: UUID | None = None,
    without_office: tuple[UUID, Office] | None = None,
) -> ContactFacts:
    """The live contacts on a day, by name; *but* leaves out contacts, the others a person or a person's office."""
    offices: dict[UUID, set[str]] = {}
    for holding in company_people(participant_id, on):
        if holding.account.closed_on is None and (holding.account_id, holding.office) != without_office:
            offices.setdefault(holding.account_id, set()).add(holding.office)
    live = [
        row
        for row in contacts_of(participant_id).exclude(pk__in=list(but))
        if row.confirmed_on is not None
        and row.bounced_on is None
        and (row.account_id is None or (row.account_id in offices and row.account_id != without_account))
    ]
    officers = [row for row in live if row.account_id and Office.APPLICANT_OFFICER.value in offices[row.account_id]]
    return ContactFacts(_names(live), _names(officers))


def _names(rows: Iterable[Contact]) -> tuple[str, ...]:
    return tuple(f"{row.name} <{row.email}>" for row in rows)


def keeps_contacts(participant_id: UUID | None) -> bool:
    """Is this a company that has to keep its contacts?"""
    if participant_id is None:
        return False
    return Participant.objects.filter(pk=participant_id, standing__in=CERTIFIED).exclude(certified_on=None).exists()


def stays_because(contact: Contact, survivor: UUID, on: date) -> str:
    """Why a contact of a merged account does not come to that in which it goes on (a key of ``WHY_NOT``); '': it comes.

    Who has an account of the company comes where it goes along with an office; nobody is shown what its office does not
    open to it (971(c)).
    """
    if contact.bounced_on is not None:
        return "cannot_be_reached"
    there = company_people(survivor, on).filter(account_id=contact.account_id, account__closed_on=None)
    if contact.account_id is not None and not there.exists():
        return "not_along"
    return "already" if contacts_of(survivor).filter(email=contact.email).exists() else ""


def came_with(survivor: UUID, merger_id: UUID) -> frozenset[UUID]:
    """The contacts of an account that came to it with a merger, as the record has them."""
    rows = Entry.objects.filter(kind=ContactsCame.entry_kind, subject=survivor)
    found = (recording.read(row).data for row in rows)
    return frozenset(
        key for data in found if isinstance(data, ContactsCame) and data.merger_id == merger_id for key in data.contacts
    )
