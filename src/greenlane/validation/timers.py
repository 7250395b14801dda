"""What the calendar calls for in validations: a required action that is past its date (6 USC 965(c), RC-06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.validation.commands_actions import EscalateOverdueActions
from greenlane.validation.queries import overdue_actions

ESCALATED_IN = ("reported", "answered", "recommended")


@timer
def overdue_required_actions(on: date) -> Iterator[Command]:
    """Every required action that passed its date unanswered is said once to the company and to the supervisor."""
    rows = overdue_actions(on).filter(escalated_on=None, answered_on=None)
    live = Case.objects.filter(state__in=ESCALATED_IN, pk__in=rows.order_by().values("validation_id"))
    rows = rows.filter(validation_id__in=live.values("pk")).order_by("validation_id", "number")
    for case_id, late in groupby(rows, key=lambda action: action.validation_id):
        yield EscalateOverdueActions(case_id=case_id, actions=tuple(action.number for action in late))
