"""All that a database needs to decide: the texts, the small relations, and what is checked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlane.release.engine import sql_checks
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.sql_tables import Rows, in_order, micros, small_relations
from greenlane.release.engine.sql_target import Dialect, Relations, decide_sql
from greenlane.release.engine.versions import PolicyVersion

if TYPE_CHECKING:
    from greenlane.release.engine.asof import Period

KEPT = ("entry_number",)
"""What is handed through from an entry to its decision."""


@dataclass(frozen=True)
class Job:
    """``decide``, ``entries`` and ``periods``: SQL; ``says``: what each checked column takes; ``small``: the
    relations to load under their names."""

    decide: str
    entries: str
    periods: str
    says: Mapping[str, sql_checks.Taken]
    small: Mapping[str, Rows]

    @property
    def text_parties(self) -> bool:
        """Whether the statuses name parties by text."""
        return "party" in self.small["periods"].texts


def job(
    dialect: Dialect,
    periods: Iterable[Period],
    versions: Iterable[PolicyVersion],
    *,
    known_at: int | None = None,
    relations: Relations | None = None,
    keep: Sequence[str] = KEPT,
    graph: Graph | None = None,
) -> Job:
    """What *dialect* needs to decide entries with these statuses and versions, as known at *known_at* (None: now).

    *graph*: None is the policy. Raises ValueError without a version, or with two that begin on one day.
    """
    graph, relations, ordered = graph or release_policy(), relations or Relations(), in_order(versions)
    first = micros(ordered[0].effective_from)
    decide = decide_sql(graph, dialect, relations=relations, keep=(*keep,), known_at=known_at)
    return Job(
        decide=decide,
        entries=sql_checks.entries_sql(graph, dialect, relations, first),
        periods=sql_checks.periods_sql(dialect, relations, known_at),
        says=sql_checks.sayings(graph.inputs, first),
        small=small_relations(graph, ordered, periods),
    )
