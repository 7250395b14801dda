"""The 180 days of a determination, refolded from the record (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.appeals.facts import determination_due
from greenlane.appeals.models import Appeal
from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.programs.queries import terms_of


@deadlines("appeal")
def appeal_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """One clock, from the filing, under its own paragraph; met by the determination; gone with a withdrawal."""
    appeal = Appeal.objects.get(pk=case.id)
    if appeal.withdrawn_on is None:
        due = determination_due(appeal.decision, appeal.filed_on, terms_of(appeal.programme, appeal.filed_on))
        yield DeadlineFact(due=due, met_on=appeal.determined_on)
