"""What the calendar calls for: certificates that lapsed or stand again show it (6 USC 968(d)(2))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.people.models import Assignment
from greenlane.people.queries import in_force as counts_on
from greenlane.validators.commands_insurance import HoldForInsurance, RestoreCertificate
from greenlane.validators.models import Certificate, Engagement
from greenlane.validators.queries import in_force_at_hand, last_day_of_pilot, people_by_certificate, whole
from greenlane.validators.view import may_see, taken_back


def upkeep_of(cases: Iterable[UUID], on: date) -> Iterator[Command]:
    """For each certificate whose case says otherwise than the day: the command that lets it say the same.

    It asks as often for many certificates as for one.
    """
    rows = Case.objects.filter(pk__in=tuple(cases), state__in=("certified", "held")).order_by("pk")
    states = dict(rows.values_list("pk", "state"))
    stands = in_force_at_hand(on)
    for certificate in whole(Certificate.objects.filter(pk__in=states)).order_by("pk"):
        granted, state = stands(certificate).granted, states[certificate.pk]
        if granted and state == "held":
            yield RestoreCertificate(case_id=certificate.pk)
        elif not granted and state == "certified":
            yield HoldForInsurance(case_id=certificate.pk)


@timer
def certificates_show_how_they_stand(on: date) -> Iterator[Command]:
    """Insurance that ended, a policy that began, an update that came into force."""
    rows = Case.objects.filter(kind="validator_certificate", state__in=("certified", "held"))
    yield from upkeep_of(rows.values_list("pk", flat=True), on)


@timer
def views_close(on: date) -> Iterator[Command]:
    """A contract that ended, or a pilot whose year is over, closes the company to the validator (968(c)(1), (d)(3))."""
    rows = Engagement.objects.select_related("validator").filter(ended_on=None).exclude(begun_on=None)
    last_day = cache(last_day_of_pilot)
    over = [row for row in rows.order_by("pk") if not may_see(row, on, last_day)]
    people = people_by_certificate() if over else {}
    live = Assignment.objects.filter(counts_on(on), case_id__in=[row.validation_id for row in over])
    assigned = set(live.values_list("case_id", "account_id"))
    for row in over:
        for account in people.get(row.certificate_id, ()):
            if (row.validation_id, account) in assigned:
                yield taken_back(row.validation_id, account)
