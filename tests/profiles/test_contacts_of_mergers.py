"""Whoever could be reached before a merger still can be, and goes back with a split (6 USC 963(3); RC-16, RC-18)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from greenlane.casework import recording
from greenlane.casework.models import Notice
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.profiles.commands_contacts import EndContact, NameContact, ReportBouncedContact
from greenlane.profiles.contacts import came_with, contact_facts, contacts_of
from greenlane.profiles.entries_merging import ContactsCame, ContactStays
from greenlane.profiles.models import Contact
from greenlane.records.models import Entry
from tests.desk import Desk
from tests.participants.test_merging import a_desk, merge, pair, split

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def accounts(desk: Desk) -> tuple[UUID, UUID]:
    """Ada's account, in which Eve's is to go on. Each officer is a contact; Eve's company has a third and a fourth."""
    survivor, merged = pair(desk)
    desk.person("bob")
    own = {"participant_id": merged}
    desk.must(GrantOffice(account_id=desk.people["bob"], office=Office.APPLICANT_STAFF, **own), by="eve")
    desk.must(NameContact(name="Bob", account_id=desk.people["bob"], **own), by="bob")
    desk.must(NameContact(name="Nia", email="nia@example.org", phone="555 0100", **own), by="eve")
    desk.prove = True
    return survivor, merged


def rows(*participants: UUID) -> list[dict[str, Any]]:
    return list(Contact.objects.filter(participant_id__in=participants).order_by("pk").values())


def names(participant: UUID) -> dict[str, bool]:
    """The contacts of an account, and whether each is confirmed."""
    return {row.name: row.confirmed_on is not None for row in contacts_of(participant)}


def told(participant: UUID, template: str) -> str:
    """The words of the one letter of this kind to the company."""
    notice = Notice.objects.get(case_id=participant, template=template)
    return " ".join(block["text"]["message"] % block["text"]["values"] for block in notice.body)


def what_came(survivor: UUID) -> ContactsCame:
    data = recording.read(Entry.objects.get(kind=ContactsCame.entry_kind, subject=survivor)).data
    assert isinstance(data, ContactsCame)
    return data


@pytest.mark.clause("6 USC 962", "6 USC 963(3)")
def test_rc_18_contacts_follow_a_merger_and_go_back_with_a_split(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    before = rows(survivor, merged)
    merge(desk, survivor, merged, people=(desk.people["eve"],))
    assert names(survivor) == {"Ada": True, "Eve": True, "Nia": False}
    assert contacts_of(survivor).get(name="Nia").phone == "555 0100"
    assert len(contact_facts(survivor, desk.today).live) == len(contact_facts(survivor, desk.today).officers) == 2
    assert what_came(survivor).stay == (ContactStays(name="Bob", why="not_along"),)
    letter = told(survivor, "contacts_after_merger")
    assert "Eve" in letter
    assert "Bob: did not go along" in letter
    assert [row for row in rows(survivor, merged) if row in before] == before, "nothing that was written is changed"
    merger_id = what_came(survivor).merger_id
    assert len(came_with(survivor, merger_id)) == 2
    desk.must(NameContact(participant_id=survivor, name="Oona", email="oona@example.org"), by="ada")
    split(desk, survivor, merged)
    assert names(survivor) == {"Ada": True, "Oona": False}
    assert names(merged) == {"Eve": True, "Bob": True, "Nia": False}
    assert [row for row in rows(merged) if row in before] == [row for row in before if row["participant_id"] == merged]
    letter = told(survivor, "contacts_after_split")
    assert "Nia" in letter
    assert "1 contacts that can be reached" in letter


@pytest.mark.clause("6 USC 971(c)")
def test_who_does_not_go_along_is_no_contact_of_the_other_company_and_its_officer_is_told(
    desk: Desk, accounts: tuple[UUID, UUID]
) -> None:
    survivor, merged = accounts
    desk.must(NameContact(participant_id=survivor, name="Nia of both", email="nia@example.org"), by="ada")
    desk.must(NameContact(participant_id=merged, name="Zoe", email="zoe@example.org"), by="eve")
    zoe = contacts_of(merged).get(name="Zoe")
    desk.must(ReportBouncedContact(participant_id=merged, contact_id=zoe.pk, how="No such address."), by="eve")
    merge(desk, survivor, merged)
    assert names(survivor) == {"Ada": True, "Nia of both": False}
    assert {one.name: one.why for one in what_came(survivor).stay} == {
        "Eve": "not_along",
        "Bob": "not_along",
        "Nia": "already",
        "Zoe": "cannot_be_reached",
    }
    assert "Name and confirm two" in told(survivor, "contacts_after_merger")
    assert Entry.objects.filter(participant=merged, kind__endswith="ContactAlarmRaised").exists()
    split(desk, survivor, merged)
    assert names(survivor) == {"Ada": True, "Nia of both": False}
    assert not Notice.objects.filter(template="contacts_after_split").exists()


@pytest.mark.clause("6 USC 962")
def test_the_contacts_of_a_merged_account_rest(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    merge(desk, survivor, merged)
    bob = contacts_of(merged).get(name="Bob")
    refused = {"code": "account_goes_on_elsewhere", "cite": "6 USC 962"}
    desk.refused(NameContact(participant_id=merged, name="Max", email="max@example.org"), by="ada", **refused)
    desk.refused(EndContact(participant_id=merged, contact_id=bob.pk, reason="Ours now."), by="ada", **refused)
    desk.refused(EndContact(participant_id=merged, contact_id=bob.pk, reason="He left."), by="eve", **refused)
    split(desk, survivor, merged)
    desk.must(
        EndContact(participant_id=merged, contact_id=contacts_of(merged).get(name="Nia").pk, reason="Left."), by="eve"
    )


def test_a_merged_account_without_contacts_tells_nobody_of_any(desk: Desk) -> None:
    survivor, merged = pair(desk)
    for row in contacts_of(merged):
        Contact.objects.filter(pk=row.pk).update(ended_on=desk.today)
    merge(desk, survivor, merged)
    assert names(survivor) == {"Ada": True}
    assert not Notice.objects.filter(template="contacts_after_merger").exists()
