"""What changed between two imports of a list, and whether a person must accept it first (6 USC 964(b))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from greenlane.law.sentences import N_, Sentence
from greenlane.vetting.lists.entries import ListEntry, ListWarning

# A list that loses more than a tenth of its entries or names is far more often a damaged file than a policy.
LARGEST_DROP_PERCENT = 10


@dataclass(frozen=True)
class Change:
    """One entry before and after, and the names of the fields that differ."""

    old: ListEntry
    new: ListEntry
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ListDifference:
    """Entries added, changed and removed, each in the order of their keys; warnings that need acceptance."""

    added: tuple[ListEntry, ...]
    changed: tuple[Change, ...]
    removed: tuple[ListEntry, ...]
    warnings: tuple[ListWarning, ...]

    @property
    def needs_acceptance(self) -> bool:
        """True when a person must accept the new list before it replaces the old."""
        return any(warning.needs_acceptance for warning in self.warnings)


def difference(old: Iterable[ListEntry], new: Iterable[ListEntry]) -> ListDifference:
    """Compare two sets of entries by key and fingerprint. Nothing is lost: old - removed + added = new, by key."""
    before = {(entry.list_code, entry.entry_key): entry for entry in old}
    after = {(entry.list_code, entry.entry_key): entry for entry in new}
    changed = tuple(
        Change(before[key], after[key], _differing(before[key], after[key]))
        for key in sorted(before.keys() & after.keys())
        if before[key].fingerprint != after[key].fingerprint
    )
    return ListDifference(
        tuple(after[key] for key in sorted(after.keys() - before.keys())),
        changed,
        tuple(before[key] for key in sorted(before.keys() - after.keys())),
        tuple(_drops(before.values(), after.values())),
    )


def _differing(old: ListEntry, new: ListEntry) -> tuple[str, ...]:
    names = (f.name for f in fields(ListEntry) if f.name != "fingerprint")
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _drops(old: Iterable[ListEntry], new: Iterable[ListEntry]) -> Iterable[ListWarning]:
    before, after = _sizes(old), _sizes(new)
    for (code, what), count in sorted(before.items()):
        left = after[code, what]
        if (count - left) * 100 > count * LARGEST_DROP_PERCENT:
            message = {
                "entries": N_("%(list)s has %(new)d entries where it had %(old)d: more than a tenth is gone."),
                "names": N_("%(list)s has %(new)d names where it had %(old)d: more than a tenth is gone."),
            }[what]
            sentence = Sentence(message, {"list": code, "new": left, "old": count})
            yield ListWarning(f"{what}_dropped", sentence, needs_acceptance=True)


def _sizes(entries: Iterable[ListEntry]) -> Counter[tuple[str, str]]:
    sizes = Counter[tuple[str, str]]()
    for entry in entries:
        sizes[entry.list_code, "entries"] += 1
        sizes[entry.list_code, "names"] += len(entry.names)
    return sizes
