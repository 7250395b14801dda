"""What the calendar calls for: certificates that lapsed or stand again show it (6 USC 968(d)(2))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.validators.commands_insurance import HoldForInsurance, RestoreCertificate
from greenlane.validators.models import Engagement
from greenlane.validators.queries import certificate_of, in_force, people_of
from greenlane.validators.view import closed_to, may_see


def upkeep_of(cases: Iterable[UUID], on: date) -> Iterator[Command]:
    """For each certificate whose case says otherwise than the day: the command that lets it say the same."""
    rows = Case.objects.filter(pk__in=tuple(cases), state__in=("certified", "held")).order_by("pk")
    for key, state in rows.values_list("pk", "state"):
        stands = in_force(certificate_of(key), on).granted
        if stands and state == "held":
            yield RestoreCertificate(case_id=key)
        elif not stands and state == "certified":
            yield HoldForInsurance(case_id=key)


@timer
def certificates_show_how_they_stand(on: date) -> Iterator[Command]:
    """Insurance that ended, a policy that began, an update that came into force."""
    rows = Case.objects.filter(kind="validator_certificate", state__in=("certified", "held"))
    yield from upkeep_of(rows.values_list("pk", flat=True), on)


@timer
def views_close(on: date) -> Iterator[Command]:
    """A contract that ended, or a pilot whose year is over, closes the company to the validator (968(c)(1), (d)(3))."""
    rows = Engagement.objects.select_related("validator").filter(ended_on=None).exclude(begun_on=None)
    for engagement in rows.order_by("pk"):
        if not may_see(engagement, on):
            yield from closed_to(engagement.validation_id, people_of([engagement.certificate_id]), on)
