"""The deadline of 966(d), borne by the first criterion that was designated."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.law.clocks import clock_of, due
from greenlane.law.parameters import history
from greenlane.validation.models_tier_three import Designation


@deadlines("designated_criterion")
def designation_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """Two years after enactment, met on the day of the first designation; later ones have no clock."""
    row = Designation.objects.get(pk=case.id)
    if row.first:
        enacted = history("tier_3_criteria_years")[0].in_force_from
        yield DeadlineFact(due=due(clock_of("tier_3_criteria"), enacted), met_on=row.designated_on)
