"""Steps of a consequence for tests, from a certified company: ``denied``, ``suspended``, ``expelled``, ``acted``."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from uuid import UUID

from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Document
from greenlane.casework.registry import Command
from greenlane.consequences.commands import OpenConsequence, RecordEvidence
from greenlane.consequences.commands_decision import (
    DenyBenefits,
    ExpelParticipant,
    RecommendConsequence,
    SuspendParticipant,
)
from greenlane.consequences.commands_emergency import TakeEmergencyAction
from greenlane.consequences.commands_notice import (
    GiveConsequenceNotice,
    ReplyToResponse,
    RespondToNotice,
)
from greenlane.consequences.commands_plan import AcceptCorrectivePlan, ProposeCorrectivePlan
from greenlane.consequences.entries import FailureFound, Misinformed
from greenlane.consequences.entries_plan import Goal
from greenlane.participants.benefits import benefits_on
from greenlane.participants.queries import participant_of
from tests.companies import Company
from tests.desk import Desk
from tests.support.kept import kept

SEALS = FailureFound(requirement="6 USC 963(3)", found="Seals are not checked.", found_on=date(2026, 3, 2))


def misinformed(desk: Desk) -> Misinformed:
    """Information that was given today, in the validation that is open."""
    return Misinformed(
        said="The gate is watched day and night.",
        found="Nobody was at the gate for a month.",
        given_on=desk.today,
        ground_of_knowledge="The manager signed the empty rosters himself.",
    )


def upload(desk: Desk, case: UUID, title: str = "Photo of the gate", by: str = "sam") -> UUID:
    """A document on file in a case."""
    text = f"{title} {case}".encode()
    paper = UploadDocument(
        case_id=case,
        title=title,
        file_name="paper.txt",
        media_type="text/plain",
        size=len(text),
        sha256=hashlib.sha256(text).hexdigest(),
    )
    desk.must(paper, by=by)
    return Document.objects.filter(case_id=case, title=title).latest("version").pk


def opened(desk: Desk, company: Company, proposed: str, benefits: tuple[str, ...] = ()) -> UUID:
    """A consequence that Sam opened, with the evidence on file."""
    denial = proposed == "denial"
    command = OpenConsequence(
        participant_id=company.participant,
        proposed=proposed,  # type: ignore[arg-type]
        benefits=benefits,
        failures=(SEALS,) if denial else (),
        misinformation=None if denial else misinformed(desk),
    )
    case = desk.must(command, by="sam").case_id
    assert case is not None
    paper = upload(desk, case)
    requirement = SEALS.requirement if denial else ""
    shown = RecordEvidence(case_id=case, requirement=requirement, statement="Taken on the spot.", documents=(paper,))
    desk.must(shown, by="sam")
    return case


def heard(desk: Desk, company: Company, case: UUID) -> None:
    """Notice, response on the next day, and the reply to it."""
    desk.must(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
    desk.today += timedelta(days=1)
    desk.must(RespondToNotice(case_id=case, response="It was one guard only."), by=company.officer)
    desk.must(ReplyToResponse(case_id=case, reply="The rosters show all guards."), by="sam")


def recommended(desk: Desk, company: Company, measure: str, benefits: tuple[str, ...] = (), days: int = 180) -> UUID:
    """A consequence that waits for the decision of a second person."""
    case = opened(desk, company, measure, benefits)
    heard(desk, company, case)
    until = None if measure == "denial" else desk.today + timedelta(days=days)
    command = RecommendConsequence(case_id=case, measure=measure, benefits=benefits, period_until=until)  # type: ignore[arg-type]
    desk.must(command, by="sam")
    return case


@kept
def denied(desk: Desk, company: Company, benefits: tuple[str, ...]) -> UUID:
    """Benefits denied today by Sue; Sam recommended it."""
    case = recommended(desk, company, "denial", benefits)
    desk.must(DenyBenefits(case_id=case, reasons="Seals are not checked."), by="sue")
    return case


@kept
def suspended(desk: Desk, company: Company, days: int = 180) -> UUID:
    """A company suspended today by Sue for some days; a validation of it is open."""
    case = recommended(desk, company, "suspension", days=days)
    desk.must(SuspendParticipant(case_id=case, reasons="It said what it knew to be false."), by="sue")
    return case


@kept
def expelled(desk: Desk, company: Company, days: int = 720) -> UUID:
    """A company expelled today by Sue for some days; a validation of it is open."""
    case = recommended(desk, company, "expulsion", days=days)
    desk.must(ExpelParticipant(case_id=case, reasons="It said what it knew to be false."), by="sue")
    return case


def acted(desk: Desk, company: Company, *benefits: str) -> UUID:
    """An emergency action of today, taken by Sue."""
    command: Command = TakeEmergencyAction(
        participant_id=company.participant, grounds="Invented threat that cannot wait.", benefits=benefits
    )
    case = desk.must(command, by="sue").case_id
    assert case is not None
    return case


def planned(desk: Desk, company: Company, case: UUID, *days: int) -> None:
    """An accepted corrective action plan with a goal on each of these days from today."""
    goals = tuple(Goal(goal=f"Goal in {n} days.", goal_on=desk.today + timedelta(days=n)) for n in days)
    desk.must(ProposeCorrectivePlan(case_id=case, goals=goals), by=company.officer)
    desk.must(AcceptCorrectivePlan(case_id=case), by="sue")


def given(company: Company, on: date) -> set[str]:
    """The benefits that a company has on a day."""
    return {status.benefit.code for status in benefits_on(participant_of(company.participant), on) if status.given}
