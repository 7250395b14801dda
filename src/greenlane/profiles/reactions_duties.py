"""What follows from changes of a certified company and from contacts that cannot be reached (6 USC 963(3), 964(b))."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, EntryData, reacts
from greenlane.law.authority import Office
from greenlane.law.s963_review import contacts_kept
from greenlane.participants.entries import PartEnded, PersonRecorded, ProfileAmended, SiteRecorded, StandingSet
from greenlane.people.commands import AssignCase
from greenlane.people.models import Assignment
from greenlane.people.queries import company_people, holders, in_force
from greenlane.profiles.commands_changes import AddToChangeNotice, OpenChangeNotice
from greenlane.profiles.commands_contacts import ClearContactAlarm, NameContact, RaiseContactAlarm
from greenlane.profiles.contacts import contact_facts, contacts_of, keeps_contacts
from greenlane.profiles.entries import ReviewSubmitted
from greenlane.profiles.entries_duties import (
    ChangeNoticeReceived,
    ContactAlarmRaised,
    ContactBounced,
    ContactConfirmed,
    ContactNamed,
)
from greenlane.profiles.models import ChangeNotice, ContactAlarm

ENDED = {"person": "officer", "site": "site", "identifier": "identifier"}


@reacts(PersonRecorded, SiteRecorded, ProfileAmended, PartEnded, ReviewSubmitted)
def change_is_noticed(one: Recorded) -> Iterator[Command]:
    """A change of owner, officer, site, company or answers after certification reaches the specialist."""
    described = _described(one.data)
    if one.participant is None or described is None or not keeps_contacts(one.participant):
        return
    what, name = described
    waiting = ChangeNotice.objects.filter(participant_id=one.participant, reviewed_on=None).order_by("opened_on", "id")
    found = waiting.first()
    if found is not None:
        yield AddToChangeNotice(case_id=found.pk, what=what, name=name, changed_on=one.on, entry=one.uid)
    else:
        yield OpenChangeNotice(participant_id=one.participant, what=what, name=name, changed_on=one.on, entry=one.uid)


def _described(data: EntryData) -> tuple[str, str] | None:
    """What changed, and its name; None where nothing is to be looked at."""
    if isinstance(data, PersonRecorded):
        return data.role, data.name
    if isinstance(data, SiteRecorded):
        return "site", data.name
    if isinstance(data, ProfileAmended):
        return "company", data.legal_name
    if isinstance(data, PartEnded):
        return (ENDED[data.table], data.name) if data.table in ENDED else None
    if isinstance(data, ReviewSubmitted):
        return ("answers", ", ".join(data.changed)) if data.changed else None
    return None


@reacts(ChangeNoticeReceived, ContactAlarmRaised)
def goes_to_its_specialist(one: Recorded) -> Iterator[Command]:
    """The specialist who knows the company gets the case; where there is none, it waits to be assigned."""
    specialists = holders(Office.SPECIALIST, one.on)
    known = Assignment.objects.filter(
        in_force(one.on), case__participant_id=one.participant, account__in=specialists
    ).order_by("-effective_from", "id")
    row = known.first()
    if row is not None:
        yield AssignCase(case_id=one.subject, account_id=row.account_id)


@reacts(StandingSet)
def officers_become_contacts(one: Recorded) -> Iterator[Command]:
    """Whoever signed for a company that is certified for the first time is reached: its officers are its contacts."""
    data = one.data
    assert isinstance(data, StandingSet)
    if data.standing != "certified" or contacts_of(data.participant_id).exists():
        return
    people = company_people(data.participant_id, one.on)
    officers = people.filter(office=Office.APPLICANT_OFFICER.value, account__closed_on=None).order_by("id")
    seen: set[UUID] = set()
    for holding in officers:
        if holding.account_id not in seen:
            seen.add(holding.account_id)
            yield NameContact(
                participant_id=data.participant_id, name=holding.account.name, account_id=holding.account_id
            )


@reacts(ContactBounced)
def alarm_is_raised(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, ContactBounced)
    yield RaiseContactAlarm(participant_id=data.participant_id, contact_id=data.contact_id, how=data.how)


@reacts(ContactConfirmed, ContactNamed)
def alarm_may_be_cleared(one: Recorded) -> Iterator[Command]:
    """When the company is reached again by two contacts, one of them an officer, its alarms are cleared."""
    assert isinstance(one.data, ContactConfirmed | ContactNamed)
    participant_id = one.data.participant_id
    alarms = ContactAlarm.objects.filter(participant_id=participant_id, cleared_on=None).order_by("raised_on", "id")
    if alarms.exists() and contacts_kept(contact_facts(participant_id, one.on)).granted:
        for alarm in alarms:
            yield ClearContactAlarm(case_id=alarm.pk, because="Two contacts are reached again, one of them an officer.")
