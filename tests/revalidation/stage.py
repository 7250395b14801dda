"""Validated companies under a published framework, for tests: by commands only, on the steps of a validation."""

from __future__ import annotations

from uuid import UUID

from greenlane.law.authority import Office
from greenlane.revalidation.commands_framework import PublishFramework, RecordRiskScore
from greenlane.revalidation.entries import Factor
from greenlane.revalidation.models import Periods
from greenlane.validation.commands_decision import RecommendValidation
from tests.companies import Company
from tests.desk import Desk
from tests.support.kept import kept
from tests.validation import steps

FACTORS = (
    Factor(
        code="import_volume",
        title="Import volume",
        definition="Entries in the last twelve months, as a percentile of all participants.",
        data_source="Release records.",
        weight=2,
    ),
    Factor(
        code="anomalies",
        title="Anomalies",
        definition="Security anomalies in the last twelve months, as a percentile.",
        data_source="Reports of incidents.",
        weight=5,
    ),
    Factor(
        code="time_since_last",
        title="Time since last",
        definition="Days since the last validation, in hundredths of the period.",
        data_source="This record.",
        weight=3,
    ),
)


def validating_desk() -> Desk:
    """A desk for validations with a programme manager, Mona."""
    desk = steps.validation_desk()
    _managed(desk)
    return desk


@kept
def _managed(desk: Desk) -> None:
    desk.prove = False
    desk.person("mona", Office.PROGRAMME_MANAGER)


@kept
def tier_two(desk: Desk) -> Company:
    """A company validated today at the second tier."""
    company, _case = steps.certified(desk)
    steps.validated(desk, company)
    return company


def recommended(desk: Desk, company: Company, case: UUID) -> None:
    """A visit with everything met, its report, and the specialist's recommendation."""
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case)
    desk.must(RecommendValidation(case_id=case), by="sam")


def periods(company: Company) -> Periods:
    return Periods.objects.get(participant_id=company.participant)


def publish_framework(desk: Desk) -> None:
    desk.must(PublishFramework(programme="ctpat", title="Framework", factors=FACTORS), by="mona")


def measure(desk: Desk, participant: UUID, import_volume: int, anomalies: int) -> None:
    """Today's measures of a participant."""
    for factor, value in (("import_volume", import_volume), ("anomalies", anomalies)):
        score = RecordRiskScore(
            participant_id=participant, factor=factor, value=value, source="Report 7", measured_on=desk.today
        )
        desk.must(score, by="sam")
