"""What other numbers would change on the entries on record, exactly: decided again, side by side (6 USC 964(a))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenlane.release.engine.explaining import compile_all
from greenlane.release.engine.inputs import EXAMINATIONS, PATHWAYS
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.statuses import TIERS
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.in_force import drafted, with_numbers
from greenlane.release.models import ReleaseDecision
from greenlane.release.numbers import PolicyNumbers
from greenlane.release.queries import policies

MOST = 20_000
"""Entries on record that are decided again, the latest first; a year of entries is a matter of the command line."""
STEPS = ("importer_tier", "score_after", "examination", "pathway", "customs_release")


@dataclass
class Side:
    """What came out on one side: counts by outcome, and the sum of the scores."""

    examinations: list[int] = field(default_factory=lambda: [0] * len(EXAMINATIONS))
    pathways: list[int] = field(default_factory=lambda: [0] * len(PATHWAYS))
    scores: int = 0

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
    """What a change of numbers does: by tier, by mode and by port (Schedule D as a number)."""

    entries: int = 0
    changed: int = 0
    tiers: dict[str, Group] = field(default_factory=dict)
    modes: dict[str, Group] = field(default_factory=dict)
    ports: dict[str, Group] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        groups = {
            name: {key: one.to_json() for key, one in sorted(getattr(self, name).items())}
            for name in ("tiers", "modes", "ports")
        }
        return {"entries": self.entries, "changed": self.changed, **groups}


def on_record(programme: str, most: int = MOST) -> list[dict[str, int]]:
    """The inputs of the latest entries that were decided when they were filed."""
    rows = ReleaseDecision.objects.filter(filed__programme=programme, because="filed").order_by("-known_at", "id")
    return list(rows.values_list("inputs", flat=True)[:most])


def compare(rows: Iterable[Mapping[str, int]], before: PolicyVersion, after: PolicyVersion) -> Found:
    """Each entry decided with both versions."""
    graph = release_policy()
    order = {name: place for place, name in enumerate(graph.steps)}
    places = [order[name] for name in STEPS]
    one, other = compile_all(graph, before), compile_all(graph, after)
    found = Found(tiers={str(tier): Group() for tier in range(TIERS)})
    for row in rows:
        given = [row[name] for name in graph.inputs]
        was, now = one(*given), other(*given)
        found.entries += 1
        found.changed += any(was[place] != now[place] for place in places)
        for group in (
            found.tiers[str(now[places[0]])],
            found.modes.setdefault(str(row["mode"]), Group()),
            found.ports.setdefault(f"{row['port']:04d}", Group()),
        ):
            group.entries += 1
            _add(group.before, [was[place] for place in places])
            _add(group.after, [now[place] for place in places])
    return found


def _add(side: Side, values: list[int]) -> None:
    _tier, score, examination, pathway, _released = values
    side.scores += score
    side.examinations[examination] += 1
    side.pathways[pathway] += 1


def simulate(programme: str, numbers: PolicyNumbers, threshold: int) -> Found:
    """What these numbers would have changed on the latest entries on record, against the policy in force now."""
    now = policies(programme).filter(status="published").order_by("effective_from").last()
    before = drafted(now, threshold) if now else None
    after = with_numbers(numbers, threshold, before.parameters["salt"] if before else 0, before, "draft")
    return compare(on_record(programme), before or after, after)
