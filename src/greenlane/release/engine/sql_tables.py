"""The small relations that a query joins: the versions of the policy, their tables without what is usual, statuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from greenlane.release.engine.graph import Graph
from greenlane.release.engine.sql_target import END_OF_TIME, usual
from greenlane.release.engine.versions import PolicyVersion

if TYPE_CHECKING:
    from greenlane.release.engine.asof import Period


@dataclass(frozen=True)
class Rows:
    """A small relation: names of columns, and rows. Every column is a 64-bit integer, save those in ``texts``."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    texts: frozenset[str] = frozenset()

    def by_column(self) -> dict[str, list[Any]]:
        """The same, column by column."""
        return {name: [row[place] for row in self.rows] for place, name in enumerate(self.columns)}


PERIOD_COLUMNS = ("party", "valid_from", "valid_to", "known_from", "known_to", "status")


def micros(day: date) -> int:
    """Microseconds UTC at which a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000


def in_order(versions: Iterable[PolicyVersion]) -> list[PolicyVersion]:
    """The versions by their first day; the place of one is its ``number``. ValueError for none, and for two at once."""
    found = sorted(versions, key=lambda one: one.effective_from)
    if not found:
        raise ValueError("there is no version of the policy to decide with: publish one first")
    for one, other in pairwise(found):
        if one.effective_from == other.effective_from:
            raise ValueError(f"the versions {one.code} and {other.code} both begin on {one.effective_from}; keep one")
    return found


def policy_rows(graph: Graph, versions: Sequence[PolicyVersion]) -> Rows:
    """One row for each version, in order: the time for which it decides, its numbers, the usual value of tables."""
    columns = ("code", "number", "from_at", "to_at", *graph.parameters, *map(usual, graph.tables))
    starts = [micros(one.effective_from) for one in versions]
    rows = [
        (
            one.code,
            number,
            starts[number],
            [*starts, END_OF_TIME][number + 1],
            *(one.parameters[name] for name in graph.parameters),
            *(_most(one.tables[name]) for name in graph.tables),
        )
        for number, one in enumerate(versions)
    ]
    return Rows(columns, rows, frozenset({"code"}))


def table_rows(graph: Graph, versions: Sequence[PolicyVersion]) -> dict[str, Rows]:
    """For each table, the places where a version says anything but what is usual."""
    found: dict[str, Rows] = {}
    for name in graph.tables:
        rows: list[tuple[int, int, int]] = []
        for number, version in enumerate(versions):
            values, most = version.tables[name], _most(version.tables[name])
            rows += [(number, place, value) for place, value in enumerate(values) if value != most]
        found[name] = Rows(("number", "place", "value"), rows)
    return found


def period_rows(periods: Iterable[Period]) -> Rows:
    """Statuses as rows; parties as text unless every one of them is a whole number."""
    rows = [tuple(None if value == END_OF_TIME else value for value in one) for one in periods]
    if rows and all(isinstance(row[0], int) for row in rows):
        return Rows(PERIOD_COLUMNS, rows)
    return Rows(PERIOD_COLUMNS, [(str(row[0]), *row[1:]) for row in rows], frozenset({"party"}))


def small_relations(graph: Graph, versions: Sequence[PolicyVersion], periods: Iterable[Period]) -> Mapping[str, Rows]:
    """Every small relation by the name under which the query reads it."""
    return {"policy": policy_rows(graph, versions), "periods": period_rows(periods), **table_rows(graph, versions)}


def _most(values: Sequence[int]) -> int:
    return Counter(values).most_common(1)[0][0]
