"""The ranking by the published framework, with what each criterion contributes (6 USC 969(2))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.law.s969 import Candidate, RiskFactor, Score
from greenlane.law.s969 import ranking as law_ranking
from greenlane.revalidation.due import DueFilter, DueItem, due_list, grids_on
from greenlane.revalidation.measures import TIME_SINCE_LAST, time_since_last
from greenlane.revalidation.models import Framework, RiskScore
from greenlane.revalidation.queries_framework import factors_of, framework_on, scores_on


@dataclass(frozen=True)
class Contribution:
    """The points of one criterion: weight times measure, and the record of the measure (None: reckoned)."""

    code: str
    weight: int
    value: int
    points: int
    score: RiskScore | None


@dataclass(frozen=True)
class Place:
    """A participant in its place, counted from 1."""

    place: int
    item: DueItem
    total: int
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True)
class Unmeasured:
    """A participant that has no place, because it is not measured by these criteria."""

    item: DueItem
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """The ranking on a day; without a framework in force nobody has a place."""

    on: date
    framework: Framework | None
    places: tuple[Place, ...]
    unmeasured: tuple[Unmeasured, ...]

    @property
    def most(self) -> int:
        """The highest total that the framework allows."""
        return 100 * sum(row["weight"] for row in self.framework.factors) if self.framework else 0


def ranking(programme: str, on: date) -> Ranking:
    """Same inputs, same ranking, in whatever order they were entered; law.s969.ranking settles ties.

    A participant that is not measured by every criterion is named apart: it is not counted as nought.
    """
    framework = framework_on(programme, on)
    if framework is None:
        return Ranking(on, None, (), ())
    items = grids_on(due_list(on, DueFilter(programme=programme)))
    factors, scores = factors_of(framework), scores_on(items, on)
    measures = {key: _measures(factors, item, scores.get(key, {}), on) for key, item in items.items()}
    missing = {key: [f.code for f in factors if f.code not in measures[key]] for key in items}
    ranked = law_ranking(factors, tuple(_candidate(items[key], measures[key]) for key in items if not missing[key]))
    weights = {factor.code: factor.weight for factor in factors}
    places = tuple(
        Place(
            one.place,
            items[(key := UUID(one.participant))],
            one.total,
            tuple(
                Contribution(code, weights[code], measures[key][code], points, scores.get(key, {}).get(code))
                for code, points in one.contributions
            ),
        )
        for one in ranked
    )
    return Ranking(on, framework, places, _unmeasured(items, missing))


def place_of(participant_id: UUID, made: Ranking) -> Place | None:
    """The place of one participant in a ranking; None when it has none."""
    return next((one for one in made.places if one.item.participant_id == participant_id), None)


def _measures(
    factors: Iterable[RiskFactor], item: DueItem, scores: Mapping[str, RiskScore], on: date
) -> dict[str, int]:
    found = {f.code: scores[f.code].value for f in factors if f.code in scores and f.code != TIME_SINCE_LAST}
    if any(f.code == TIME_SINCE_LAST for f in factors):
        found[TIME_SINCE_LAST] = time_since_last(item.grid, on)
    return found


def _candidate(item: DueItem, measures: Mapping[str, int]) -> Candidate:
    scores = tuple(Score(code, value) for code, value in measures.items())
    return Candidate(str(item.participant_id), scores, item.due_on)


def _unmeasured(items: Mapping[UUID, DueItem], missing: Mapping[UUID, list[str]]) -> tuple[Unmeasured, ...]:
    found = [Unmeasured(items[key], tuple(codes)) for key, codes in missing.items() if codes]
    return tuple(sorted(found, key=lambda one: (one.item.due_on, str(one.item.participant_id))))
