"""The second and third tier, and revalidation, as lives go through them (6 USC 965, 966, 969)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.demonstration.company import Company
from greenlane.demonstration.lives.papers import add_paper
from greenlane.demonstration.lives.visit import Tour
from greenlane.demonstration.stage import Story
from greenlane.revalidation.commands_deciding import ConfirmTier
from greenlane.revalidation.commands_selecting import SelectForRevalidation
from greenlane.validation.commands_blocked import BlockValidation
from greenlane.validation.commands_decision import RefuseValidation, ValidateTierTwo
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_tier_three import (
    EvaluateBestPractice,
    EvaluateDesignatedCriterion,
    PlanTierThreeValidation,
    PutForwardBestPractice,
)
from greenlane.validation.commands_tier_three_decision import ValidateTierThree
from greenlane.validation.entries_tier_three import PARTS, PartFound
from greenlane.validation.models import Validation
from greenlane.validation.models_tier_three import Practice
from greenlane.validation.queries_tier_three import designations_on

LATE = "The airport of the region was closed for five weeks."


def open_case(company: Company, kind: str = "validation") -> UUID:
    """The company's open case of a kind."""
    rows = Case.objects.filter(kind=kind, participant_id=company.participant)
    return rows.exclude(state__in=("validated", "refused", "closed", "revalidated")).values_list("pk", flat=True)[0]


def tier_two(
    company: Company, *, upto: str = "recommended", unmet: int = 0, mended: bool = True, decided: bool = True
) -> Story:
    """From the signed letter to the second tier, or as far as the life goes."""
    give, case = company.stage.give, open_case(company)
    if upto == "planned":
        return
    give(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    yield company.random.randint(60, 120)
    yield from Tour(company, case, upto, unmet, mended).go()
    if not decided:
        return
    yield company.random.randint(2, 12)
    due_on = Validation.objects.get(pk=case).certified_on + timedelta(days=365)
    late = LATE if company.stage.today > due_on else ""
    decision = ValidateTierTwo if mended else RefuseValidation
    give(decision(case_id=case, lateness_reason=late), by="supervisor")


def blocked(company: Company) -> Story:
    """A government refuses the visit after the notice: neither passed nor failed."""
    give, case = company.stage.give, open_case(company)
    give(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    yield company.random.randint(40, 90)
    tour = Tour(company, case, "noticed")
    yield from tour.go()
    yield company.random.randint(5, 20)
    letter = add_paper(company, case, "Refusal of the visit", tour.lead)
    give(
        BlockValidation(
            case_id=case,
            reason="No visit by officers of another country is allowed this year.",
            refused_by="The ministry of trade of the country where the goods are made",
            evidence=(letter,),
            review_on=company.stage.today + timedelta(days=170),
        ),
        by=tour.lead,
    )


def tier_three(company: Company) -> Story:
    """From the plan to the third tier, on a practice with all five parts and every designated criterion."""
    give, officer = company.stage.give, company.officer
    opened = give(PlanTierThreeValidation(participant_id=company.participant), by="specialist")
    case = opened.case_id
    assert case is not None
    yield company.random.randint(3, 20)
    paper = add_paper(company, case, "Manual of the sealed lane", officer)
    title = "The sealed lane"
    told = "Our board decided it, our yard runs it, two people check it each week, and the log is kept for five years."
    give(PutForwardBestPractice(case_id=case, title=title, description=told, documents=(paper,)), by=officer)
    tour = Tour(company, case, "reported")
    yield from tour.go()
    practice = Practice.objects.get(validation_id=case)
    found = tuple(PartFound(part=part, shown=True, evidence=(paper,)) for part in PARTS)  # type: ignore[arg-type]
    give(EvaluateBestPractice(case_id=case, practice_id=practice.pk, parts=found), by=tour.lead)
    for designation in designations_on("ctpat", company.stage.today):
        met = EvaluateDesignatedCriterion(case_id=case, designation_id=designation.pk, met=True, evidence=(paper,))
        give(met, by=tour.lead)
    tour.upto = "recommended"
    yield from tour.recommend()
    yield company.random.randint(2, 12)
    give(ValidateTierThree(case_id=case), by="supervisor")


def revalidated(company: Company) -> Story:
    """A revalidation in the running period."""
    give = company.stage.give
    opened = give(SelectForRevalidation(participant_id=company.participant), by="specialist")
    case = opened.case_id
    assert case is not None
    yield company.random.randint(5, 20)
    yield from Tour(company, case).go()
    yield company.random.randint(2, 12)
    give(ConfirmTier(case_id=case), by="supervisor")
