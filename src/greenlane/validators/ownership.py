"""Who stands above whom: every holding above two parties, through any chain of companies (6 USC 968(f)(1))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from greenlane.law.s968 import Holding as HoldingFact
from greenlane.participants.models import Participant, Person
from greenlane.validators.checks import key_of
from greenlane.validators.models import Holding, Validator

MOST_STEPS = 1000
"""Chains are followed level by level until nobody new is found; this only ends a loop that has a fault."""

MOST_AT_ONCE = 500


@dataclass
class Parties:
    """The parties met so far: ``labels`` by the name as it is compared, and the ids that go by that name.

    Two accounts of one company, and a company that is also named as somebody's owner, are one party: what is compared
    is the name.
    """

    labels: dict[str, str] = field(default_factory=dict)
    ids: dict[str, set[UUID]] = field(default_factory=dict)

    def meet(self, name: str, key: UUID | None = None) -> str:
        """The party of this name, with its label; a known id is kept with it."""
        party = key_of(name)
        self.labels.setdefault(party, label_of(name))
        if key is not None:
            self.ids.setdefault(party, set()).add(key)
        return party


def label_of(name: str) -> str:
    """A name as the facts and the pictures write it."""
    return " ".join(name.split())


def holdings_above(*named: tuple[str, UUID | None]) -> tuple[HoldingFact, ...]:
    """Every holding on record, in force or not, in these parties and in those that hold them, and so on upwards.

    From the register of holdings, from what the sides declared, and from the owners that participants have on record.
    Parties are named by labels: the same party has one label in all of them, the given one where it was given.
    """
    parties = Parties()
    found: list[HoldingFact] = []
    level = [parties.meet(name, key) for name, key in named]
    seen = set(level)
    for _step in range(MOST_STEPS):
        if not level:
            break
        rows = list(_into(level, parties))
        found += rows
        level = list(dict.fromkeys(key for row in rows if (key := key_of(row.owner)) not in seen))
        seen.update(level)
    return tuple(dict.fromkeys(found))


def _into(level: list[str], parties: Parties) -> Iterator[HoldingFact]:
    """The holdings in the parties of one level."""
    for start in range(0, len(level), MOST_AT_ONCE):
        some = level[start : start + MOST_AT_ONCE]
        named = _known_as(some, parties)
        yield from _registered(some, named, parties)
        yield from _owners(named, parties)


def _known_as(level: list[str], parties: Parties) -> dict[UUID, str]:
    """The validators and participants that go by these names now, and what ids they are known by."""
    labels = [parties.labels[key] for key in level]
    wanted = Q(pk__in=[key for name in level for key in parties.ids.get(name, ())])
    for label in labels:
        wanted |= Q(legal_name__iexact=label)
    rows = {pk: key_of(name) for pk, name in Participant.objects.filter(wanted).values_list("pk", "legal_name")}
    rows.update(Validator.objects.filter(key__in=level).values_list("pk", "key"))
    return rows


def _registered(level: list[str], named: dict[UUID, str], parties: Parties) -> Iterator[HoldingFact]:
    rows = Holding.objects.filter(Q(owned_key__in=level) | Q(owned_id__in=named), superseded_at=None)
    ordered = list(rows.order_by("since", "id"))
    now = _names_now([key for row in ordered for key in (row.owner_id, row.owned_id) if key])
    for row in ordered:
        owner = parties.meet(now.get(row.owner_id, row.owner_name) if row.owner_id else row.owner_name, row.owner_id)
        owned = parties.meet(now.get(row.owned_id, row.owned_name) if row.owned_id else row.owned_name, row.owned_id)
        yield HoldingFact(
            parties.labels[owner], parties.labels[owned], row.basis_points, row.control, row.since, row.until
        )


def _names_now(keys: Iterable[UUID]) -> dict[UUID, str]:
    """How the parties with these ids are called now: a company that changed its name stays the same party."""
    wanted = tuple(dict.fromkeys(keys))
    names = dict(Participant.objects.filter(pk__in=wanted).values_list("pk", "legal_name"))
    names.update(Validator.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return names


def _owners(named: dict[UUID, str], parties: Parties) -> Iterator[HoldingFact]:
    """The owners that participants have on record; one whose share is not known has some."""
    rows = Person.objects.filter(participant_id__in=named, role="owner").order_by("effective_from", "id")
    for row in rows:
        if row.effective_to is not None and row.effective_to <= row.effective_from:
            continue  # it never was
        owner, owned = parties.meet(row.name), named[row.participant_id]
        share = 1 if row.share_percent is None else row.share_percent * 100
        last = None if row.effective_to is None else row.effective_to - timedelta(days=1)
        yield HoldingFact(
            parties.labels[owner], parties.labels.get(owned, owned), share, share > 5000, row.effective_from, last
        )
