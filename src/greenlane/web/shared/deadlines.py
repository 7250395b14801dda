"""A deadline of a case as a page shows it: days left, rule, clause and dates, computed when asked (6 USC 964(c))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.casework.models import Deadline
from greenlane.casework.standings import due_of, standing_of
from greenlane.law.citations import Citation
from greenlane.law.clocks import State, clock_of
from greenlane.law.sentences import Sentence


@dataclass(frozen=True)
class Shown:
    """What ``{% deadline_chip %}`` shows; ``title`` is what the clock measures."""

    title: str
    state: State
    days: int
    sentence: Sentence
    rule: Sentence
    citation: Citation
    started_on: date
    due_on: date
    reason: str
    force: str


def shown(row: Deadline, on: date) -> Shown:
    """The deadline as it stands on a day."""
    due, clock = due_of(row), clock_of(row.clock)
    now = standing_of(row, on)
    return Shown(
        title=clock.title,
        state=now.state,
        days=now.days,
        sentence=now.sentence,
        rule=due.rule,
        citation=due.citation,
        started_on=due.started_on,
        due_on=due.due_on,
        reason=now.reason,
        force=clock.force.value,
    )
