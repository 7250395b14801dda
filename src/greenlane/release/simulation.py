"""What other numbers would change on the entries on record, exactly: decided again, side by side (6 USC 964(a))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from greenlane.participants.models import Identifier
from greenlane.release.benefits import Period
from greenlane.release.engine.explaining import compile_all
from greenlane.release.engine.inputs import EXAMINATIONS, PATHWAYS
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.statuses import TIERS
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.in_force import drafted, with_numbers
from greenlane.release.models import ReleaseDecision
from greenlane.release.numbers import PolicyNumbers
from greenlane.release.queries import policies
from greenlane.release.register import KINDS

MOST = 20_000
"""Entries on record that are decided again, the latest first; a year of entries is a matter of the command line."""
BUSINESS = "business"
"""The name that the business type of an entry's importer goes by."""
STEPS = ("importer_tier", "score_after", "examination", "pathway", "customs_release")


@dataclass
class Side:
    """What came out on one side: counts by outcome, and the sum of the scores. ``pathways`` None: not counted.

    ``mix``: the examinations once more, by mode; it is not among what is recorded.
    """

    examinations: list[int] = field(default_factory=lambda: [0] * len(EXAMINATIONS))
    pathways: list[int] | None = field(default_factory=lambda: [0] * len(PATHWAYS))
    scores: int = 0
    mix: dict[int, list[int]] = field(default_factory=dict)

    @property
    def examined(self) -> int:
        """How many are examined at all."""
        return sum(self.examinations[1:])

    def mean(self, entries: int) -> str:
        """The mean score to a tenth of a point, '-' of no entry."""
        tenths = (self.scores * 20 + entries) // (2 * entries) if entries else 0
        return f"{tenths // 10}.{tenths % 10}" if entries else "-"

    def to_json(self) -> dict[str, Any]:
        return {"examinations": self.examinations, "pathways": self.pathways, "scores": self.scores}


@dataclass
class Group:
    """The entries of one group (a tier, a port, a mode), before and after."""

    entries: int = 0
    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)

    def to_json(self) -> dict[str, Any]:
        return {"entries": self.entries, "before": self.before.to_json(), "after": self.after.to_json()}


@dataclass
class Found:
    """What a change of numbers does: by tier, mode, port (Schedule D as a number) and business type of the importer.

    ``changed``: how many entries come out differently.
    """

    entries: int = 0
    changed: int = 0
    tiers: dict[str, Group] = field(default_factory=dict)
    modes: dict[str, Group] = field(default_factory=dict)
    ports: dict[str, Group] = field(default_factory=dict)
    businesses: dict[str, Group] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        groups = {
            name: {key: one.to_json() for key, one in sorted(getattr(self, name).items())}
            for name in ("tiers", "modes", "ports", "businesses")
        }
        return {"entries": self.entries, "changed": self.changed, **groups}


def on_record(programme: str, most: int | None = MOST, period: Period | None = None) -> list[dict[str, Any]]:
    """The inputs of the latest entries that were decided when they were filed, and their importers' business types."""
    rows = filed_in(programme, period).order_by("-known_at", "id")
    types = business_types(programme)
    found = rows.values_list("inputs", "filed__filed__importer")[:most]
    return [{**inputs, BUSINESS: types.get(importer, "")} for inputs, importer in found]


def filed_in(programme: str, period: Period | None) -> QuerySet[ReleaseDecision]:
    """The decision on each entry when it was filed last, amended or not; *period*: of those filed on its days only."""
    again = ReleaseDecision.objects.filter(number=OuterRef("number"), place__gt=OuterRef("place"), because="filed")
    rows = ReleaseDecision.objects.filter(~Exists(again), filed__programme=programme, because="filed")
    if period is None:
        return rows
    begins, over = period.instants
    return rows.filter(filed__filed_at__gte=begins, filed__filed_at__lt=over)


def business_types(programme: str) -> dict[str, str]:
    """The business type of the account that each importer's number names; of several, the one recorded last."""
    rows = Identifier.objects.filter(participant__programme=programme, kind__in=KINDS["importer"])
    return dict(rows.order_by("recorded_at", "id").values_list("value", "participant__business_type"))


def compare(rows: Iterable[Mapping[str, Any]], before: PolicyVersion, after: PolicyVersion) -> Found:
    """Each entry decided with both versions."""
    graph = release_policy()
    order = {name: place for place, name in enumerate(graph.steps)}
    places = [order[name] for name in STEPS]
    one, other = compile_all(graph, before), compile_all(graph, after)
    changed = 0
    found = Found(tiers={str(tier): Group() for tier in range(TIERS)})
    for row in rows:
        given = [row[name] for name in graph.inputs]
        was, now = one(*given), other(*given)
        found.entries += 1
        changed += any(was[place] != now[place] for place in places)
        for group in (
            found.tiers[str(now[places[0]])],
            found.modes.setdefault(str(row["mode"]), Group()),
            found.ports.setdefault(f"{row['port']:04d}", Group()),
            found.businesses.setdefault(row.get(BUSINESS, ""), Group()),
        ):
            group.entries += 1
            _add(group.before, row["mode"], [was[place] for place in places])
            _add(group.after, row["mode"], [now[place] for place in places])
    found.changed = changed
    return found


def _add(side: Side, mode: int, values: list[int]) -> None:
    _tier, score, examination, pathway, _released = values
    side.scores += score
    side.examinations[examination] += 1
    side.mix.setdefault(mode, [0] * len(EXAMINATIONS))[examination] += 1
    if side.pathways is not None:
        side.pathways[pathway] += 1


def simulate(programme: str, numbers: PolicyNumbers, threshold: int) -> Found:
    """What these numbers would have changed on the latest entries on record, against the policy in force now."""
    now = policies(programme).filter(status="published").order_by("effective_from").last()
    before = drafted(now, threshold) if now else None
    after = with_numbers(numbers, threshold, before.parameters["salt"] if before else 0, before, "draft")
    return compare(on_record(programme), before or after, after)
