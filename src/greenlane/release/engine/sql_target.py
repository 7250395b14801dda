"""The policy as one SELECT for DuckDB, PostgreSQL and Spark: statuses by interval joins, then a layer for each depth.

The text holds no number of any version: parameters, tables and statuses are joined from small relations, so that one
text serves every version, each for the days of its own, and the secret of the random draw stands in no query or log.
Steps are computed in layers, each reading the columns of the one before, so that no expression is written twice.
Every value is a 64-bit integer, as the ranges of the graph were checked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from greenlane.release.engine.expressions import Node, walk
from greenlane.release.engine.graph import Graph, Step
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.statuses import NO_STATUS
from greenlane.release.engine.writing import Phrases

END_OF_TIME = 2**63 - 1
"""What stands for an end that is not known yet, in microseconds UTC."""

_COMMON = {
    "+": "({0} + {1})",
    "-": "({0} - {1})",
    "*": "({0} * {1})",
    "%": "({0} % {1})",
    "&": "({0} & {1})",
    "|": "({0} | {1})",
    "min": "LEAST({0}, {1})",
    "max": "GREATEST({0}, {1})",
    "if": "CASE WHEN {0} = 1 THEN {1} ELSE {2} END",
}


@dataclass(frozen=True)
class Dialect:
    """How one database writes it. ``division``: of whole numbers; ``literal``: a constant of 64 bits.

    ``micros``: microseconds since 1970 of a time stamp, in 64 bits; ``truth``: how a comparison becomes 0 or 1 of 64
    bits; ``fence``: what keeps a planner from merging layers, which would write every shared step out once more at each
    use; ``quote``: what stands around a name.
    """

    name: str
    quote: str
    division: str
    literal: str
    micros: str
    truth: str = "CAST(({0}) AS BIGINT)"
    fence: str = ""

    @property
    def operations(self) -> Mapping[str, str]:
        """A phrase for each of ``expressions.OPERATIONS``."""
        compared = {op: self.truth.format(f"{{0}} {sign} {{1}}") for op, sign in COMPARISONS.items()}
        return _COMMON | compared | {"//": self.division}

    def named(self, name: str) -> str:
        """A name in quotes. Raises ValueError for what is no plain name."""
        if not NAME.fullmatch(name):
            raise ValueError(
                f"{name!r} is no plain name of a column: letters, digits and _, not beginning with a digit"
            )
        return f"{self.quote}{name}{self.quote}"


NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
COMPARISONS = {"<": "<", "<=": "<=", "==": "="}
DUCKDB = Dialect("duckdb", '"', "({0} // {1})", "{0}::BIGINT", "epoch_us({0})")
POSTGRES = Dialect(
    "postgres",
    '"',
    "({0} / {1})",
    "{0}::bigint",
    "(EXTRACT(EPOCH FROM {0}) * 1000000)::bigint",
    "({0})::int::bigint",
    "\n  OFFSET 0",
)
SPARK = Dialect("spark", "`", "({0} DIV {1})", "{0}L", "unix_micros({0})")
DIALECTS = {one.name: one for one in (DUCKDB, POSTGRES, SPARK)}


@dataclass(frozen=True)
class Relations:
    """Names of what a query reads. ``entries``: ``filed_at`` (microseconds UTC), a number for each input that is not
    a party, and the identifier of each party in the column of its name.

    ``periods``: party, valid_from, valid_to, known_from, known_to, status; ``policy``: code, number, from_at, to_at,
    and a column for each parameter and each table's usual value; ``tables``: each with number, place, value.
    """

    entries: str = "entries"
    periods: str = "periods"
    policy: str = "policy"
    tables: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in (self.entries, self.periods, self.policy, *self.tables.values()):
            if not all(NAME.fullmatch(part) for part in one.split(".")):
                raise ValueError(
                    f"{one!r} is no plain name of a table: letters, digits and _, after a schema and a dot"
                )

    def table(self, name: str) -> str:
        """Where a table of the policy is; by its own name unless said otherwise."""
        return self.tables.get(name, name)


def layers(graph: Graph) -> list[list[Step]]:
    """The steps by depth: those of a layer read only inputs, parameters, tables and layers before it."""
    depth: dict[str, int] = {}
    found: list[list[Step]] = []
    for step in graph.steps.values():
        read = [depth[n.name] for n in walk(step.expression) if n.op == "step"]
        depth[step.name] = max(read, default=-1) + 1
        if depth[step.name] == len(found):
            found.append([])
        found[depth[step.name]].append(step)
    return found


def usual(table: str) -> str:
    """The column of the policy that holds what a table says of every place that has no row."""
    return f"usual_{table}"


@dataclass(frozen=True)
class Query:
    """Writes the query of a graph for a dialect."""

    graph: Graph
    dialect: Dialect
    relations: Relations
    keep: Sequence[str]

    def __post_init__(self) -> None:
        taken = {*self.graph.inputs, *self.graph.parameters, *self.graph.steps, "number", "version"}
        if clash := sorted(taken & set(self.keep)):
            raise ValueError(f"{', '.join(clash)}: the decision has columns of this name; keep others, or rename them")

    def text(self, known_at: int | None) -> str:
        """The whole SELECT: what is kept of each entry, the outputs, and the code of the version."""
        name = self.dialect.named
        found = layers(self.graph)
        wanted = self._wanted(found)
        parts = [f"known AS (\n{self._known(known_at)}\n)", f"layer_0 AS (\n{self._entries(wanted[0])}\n)"]
        for number, steps in enumerate(found, 1):
            parts.append(f"layer_{number} AS (\n{self._layer(number, steps, wanted[number])}\n)")
        last = ", ".join(f"d.{name(one)}" for one in [*self.keep, *self.graph.outputs])
        version = f"JOIN {self.relations.policy} AS p ON p.{name('number')} = d.{name('number')}"
        return (
            "WITH " + ",\n".join(parts) + f"\nSELECT {last}, p.code AS version\nFROM layer_{len(found)} AS d\n{version}"
        )

    def _wanted(self, found: list[list[Step]]) -> list[list[str]]:
        """For each layer, the columns that it must hand on to later layers or to the answer."""
        needed = {*self.graph.outputs}
        wanted = [sorted(needed)]
        for steps in reversed(found):
            for step in steps:
                needed |= self._columns(step)
            needed -= {step.name for step in steps}
            wanted.insert(0, sorted(needed))
        return wanted

    def _columns(self, step: Step) -> set[str]:
        """What a step reads, as columns."""
        nodes = [n for n in walk(step.expression) if n.op in ("input", "parameter", "step", "table")]
        return {usual(n.name) if n.op == "table" else n.name for n in nodes}

    def _known(self, known_at: int | None) -> str:
        """The periods as they were known at an instant; None: as they are known now."""
        where = known_where(self.dialect, known_at)
        end = f"COALESCE(valid_to, {self._number(END_OF_TIME)})"
        columns = f"party, valid_from, {end} AS valid_to, CAST(status AS BIGINT) AS status"
        return f"  SELECT {columns}\n  FROM {self.relations.periods}\n  WHERE {where}"  # noqa: S608 - names are plain

    def _entries(self, wanted: Sequence[str]) -> str:
        """Each entry with the version of its day and the status of each of its parties at the time of filing."""
        name, at = self.dialect.named, "e.filed_at"
        columns = [f"e.{name(one)}" for one in self.keep]
        columns.append(f"p.{name('number')}")
        for one in wanted:
            if one in PARTIES:
                columns.append(f"COALESCE({one}.status, {self._number(NO_STATUS)}) AS {name(one)}")
            elif one in self.graph.inputs:
                columns.append(f"CAST(e.{name(one)} AS BIGINT) AS {name(one)}")
            else:
                columns.append(f"p.{name(one)}")
        joins = [
            f"  LEFT JOIN known AS {party} ON {party}.party = e.{name(party)}"
            f" AND {party}.valid_from <= {at} AND {at} < {party}.valid_to"
            for party in PARTIES
            if party in wanted
        ]
        version = f"  JOIN {self.relations.policy} AS p ON p.from_at <= {at} AND {at} < p.to_at"
        start = f"  SELECT {_listed(columns)}\n  FROM {self.relations.entries} AS e"  # noqa: S608 - names are plain
        return "\n".join([start, version, *joins]) + self.dialect.fence

    def _layer(self, number: int, steps: Sequence[Step], wanted: Sequence[str]) -> str:
        name, own = self.dialect.named, {step.name: step for step in steps}
        words, looked = self._phrases(number)
        columns = [f"b.{name(one)}" for one in (*self.keep, "number")]
        for one in wanted:
            if one in own:
                columns.append(f"{words.write(own[one].expression)} AS {name(one)}")
            else:
                columns.append(f"b.{name(one)}")
        start = f"  SELECT {_listed(columns)}\n  FROM layer_{number - 1} AS b"  # noqa: S608 - names are plain
        return "\n".join([start, *looked.values()]) + self.dialect.fence

    def _phrases(self, number: int) -> tuple[Phrases, dict[tuple[str, str], str]]:
        """How a layer writes its steps, and the joins of the tables that they look up, which grow as it writes."""
        name, looked = self.dialect.named, dict[tuple[str, str], str]()

        def leaf(node: Node) -> str:
            return self._number(node.value) if node.op == "constant" else f"b.{name(node.name)}"

        def table(of: str, key: str) -> str:
            place = [*looked, (of, key)].index((of, key))
            looked[of, key] = (
                f"  LEFT JOIN {self.relations.table(of)} AS t{place}"
                f" ON t{place}.{name('number')} = b.{name('number')} AND t{place}.place = {key}"
            )
            return f"COALESCE(t{place}.{name('value')}, b.{name(usual(of))})"

        return Phrases(self.dialect.operations, leaf, table), looked

    def _number(self, value: int) -> str:
        """A constant, in brackets where it has a sign."""
        text = self.dialect.literal.format(value)
        return f"({text})" if value < 0 else text


def known_where(dialect: Dialect, known_at: int | None) -> str:
    """The test of periods that were on record at an instant; None: that are on record now."""
    if known_at is None:
        return "known_to IS NULL"
    at = dialect.literal.format(known_at)
    return f"known_from <= {at} AND (known_to IS NULL OR {at} < known_to)"


def _listed(columns: Sequence[str]) -> str:
    return ",\n    ".join(columns)


def decide_sql(
    graph: Graph,
    dialect: Dialect,
    *,
    relations: Relations | None = None,
    keep: Sequence[str] = ("entry_number",),
    known_at: int | None = None,
) -> str:
    """The SELECT that decides every row of ``relations.entries``, with the columns *keep* handed through.

    *known_at*: microseconds UTC; statuses as they were on record then (None: now). An entry of a day without a version
    gives no row, and of two statuses of a party at one time there would be two rows: run ``sql_checks`` first.
    Raises ValueError when a kept column has the name of something that the graph computes.
    """
    return Query(graph, dialect, relations or Relations(), tuple(keep)).text(known_at)
