"""What the programme publishes for the years after certification (6 USC 965(c), 966(b), 969(2))."""

from __future__ import annotations

from greenlane.demonstration.stage import Stage
from greenlane.revalidation.commands_framework import PublishFramework
from greenlane.revalidation.entries import Factor
from greenlane.validation.commands_designation import DesignateCriterion
from greenlane.validation.commands_publishing import PublishValidationGuidelines, PublishValidationSchedule

VALIDATION = """How a company is validated.

On-site assessment. Two specialists visit at least one place abroad where the company's chain begins, and one at home. A
visit at a distance is recorded as what it is, and takes nobody's place.

Findings. Every criterion has a finding. What is required is answered with proof and accepted by a specialist.

Decision. One person recommends, and another decides.
"""


def publish_for_lives(stage: Stage) -> None:
    """Guidelines and schedule of validation, designated criteria of the third tier, the framework of revalidation."""
    give, on = stage.give, stage.today
    give(
        PublishValidationGuidelines(
            programme="ctpat", version="2020-1", title="Guidelines for validation", text=VALIDATION, in_force_from=on
        )
    )
    give(
        PublishValidationSchedule(
            programme="ctpat",
            version="2020-1",
            title="Schedule for validations",
            text="Steps and days.",
            in_force_from=on,
        )
    )
    for criterion in DESIGNATED:
        give(criterion)
    give(PublishFramework(programme="ctpat", title="How companies are chosen for revalidation", factors=FACTORS))


DESIGNATED = (
    DesignateCriterion(
        programme="ctpat",
        code="cargo_access",
        kind="access_to_cargo",
        text="Nobody is alone with open cargo at any place of the chain.",
        exceeds="The guidelines for validation ask for this at the place of loading only.",
    ),
    DesignateCriterion(
        programme="ctpat",
        code="advance_data",
        kind="advance_information",
        text="The stow plan and the list of parties are sent before loading.",
        before_loading=True,
    ),
    DesignateCriterion(
        programme="ctpat",
        code="container_device",
        kind="container_security",
        text="Containers carry a device that records each opening.",
        standard="ISO 18185 for electronic seals",
    ),
)

FACTORS = (
    Factor(
        code="import_volume",
        title="Import volume",
        definition="Entries of the last twelve months, in five steps of the programme's own distribution.",
        data_source="Release data of the last twelve months",
        weight=25,
    ),
    Factor(
        code="anomalies",
        title="Anomalies",
        definition="Security anomalies found at examinations in the last twenty-four months.",
        data_source="Reports of examinations",
        weight=30,
    ),
    Factor(
        code="region",
        title="Strategic threat of the region",
        definition="The highest level among the countries in which the chain begins.",
        data_source="The agency's assessment of regions",
        weight=20,
    ),
    Factor(
        code="other_risk",
        title="Other risk information",
        definition="What specialists recorded since the last visit.",
        data_source="The record of the company",
        weight=10,
    ),
    Factor(
        code="time_since_last",
        title="Time since the last validation",
        definition="Months since the last validation or revalidation.",
        data_source="The record of validations",
        weight=15,
    ),
)
