"""Listed entries, and prepared parties, as the two sides that the engine compares (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from greenlane.vetting.lists.entries import ListEntry, NameKind
from greenlane.vetting.matching import evidence
from greenlane.vetting.matching.arrays import Array
from greenlane.vetting.matching.model import Model
from greenlane.vetting.matching.parties import Party, entry_evidence, party_evidence
from greenlane.vetting.matching.sides import Side, SideBuilder, readings


class Listing:
    """The entries of one or more lists in the order of their keys, with their names as a side."""

    def __init__(self, entries: Iterable[ListEntry], model: Model) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: (entry.list_code, entry.entry_key)))
        builder = SideBuilder(model)
        self.numbers: dict[str, list[int]] = {}
        weak: list[bool] = []
        for at, entry in enumerate(self.entries):
            for number, name in enumerate(entry.names):
                for reading, kinds, person in readings(name.text, entry.party_type):
                    builder.add(reading, kinds, person, at, number)
                    weak.append(name.kind is NameKind.WEAK_ALIAS)
            for identifier in entry.identifiers:
                if key := evidence.number_key(identifier):
                    self.numbers.setdefault(key, []).append(at)
        self.side: Side = builder.side()
        self.weak: Array = np.array(weak, bool)
        self._evidence: dict[int, str] = {}

    def evidence(self, at: int) -> str:
        """What a decision rests on of entry *at*."""
        if at not in self._evidence:
            self._evidence[at] = entry_evidence(self.entries[at])
        return self._evidence[at]

    @cached_property
    def rows_of(self) -> Array:
        """Where the rows of each entry begin, and where those of the last end."""
        return np.searchsorted(self.side.owners, np.arange(len(self.entries) + 1))


class Prepared:
    """Parties made ready to be compared, once for many lists and many days."""

    def __init__(self, parties: Iterable[Party], model: Model) -> None:
        self.parties = tuple(parties)
        self.model = model
        builder = SideBuilder(model)
        weak: list[bool] = []
        for at, party in enumerate(self.parties):
            for number, text in enumerate((*party.names, *party.weak_names)):
                for reading, kinds, person in readings(text, party.party_type):
                    builder.add(reading, kinds, person, at, number)
                    weak.append(number >= len(party.names))
        self.side: Side = builder.side()
        self.weak: Array = np.array(weak, bool)
        self._evidence: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.parties)

    def evidence(self, at: int) -> str:
        """What a decision rests on of party *at*."""
        if at not in self._evidence:
            self._evidence[at] = party_evidence(self.parties[at])
        return self._evidence[at]

    def text(self, at: int, number: int) -> str:
        """Name *number* of party *at*, the weak names after the others; '' where it has none."""
        party = self.parties[at]
        names = (*party.names, *party.weak_names)
        return names[number] if number < len(names) else ""

    @cached_property
    def rows_of(self) -> Array:
        """Where the rows of each party begin, and where those of the last end."""
        return np.searchsorted(self.side.owners, np.arange(len(self.parties) + 1))

    @cached_property
    def most_beside(self) -> Array:
        """The points that each party can gain at most by what is known of it beside its names."""
        parts = self.model.parts
        country, born, address = parts["country_same"], parts["birth_date_same"], parts["address_same"]
        return np.array(
            [
                country * bool(party.countries)
                + born * (party.birth_date is not None)
                + address * bool(party.addresses)
                for party in self.parties
            ],
            np.int32,
        )
