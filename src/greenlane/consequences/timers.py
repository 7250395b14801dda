"""What the calendar does to consequences: a period to respond ends by itself (6 USC 967(a))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.consequences.commands_notice import EndResponsePeriod
from greenlane.consequences.commands_return import EndConsequence
from greenlane.consequences.models import Consequence


@timer
def response_periods_end(on: date) -> Iterator[Command]:
    """End each period to respond whose last day is over without a response."""
    noticed = Case.objects.filter(kind="consequence", state="noticed").values("pk")
    over = Consequence.objects.filter(pk__in=noticed, response_until__lt=on).order_by("response_until", "pk")
    for key in over.values_list("pk", flat=True):
        yield EndResponsePeriod(case_id=key)


@timer
def expulsions_end(on: date) -> Iterator[Command]:
    """End each expulsion whose stated period is over: nothing is waited for, and it may apply (967(b))."""
    running = Case.objects.filter(kind="consequence", state="in_force").values("pk")
    over = Consequence.objects.filter(pk__in=running, measure="expulsion", period_until__lt=on)
    for key in over.order_by("period_until", "pk").values_list("pk", flat=True):
        yield EndConsequence(case_id=key, reason="The stated period is over.")
