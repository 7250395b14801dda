"""Several records of a list that tell of one party become one entry (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import replace

from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, unique


class Merged:
    """Entries by key, in the order in which their first record came."""

    def __init__(self) -> None:
        self._records: dict[str, list[ListEntry]] = {}

    def add(self, entry: ListEntry) -> None:
        """Take a record; records with the same key are one party."""
        self._records.setdefault(entry.entry_key, []).append(entry)

    def entries(self) -> tuple[ListEntry, ...]:
        """One entry for each key, with the facts of all its records and the first record's kind and type."""
        return tuple(records[0] if len(records) == 1 else _joined(records) for records in self._records.values())


def _joined(records: list[ListEntry]) -> ListEntry:
    first = records[0]
    others = [name for record in records[1:] for name in record.names]
    aliases = [ListedName(name.text, _later(name.kind)) for name in others if name.text != first.primary_name]
    return replace(
        first,
        names=unique([*first.names, *aliases]),
        countries=unique(country for record in records for country in record.countries),
        addresses=unique(address for record in records for address in record.addresses),
        birth_dates=unique(born for record in records for born in record.birth_dates),
        identifiers=unique(number for record in records for number in record.identifiers),
        programmes=unique(programme for record in records for programme in record.programmes),
        remarks=" | ".join(unique(record.remarks for record in records if record.remarks)),
        listed_on=min((record.listed_on for record in records if record.listed_on), default=None),
    )


def _later(kind: NameKind) -> NameKind:
    return NameKind.ALIAS if kind is NameKind.PRIMARY else kind
