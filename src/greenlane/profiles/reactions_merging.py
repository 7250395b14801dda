"""Contacts follow a merger, and go back with a split (6 USC 962, 963(3))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.participants.entries_merging import AccountsMerged, AccountSplit
from greenlane.profiles.commands_merging import BringContacts, GiveContactsBack
from greenlane.profiles.contacts import came_with, contacts_of


@reacts(AccountsMerged)
def contacts_come_along(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, AccountsMerged)
    if contacts_of(data.merged_id).exists():
        yield BringContacts(participant_id=data.survivor_id, merger_id=data.merger_id)


@reacts(AccountSplit)
def contacts_go_back(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, AccountSplit)
    if contacts_of(data.survivor_id).filter(pk__in=came_with(data.survivor_id, data.merger_id)).exists():
        yield GiveContactsBack(participant_id=data.survivor_id, merger_id=data.merger_id)
