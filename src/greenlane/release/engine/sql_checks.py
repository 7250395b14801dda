"""What a database looks for before it decides: entries outside the declared ranges, days without a version, statuses
that contradict each other. An import is all or nothing, and no row may vanish or count twice in a join."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.sql_target import END_OF_TIME, Dialect, Relations, known_where
from greenlane.release.engine.statuses import GREATEST_STATUS

LAST_INSTANT = 7_258_118_400_000_000
"""2200-01-01 in microseconds UTC, from which no entry is decided."""
BEFORE = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


class EntriesRefused(ValueError):
    """Nothing was decided; its sentences say how many entries or periods are wrong, in what, and what to do."""

    def __init__(self, *sentences: Sentence) -> None:
        self.sentences = sentences
        super().__init__(" ".join(map(str, sentences)))


def refused(message: str, **values: str | int) -> EntriesRefused:
    """A refusal in one sentence."""
    return EntriesRefused(Sentence(message, values))


class Taken(NamedTuple):
    """What a column takes: a message with ``column`` and ``wrong``, how many entries lack it, and its own values."""

    message: str
    values: Mapping[str, str]

    def sentence(self, column: str, wrong: int) -> Sentence:
        return Sentence(self.message, {**self.values, "column": column, "wrong": f"{wrong:,}"})


NO_COLUMN = N_("The entries have no column %(columns)s: add it, or map another column to it.")


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
        raise refused(NO_COLUMN, columns=", ".join(missing))
    for name in graph.inputs:
        number = present[name] in whole
        if name not in PARTIES and not number:
            raise refused(
                N_("The column %(column)s holds %(held)s; it must hold whole numbers from 0."),
                column=name,
                held=present[name],
            )
        if name in PARTIES and number == text_parties:
            raise refused(NAMED_BY_TEXT if text_parties else NAMED_BY_NUMBERS, column=name)


NAMED_BY_TEXT = N_(
    "The statuses name parties by text and the column %(column)s holds numbers: name them alike in both."
)
NAMED_BY_NUMBERS = N_(
    "The statuses name parties by whole numbers and the column %(column)s holds something else: "
    "name them alike in both."
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


TIMES = N_("%(column)s: %(wrong)s without a time on or after %(day)s, when the first version of the policy begins.")
WHOLE_NUMBERS = N_("%(column)s: %(wrong)s without a whole number from 0 to %(most)s.")
SOME_WRONG = N_("Nothing was decided: of %(count)s entries, some are not as they must be. Mend or leave out these.")


def sayings(names: Collection[str], first: int) -> dict[str, Taken]:
    """For each column that is checked, what it takes; *names* are of inputs, parties among them are left out."""
    day = datetime.fromtimestamp(first / 1_000_000, UTC).date().isoformat()
    ranges = {name: Taken(WHOLE_NUMBERS, {"most": f"{INPUTS[name]:,}"}) for name in names if name not in PARTIES}
    return {"filed_at": Taken(TIMES, {"day": day})} | ranges


def judge_entries(found: Mapping[str, int], says: Mapping[str, Taken]) -> int:
    """How many entries there are. Raises EntriesRefused when some are outside what is declared, column by column."""
    faults = [what.sentence(name, found[name]) for name, what in says.items() if found[name]]
    if faults:
        raise EntriesRefused(Sentence(SOME_WRONG, {"count": f"{found['entries']:,}"}), *faults)
    return found["entries"]


NO_STATUS_HELD = N_("%(wrong)s periods hold no status from 0 to %(most)s: mend them.")
AT_ONE_TIME = N_(
    "%(wrong)s periods begin before an earlier one of the same party ends: a party has one status at a time."
)
OF_PERIODS = {
    "wrong": Taken(NO_STATUS_HELD, {"most": str(GREATEST_STATUS)}),
    "overlaps": Taken(AT_ONE_TIME, {}),
}
"""What is said of periods that are counted as ``periods_sql`` does."""


def judge_periods(wrong: int, overlaps: int) -> None:
    """Raise EntriesRefused for periods without a status, and where a party would have two statuses at one time."""
    for name, number in (("wrong", wrong), ("overlaps", overlaps)):
        if number:
            raise EntriesRefused(OF_PERIODS[name].sentence(name, number))
