"""The 90 days of 964(c), refolded from the record."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.certification.facts import due_of
from greenlane.certification.models import Certification


@deadlines("certification")
def certification_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """One clock, from receipt; met on the day of the decision; gone when the company withdraws."""
    certification = Certification.objects.select_related("application").get(pk=case.id)
    if case.state != "withdrawn":
        reckoned = due_of(certification, case)
        yield DeadlineFact(due=reckoned, met_on=certification.decided_on, pauses=reckoned.pauses)
