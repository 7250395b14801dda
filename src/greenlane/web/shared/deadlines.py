"""A deadline of a case as a page shows it: days left, rule, clause and dates, computed when asked (6 USC 964(c))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.casework.models import Deadline
from greenlane.law.citations import Citation
from greenlane.law.clocks import Due, Pause, State, clock_of, standing
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


def due_of(row: Deadline) -> Due:
    """The clock as it was reckoned when the case last changed."""
    fact = row.fact
    citation = Citation(row.citation)
    pauses = tuple(
        Pause(_day(p["from"]), _day(p["to"]) if p["to"] else None, p["why"], citation) for p in fact["pauses"]
    )
    return Due(
        clock=row.clock,
        started_on=row.started_on,
        due_on=row.due_on,
        unrolled_on=_day(fact["unrolled_on"]),
        paused_days=fact["paused_days"],
        rule=Sentence.from_json(fact["rule"]),
        citation=citation,
        calendar_version=fact["calendar"],
        pauses=pauses,
    )


def shown(row: Deadline, on: date) -> Shown:
    """The deadline as it stands on a day."""
    due, clock = due_of(row), clock_of(row.clock)
    now = standing(due, on, row.met_on)
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


def _day(text: str) -> date:
    return date.fromisoformat(text)
