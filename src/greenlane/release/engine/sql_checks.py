"""What a database looks for before it decides: entries outside the declared ranges, days without a version, statuses
that contradict each other. An import is all or nothing, and no row may vanish or count twice in a join."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.sql_target import END_OF_TIME, Dialect, Relations, known_where
from greenlane.release.engine.statuses import GREATEST_STATUS

LAST_INSTANT = 7_258_118_400_000_000
"""2200-01-01 in microseconds UTC, from which no entry is decided."""
BEFORE = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


class EntriesRefused(ValueError):
    """Nothing was decided; the message says how many entries or periods are wrong, in what, and what to do."""


def entry_columns(graph: Graph) -> tuple[str, ...]:
    """What each entry must bring, besides what is kept: time, parties, and the other inputs of the graph."""
    return ("filed_at", *graph.inputs)


def check_columns(
    graph: Graph, keep: Sequence[str], present: Mapping[str, str], whole: Collection[str], *, text_parties: bool
) -> None:
    """Raise EntriesRefused unless the columns are there and hold whole numbers. *present*: the type of each column.

    *whole*: the database's types of whole numbers. *text_parties*: the statuses name parties by text.
    """
    missing = [name for name in (*keep, *entry_columns(graph)) if name not in present]
    if missing:
        raise EntriesRefused(f"the entries have no column {', '.join(missing)}: add it, or map another column to it")
    for name in graph.inputs:
        number = present[name] in whole
        if name not in PARTIES and not number:
            raise EntriesRefused(f"the column {name} holds {present[name]}; it must hold whole numbers from 0")
        if name in PARTIES and number == text_parties:
            named, held = ("text", "numbers") if text_parties else ("whole numbers", "something else")
            raise EntriesRefused(
                f"the statuses name parties by {named} and the column {name} holds {held}: name them alike in both"
            )


def entries_sql(graph: Graph, dialect: Dialect, relations: Relations, first: int) -> str:
    """One row: how many ``entries`` there are, and, by column, how many of them are outside what is declared.

    *first*: microseconds UTC at which the first version begins.
    """
    name = dialect.named
    start, end = dialect.literal.format(first), dialect.literal.format(LAST_INSTANT)
    wrong = {"filed_at": f"filed_at IS NULL OR filed_at < {start} OR filed_at >= {end}"}
    for one in graph.inputs:
        if one not in PARTIES:
            most = dialect.literal.format(INPUTS[one])
            wrong[one] = f"{name(one)} IS NULL OR {name(one)} < 0 OR {name(one)} > {most}"
    counts = [f"COUNT(CASE WHEN {test} THEN 1 END) AS {name(one)}" for one, test in wrong.items()]
    return "SELECT COUNT(*) AS entries,\n  " + ",\n  ".join(counts) + f"\nFROM {relations.entries}"


def periods_sql(dialect: Dialect, relations: Relations, known_at: int | None) -> str:
    """One row: how many periods, as known at an instant, hold no status, and how many begin before another ends."""
    known = known_where(dialect, known_at)
    most = dialect.literal.format(GREATEST_STATUS)
    end = dialect.literal.format(END_OF_TIME)
    ended = f"MAX(COALESCE(valid_to, {end})) OVER (PARTITION BY party ORDER BY valid_from {BEFORE})"
    counted = (
        f"COUNT(CASE WHEN status IS NULL OR status < 0 OR status > {most} THEN 1 END) AS wrong,\n"
        "  COUNT(CASE WHEN valid_from < ended THEN 1 END) AS overlaps"
    )
    one = f"SELECT status, valid_from, {ended} AS ended\n  FROM {relations.periods} WHERE {known}"  # noqa: S608
    return f"SELECT {counted}\nFROM ({one}) AS one"


def sayings(graph: Graph, first: int) -> dict[str, str]:
    """For each column that is checked, what it takes."""
    day = datetime.fromtimestamp(first / 1_000_000, UTC).date().isoformat()
    ranges = {name: f"a whole number from 0 to {INPUTS[name]:,}" for name in graph.inputs if name not in PARTIES}
    return {"filed_at": f"a time on or after {day}, when the first version of the policy begins"} | ranges


def judge_entries(found: Mapping[str, int], says: Mapping[str, str]) -> int:
    """How many entries there are. Raises EntriesRefused when some are outside what is declared, column by column."""
    faults = [f"{name}: {found[name]:,} without {what}" for name, what in says.items() if found[name]]
    if faults:
        raise EntriesRefused(
            f"nothing was decided; of {found['entries']:,} entries, " + "; ".join(faults) + ". Mend or leave out these."
        )
    return found["entries"]


def judge_periods(wrong: int, overlaps: int) -> None:
    """Raise EntriesRefused for periods without a status, and where a party would have two statuses at one time."""
    if wrong:
        raise EntriesRefused(f"{wrong:,} periods hold no status from 0 to {GREATEST_STATUS}: mend them")
    if overlaps:
        raise EntriesRefused(
            f"{overlaps:,} periods begin before an earlier one of the same party ends: a party has one status at a time"
        )
