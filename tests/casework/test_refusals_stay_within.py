"""What staff or the platform attempt and are refused stays with them; a company reads its own (6 USC 971(b)-(c))."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.appeals.commands import FileAppeal
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview
from greenlane.appeals.entries import AppealGround
from greenlane.casework.models import Case
from greenlane.casework.recording import CommandRefused
from greenlane.casework.registry import Command
from greenlane.consequences.commands_appeal import ReduceConsequence
from greenlane.consequences.commands_plan import ProposeCorrectivePlan
from greenlane.consequences.commands_return import ReinstateParticipant
from greenlane.law.authority import Office
from greenlane.people.visibility import viewer_of
from greenlane.records.models import Entry
from greenlane.validation.commands_blocked import UnblockValidation
from greenlane.validation.commands_notice import ConfirmVisit, GiveValidationNotice
from greenlane.web.shared.case_story import story_of
from greenlane.web.shared.timeline import entries_about
from tests.consequences.steps import suspended
from tests.desk import Desk
from tests.validation.steps import certified, validation_desk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 971(c)")]


def told(desk: Desk, case: UUID, name: str) -> list[str]:
    """The commands that the page of a case tells a person were refused."""
    return [e.title for e in story_of(Case.objects.get(pk=case), viewer_of(desk.people[name], desk.today)).events]


def audience(desk: Desk, command: Command, by: str | None, step: str) -> str:
    answer = desk.refused(command, by=by)
    assert answer.step == step
    return Entry.objects.get(uid=answer.entries[0]).audience


def test_a_company_does_not_read_what_the_staff_attempted() -> None:
    desk = validation_desk()
    company, case = certified(desk)
    soon = GiveValidationNotice(case_id=case, purpose="-")
    assert audience(desk, soon, "sue", "law") == "staff"
    assert audience(desk, UnblockValidation(case_id=case, reason="-"), "sue", "procedure") == "staff"
    assert audience(desk, soon, "vera", "authority") == "staff"
    assert audience(desk, ConfirmVisit(case_id=case, confirmed=True), company.officer, "procedure") == "participant"
    mine, theirs = told(desk, case, company.officer), told(desk, case, "sam")
    assert [title for title in mine if title.startswith("Not done")] == ["Not done: Answer the notice of a visit"]
    assert len([title for title in theirs if title.startswith("Not done")]) == 4
    whole = entries_about((), ("public", "participant"), participant=company.participant)
    assert [one.data.command for one in whole if isinstance(one.data, CommandRefused)] == ["ConfirmVisit"]


def test_nor_what_was_attempted_of_its_consequence_and_its_appeal() -> None:
    desk = validation_desk()
    desk.prove = False
    company = certified(desk)[0]
    desk.person("olga", Office.APPEAL_OFFICER)
    desk.person("pam", Office.PROGRAMME_MANAGER)
    case = suspended(desk, company)
    assert audience(desk, ReinstateParticipant(case_id=case, reason="-"), "both", "law") == "staff"
    assert audience(desk, ReduceConsequence(case_id=case, appeal_id=uuid4()), None, "law") == "staff"
    assert audience(desk, ProposeCorrectivePlan(case_id=case, goals=()), "ada", "law") == "participant"
    ground = AppealGround(title="Not so", statement="The log was kept.")
    appeal = desk.must(FileAppeal(consequence_id=case, grounds=(ground,)), by="ada").case_id
    assert appeal is not None
    assign = AssignAppealOfficer(case_id=appeal, officer_id=desk.people["sue"])
    assert audience(desk, assign, "pam", "law") == "staff"
    assert audience(desk, BeginAppealReview(case_id=appeal), "olga", "authority") == "staff"
    assert not [title for title in told(desk, appeal, "ada") if title.startswith("Not done")]
    desk.today += timedelta(days=31)
    again = FileAppeal(consequence_id=case, grounds=(ground,))
    assert audience(desk, again, "ada", "law") == "participant"
