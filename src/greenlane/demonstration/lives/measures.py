"""The measures of risk by which companies are ranked for revalidation (6 USC 969(2))."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from greenlane.demonstration.stage import Stage, Story
from greenlane.revalidation.commands_framework import RecordRiskScore
from greenlane.revalidation.due import DueFilter, DueItem, due_list
from greenlane.revalidation.measures import TIME_SINCE_LAST
from greenlane.revalidation.queries_framework import framework_on

SOURCES = {
    "import_volume": "Release data, report of the month of {month}, invented",
    "anomalies": "Examinations of the last twenty-four months, report of {month}, invented",
    "region": "Assessment of regions, edition of {month}, invented",
    "other_risk": "Notes of specialists up to {month}, invented",
}
LEAVES_OUT = 8
"""Every eighth company is not measured by one criterion yet, so that the page shows what is missing."""


def measured(stage: Stage, programme: str = "ctpat") -> Story:
    """Two rounds of measures of everybody who owes a revalidation: the second replaces the first, which is kept.

    The first round reads half a year back, the second the last month.
    """
    for turn in range(2):
        items = due_list(stage.today, DueFilter(programme=programme))
        for place, item in enumerate(sorted(items, key=lambda one: one.participant.legal_name)):
            _measure(stage, item, turn, leaves_out=place % LEAVES_OUT == LEAVES_OUT - 1)
        yield 75


def _measure(stage: Stage, item: DueItem, turn: int, *, leaves_out: bool) -> None:
    """One company by every criterion that is recorded; measures of both rounds lie near each other."""
    framework = framework_on(item.participant.programme, stage.today)
    assert framework is not None
    random, month = Random(f"{stage.seed}/{item.participant.legal_name}"), _month_before(stage.today)
    asked = [row["code"] for row in framework.factors if row["code"] != TIME_SINCE_LAST]
    for code in asked:
        value = min(100, max(0, random.randint(0, 90) + turn * random.randint(-6, 10)))
        if leaves_out and code == asked[-1]:
            continue
        score = RecordRiskScore(
            participant_id=item.participant_id,
            factor=code,
            value=value,
            source=SOURCES.get(code, "Report of {month}, invented").format(month=f"{month:%B %Y}"),
            measured_on=month,
        )
        stage.give(score, by="specialist")


def _month_before(today: date) -> date:
    """The last day of the month before *today*."""
    return today.replace(day=1) - timedelta(days=1)
