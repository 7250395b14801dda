"""The steps of a visit, from the team to the recommendation, as far as a life goes (6 USC 965)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from greenlane.demonstration.company import Company
from greenlane.demonstration.lists import fresh_list
from greenlane.demonstration.lives.papers import add_paper
from greenlane.demonstration.office import clear
from greenlane.demonstration.stage import Story
from greenlane.participants import queries as parts
from greenlane.validation.commands_actions import (
    AnswerValidationReport,
    CloseRequiredAction,
    RequireAction,
)
from greenlane.validation.commands_decision import RecommendRefusalOfValidation, RecommendValidation
from greenlane.validation.commands_locations import ChooseLocations, Location
from greenlane.validation.commands_notice import ConfirmVisit, GiveValidationNotice
from greenlane.validation.commands_planning import AssignValidationTeam
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.commands_visits import RecordFinding, RecordInspection, RecordVisit
from greenlane.validation.entries_report import ActionAnswer
from greenlane.validation.entries_visits import FoundCriterion, InspectedPoint
from greenlane.validation.inspection_points import SEVEN_POINT, SEVENTEEN_POINT
from greenlane.validation.models import Validation, Visit
from greenlane.validation.queries import criteria_asked

ABROAD = "The goods are packed and sealed here, so this is where the chain begins."
AT_HOME = "Every container of the company is opened here."
STEPS = ("planned", "team", "noticed", "confirmed", "visited", "reported", "answered", "recommended")
"""How far a visit can be told; each step includes those before it."""


@dataclass
class Tour:
    """A visit to a company, by a team of two. ``upto`` is one of STEPS; ``unmet`` criteria are found wanting."""

    company: Company
    case: UUID
    upto: str = "recommended"
    unmet: int = 0
    mended: bool = True

    @property
    def team(self) -> tuple[str, str]:
        names = ("specialist", "specialist2", "specialist3")
        at = self.company.serial % 3
        return names[at], names[(at + 1) % 3]

    @property
    def lead(self) -> str:
        return self.team[0]

    def told(self, step: str) -> bool:
        """Does the story go as far as this step?"""
        return STEPS.index(step) <= STEPS.index(self.upto)

    def go(self) -> Story:
        """Team, places, notice, vetting, visit, findings, report, answer, recommendation."""
        give, people = self.company.stage.give, self.company.stage.people
        if not self.told("team"):
            return
        give(
            AssignValidationTeam(case_id=self.case, members=tuple(people[name] for name in self.team)), by="supervisor"
        )
        yield self.company.random.randint(3, 12)
        if not self.told("noticed"):
            return
        first = self._notice()
        if not self.told("confirmed"):
            return
        yield self.company.random.randint(2, 9)
        give(
            ConfirmVisit(case_id=self.case, confirmed=True, message="Our gates are open to you."),
            by=self.company.officer,
        )
        yield self.company.random.randint(1, 9)
        fresh_list(self.company.stage)
        clear(self.company)
        if not self.told("visited"):
            return
        yield max((first - self.company.stage.today).days + 2, 1)
        self._visit()
        if not self.told("reported"):
            return
        yield self.company.random.randint(3, 14)
        give(
            IssueValidationReport(case_id=self.case, summary="Two places visited; people were open and well prepared."),
            by=self.lead,
        )
        yield from self._answer()

    def _notice(self) -> date:
        stage = self.company.stage
        first = stage.today + timedelta(days=self.company.random.randint(33, 50))
        while first.weekday() != 1:
            first += timedelta(days=1)
        key = self.company.participant
        partner, site = parts.partners(key)[0], parts.sites(key)[0]
        places = [(partner, ABROAD), (site, AT_HOME)]
        chosen = tuple(
            Location(
                node=place.series,
                mode="on_site",
                appropriate=why,
                planned_from=first + timedelta(days=at),
                planned_to=first + timedelta(days=at + 1),
            )
            for at, (place, why) in enumerate(places)
        )
        stage.give(ChooseLocations(case_id=self.case, locations=chosen), by=self.lead)
        message = "Please have the seal log and the training records at hand."
        purpose = "To see that the measures of the profile are in place."
        stage.give(GiveValidationNotice(case_id=self.case, purpose=purpose, message=message), by=self.lead)
        return first

    def _visit(self) -> None:
        give = self.company.stage.give
        photo = add_paper(self.company, self.case, "Photos of the gate and the seals", self.lead)
        for visit in Visit.objects.filter(validation_id=self.case, visited_on=None).order_by("planned_from", "pk"):
            assert visit.planned_from is not None
            give(
                RecordVisit(
                    case_id=self.case,
                    visit_id=visit.pk,
                    mode="on_site",
                    visited_on=visit.planned_from,
                    visited_to=visit.planned_from,
                    persons_met=("The manager of the yard", "The head of security"),
                    documents=(photo,),
                ),
                by=self.lead,
            )
        self._find(photo)
        self._inspect(photo)

    def _find(self, photo: UUID) -> None:
        give = self.company.stage.give
        asked = criteria_asked(Validation.objects.get(pk=self.case), self.company.stage.today)
        wanting = [criterion.number for criterion in asked if criterion.level == "must"][: self.unmet]
        findings = tuple(
            FoundCriterion(number=criterion.number, finding="not_met", note="Not done at the time of the visit.")
            if criterion.number in wanting
            else FoundCriterion(number=criterion.number, finding="met", evidence=(photo,))
            for criterion in asked
        )
        give(RecordFinding(case_id=self.case, findings=findings), by=self.lead)
        for number in wanting:
            give(
                RequireAction(
                    case_id=self.case,
                    kind="required",
                    criterion=number,
                    text=f"Do what criterion {number} asks and show it by a record of thirty days.",
                    owner="Head of security",
                    due_on=self.company.stage.today + timedelta(days=90),
                ),
                by=self.lead,
            )
        give(
            RequireAction(
                case_id=self.case,
                kind="recommended",
                text="Number the seals of both gates in one log.",
                owner="Manager of the yard",
                due_on=self.company.stage.today + timedelta(days=180),
            ),
            by=self.lead,
        )

    def _inspect(self, photo: UUID) -> None:
        lists = SEVENTEEN_POINT if "highway" in self.company.business_type else SEVEN_POINT
        visit = Visit.objects.filter(validation_id=self.case).exclude(visited_on=None).order_by("visited_on", "pk")[0]
        assert visit.visited_on is not None
        self.company.stage.give(
            RecordInspection(
                case_id=self.case,
                visit_id=visit.pk,
                kind="seventeen_point" if lists is SEVENTEEN_POINT else "seven_point",
                what=f"Unit {self.company.serial:04d}-T",
                points=tuple(InspectedPoint(code=code, result="ok") for code in lists.codes),
                inspected_on=visit.visited_on,
                documents=(photo,),
            ),
            by=self.lead,
        )

    def _answer(self) -> Story:
        give = self.company.stage.give
        actions = list(Validation.objects.get(pk=self.case).actions.filter(kind="required").order_by("number"))
        if actions and self.told("answered"):
            yield self.company.random.randint(10, 40)
            proof = add_paper(self.company, self.case, "Record of thirty days", self.company.officer)
            answers = tuple(
                ActionAnswer(number=action.number, answer="Done, and shown by the record.", proof=(proof,))
                for action in actions
            )
            give(AnswerValidationReport(case_id=self.case, answers=answers), by=self.company.officer)
            yield self.company.random.randint(3, 10)
            for action in actions if self.mended else ():
                give(
                    CloseRequiredAction(case_id=self.case, number=action.number, acceptance="The record shows it."),
                    by=self.lead,
                )
        yield from self.recommend()

    def recommend(self) -> Story:
        """The recommendation of the lead, where the story goes so far."""
        give = self.company.stage.give
        yield self.company.random.randint(1, 4)
        if not self.told("recommended"):
            return
        if self.mended:
            give(RecommendValidation(case_id=self.case, note="Everything is in place."), by=self.lead)
        else:
            grounds = "What was required is not in place, and the answer does not show it."
            give(RecommendRefusalOfValidation(case_id=self.case, grounds=grounds), by=self.lead)
