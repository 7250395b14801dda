"""Denials, suspensions, expulsions and emergencies, and the appeals of some of them (6 USC 967)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from greenlane.appeals.commands import FileAppeal
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview, DetermineAppeal
from greenlane.appeals.entries import AppealGround
from greenlane.consequences.commands import OpenConsequence
from greenlane.consequences.commands_decision import (
    DenyBenefits,
    ExpelParticipant,
    RecommendConsequence,
    SuspendParticipant,
)
from greenlane.consequences.commands_emergency import GiveEmergencyNotice, TakeEmergencyAction
from greenlane.consequences.commands_notice import GiveConsequenceNotice, ReplyToResponse, RespondToNotice
from greenlane.consequences.commands_plan import AcceptCorrectivePlan, ProposeCorrectivePlan
from greenlane.consequences.commands_return import ReinstateParticipant
from greenlane.consequences.entries import FailureFound, Misinformed
from greenlane.consequences.entries_plan import Goal
from greenlane.demonstration.company import Company
from greenlane.demonstration.lives.papers import add_paper
from greenlane.demonstration.stage import Story
from greenlane.validation.models import Validation

Measure = Literal["denial", "suspension", "expulsion"]


@dataclass
class Trouble:
    """A consequence for one company, decided after every protection, and what becomes of it."""

    company: Company
    measure: Measure
    benefits: tuple[str, ...] = ()
    days: int = 365
    responds: bool = True
    upto: str = "decided"

    @property
    def specialist(self) -> str:
        return ("specialist", "specialist2", "specialist3")[self.company.serial % 3]

    def go(self) -> Story:
        """Notice, response, reply, recommendation, decision by a second person."""
        give, officer = self.company.stage.give, self.company.officer
        case = self._open()
        yield 2
        message = "The papers that we rely on are listed below. Please tell us what you know of this."
        give(GiveConsequenceNotice(case_id=case, message=message), by=self.specialist)
        if self.upto == "noticed":
            return
        yield 14
        answer = "The log was kept by a guard who has left; we found part of it and send it."
        log = add_paper(self.company, case, "Part of the log", officer)
        give(RespondToNotice(case_id=case, response=answer, documents=(log,)), by=officer)
        yield 6
        reply = "We have read your answer and the part of the log; the days in question are not in it."
        give(ReplyToResponse(case_id=case, reply=reply), by=self.specialist)
        until = None if self.measure == "denial" else self.company.stage.today + timedelta(days=self.days)
        recommend = RecommendConsequence(
            case_id=case,
            measure=self.measure,
            benefits=self.benefits,
            period_until=until,
            note="Every protection was given.",
        )
        give(recommend, by=self.specialist)
        if self.upto == "recommended":
            return
        yield 4
        self._decide(case)

    def _open(self) -> UUID:
        stage = self.company.stage
        failures, misinformed = (), None
        if self.measure == "denial":
            found = "The log of the gate has no entry for eleven days."
            failures = (FailureFound(requirement=self._requirement, found=found, found_on=stage.today),)
        else:
            validation = Validation.objects.filter(participant_id=self.company.participant).exclude(report_on=None)
            day = validation.order_by("report_on").values_list("report_on", flat=True)[0]
            assert day is not None
            misinformed = Misinformed(
                said="The seal log shown at the visit was kept day by day.",
                found="It was written in one evening, after the visit was announced.",
                given_on=day,
                ground_of_knowledge="The head of the yard gave the order in writing; we hold a copy.",
            )
        opened = stage.give(
            OpenConsequence(
                participant_id=self.company.participant,
                proposed=self.measure,
                benefits=self.benefits,
                failures=failures,
                misinformation=misinformed,
            ),
            by=self.specialist,
        )
        assert opened.case_id is not None
        self._show(opened.case_id)
        return opened.case_id

    @property
    def _requirement(self) -> str:
        return "6 USC 963(3)"

    def _show(self, case: UUID) -> None:
        from greenlane.consequences.commands import RecordEvidence

        copy = add_paper(self.company, case, "Copy of the log", "supervisor2")
        evidence = RecordEvidence(
            case_id=case,
            requirement=self._requirement if self.measure == "denial" else "",
            statement="A copy of the log, taken at the gate.",
            documents=(copy,),
        )
        self.company.stage.give(evidence, by="supervisor2")

    def _decide(self, case: UUID) -> None:
        reasons = "The log is what the measure rests on, and it was not kept."
        decisions = {
            "denial": DenyBenefits(case_id=case, reasons=reasons),
            "suspension": SuspendParticipant(case_id=case, reasons=reasons),
            "expulsion": ExpelParticipant(case_id=case, reasons=reasons),
        }
        self.company.stage.give(decisions[self.measure], by="supervisor")


def consequence_of(company: Company) -> UUID:
    """The consequence that was decided last for a company."""
    from greenlane.consequences.models import Consequence

    rows = Consequence.objects.filter(participant_id=company.participant).order_by("-decided_on")
    return rows.values_list("pk", flat=True)[0]


def emergency(company: Company) -> Story:
    """An action to protect national security takes effect at once; its notice follows."""
    from greenlane.programs.queries import terms_of

    give = company.stage.give
    benefits = tuple(b.code for b in terms_of("ctpat", company.stage.today).benefits if b.from_rank <= 2)
    grounds = "A credible warning names the lane on which this company's containers travel."
    taken = give(
        TakeEmergencyAction(participant_id=company.participant, grounds=grounds, benefits=benefits), by="supervisor"
    )
    assert taken.case_id is not None
    yield 1
    message = "We acted at once to protect national security. You may answer; we confirm or lift the action after that."
    give(GiveEmergencyNotice(case_id=taken.case_id, message=message), by="supervisor2")


def appeal(company: Company, outcome: str = "") -> Story:
    """The company appeals; '' leaves the appeal under review."""
    give, consequence = company.stage.give, consequence_of(company)
    yield 12
    ground = AppealGround(title="The log exists", statement="The missing pages were at our lawyer's; we send them now.")
    filed = give(
        FileAppeal(consequence_id=consequence, grounds=(ground,), relief="That the decision be reversed."),
        by=company.officer,
    )
    case = filed.case_id
    assert case is not None
    yield 5
    give(AssignAppealOfficer(case_id=case, officer_id=company.stage.people["appeals"]), by="manager")
    yield 10
    give(BeginAppealReview(case_id=case), by="appeals")
    if not outcome:
        return
    yield 70
    reduced = outcome == "modified"
    give(
        DetermineAppeal(
            case_id=case,
            outcome=outcome,  # type: ignore[arg-type]
            reasons="The pages were compared with the record of the gate and of the seals.",
            modified_to="The period is shorter by half." if reduced else "",
            period_until=company.stage.today + timedelta(days=60) if reduced else None,
        ),
        by="appeals",
    )


def comes_back(company: Company) -> Story:
    """A suspended company carries out a corrective plan and is reinstated after its period."""
    give, case = company.stage.give, consequence_of(company)
    from greenlane.consequences.commands_plan import AcceptGoal, ReportGoalDone
    from greenlane.consequences.models import Consequence

    yield 20
    goal_on = company.stage.today + timedelta(days=60)
    goals = (Goal(goal="Keep the log in a system that shows who wrote what, and when.", goal_on=goal_on),)
    give(ProposeCorrectivePlan(case_id=case, goals=goals), by=company.officer)
    yield 8
    give(AcceptCorrectivePlan(case_id=case), by="supervisor")
    yield 40
    shown = add_paper(company, case, "The log of forty days", company.officer)
    give(
        ReportGoalDone(case_id=case, number=1, report="The system runs since the first week.", documents=(shown,)),
        by=company.officer,
    )
    yield 5
    give(AcceptGoal(case_id=case, number=1), by="supervisor")
    until = Consequence.objects.get(pk=case).period_until
    assert until is not None
    yield max((until - company.stage.today).days + 1, 1)
    give(ReinstateParticipant(case_id=case, reason="The period is over and the plan was kept."), by="supervisor2")
