"""What has ended is closed once its appeal process is over (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from greenlane.appeals.decisions import decided
from greenlane.appeals.facts import appeal_of_decision, last_day_to_file
from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.consequences.commands_appeal import CloseConsequence


@timer
def appeal_process_is_over(on: date) -> Iterator[Command]:
    """Close each ended consequence whose time to appeal is over, or whose appeal has ended and left it standing."""
    for key in Case.objects.filter(kind="consequence", state="ended").order_by("pk").values_list("pk", flat=True):
        decision = decided(key)
        if decision is None:
            continue
        appeal = appeal_of_decision(decision)
        over = not appeal.is_open if appeal is not None else on > last_day_to_file(decision).due_on
        if over:
            yield CloseConsequence(case_id=key, reason="the appeal process is over")
