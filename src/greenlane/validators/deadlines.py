"""When insurance ends, when an inspection is due, the days of the pilot (6 USC 968(a)-(c), (d)(2)(B), (g)(1), (i))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.law.clocks import clock_of, due, due_as_set
from greenlane.law.parameter_table import SAFE_PORT_ACT
from greenlane.law.s968 import next_inspection_due, pilot_ends_on
from greenlane.programs.queries import terms_of
from greenlane.validators.commands_pilot import consulted_until
from greenlane.validators.facts import monitoring_facts
from greenlane.validators.models import Certificate, PilotProgramme, Policy


@deadlines("validator_certificate")
def certificate_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """While the certificate stands: the last day of the insurance, and the day of the next inspection."""
    certificate = Certificate.objects.select_related("validator").get(pk=case.id)
    if certificate.ended_on is not None:
        return
    yield from _insurance(certificate)
    facts = monitoring_facts(certificate)
    if facts is not None:
        last = max((one.inspected_on for one in facts.inspections), default=facts.certified_on)
        terms = terms_of(certificate.validator.programme, last)
        yield DeadlineFact(due=due_as_set(clock_of("inspection"), last, next_inspection_due(facts, last, terms)))


def _insurance(certificate: Certificate) -> Iterator[DeadlineFact]:
    """One for the policy that ends last: on its last day a new one must follow."""
    rows = Policy.objects.filter(certificate=certificate, superseded_at=None)
    last = max(rows, key=lambda row: (min(row.until, row.cancelled_on or row.until), row.since, row.pk), default=None)
    if last is not None:
        ends = min(last.until, last.cancelled_on or last.until)
        yield DeadlineFact(due=due_as_set(clock_of("insurance_end"), last.since, ends))


@deadlines("pilot")
def pilot_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """The report on the plan, the start, the end of the year, the report on the pilot."""
    pilot = PilotProgramme.objects.get(pk=case.id)
    yield DeadlineFact(due=due(clock_of("consultation_report"), SAFE_PORT_ACT), met_on=pilot.report_submitted_on)
    closed = consulted_until(pilot)
    if closed is not None:
        yield DeadlineFact(due=due(clock_of("pilot_start"), closed), met_on=pilot.started_on)
    if pilot.started_on is not None:
        ends_on = pilot_ends_on(pilot.started_on)
        yield DeadlineFact(due=due(clock_of("pilot_end"), pilot.started_on), met_on=pilot.completed_on)
        yield DeadlineFact(due=due(clock_of("pilot_report"), ends_on), met_on=pilot.result_submitted_on)
