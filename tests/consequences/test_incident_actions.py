"""Actions agreed after an incident: answered with proof, sent back, closed; each has its day (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.casework.models import Case, Deadline
from greenlane.consequences.commands_incident import BeginIncidentReview, ConcludeIncident, ReportIncident
from greenlane.consequences.commands_incident_actions import (
    AnswerIncidentAction,
    CloseIncidentAction,
    ReturnIncidentAction,
)
from greenlane.consequences.entries_incident import AgreedAction
from greenlane.consequences.models import Incident
from greenlane.people.visibility import viewer_of
from greenlane.web.choices import Scene
from greenlane.web.panels.incident import incident
from tests.companies import Company
from tests.consequences.steps import upload
from tests.desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 971(c)")]


@pytest.fixture
def case(desk: Desk, company: Company) -> UUID:
    """An incident with two agreed actions: one due in 30 days, one in 60."""
    reported = ReportIncident(
        participant_id=company.participant, what="A seal was broken.", happened_on=desk.today, place="Mile 7"
    )
    key = desk.must(reported, by="ada").case_id
    assert key is not None
    desk.must(BeginIncidentReview(case_id=key), by="sam")
    actions = tuple(
        AgreedAction(action=words, done_by=desk.today + timedelta(days=days))
        for words, days in (("Train the drivers.", 60), ("Use bolt seals.", 30))
    )
    conclude = ConcludeIncident(case_id=key, outcome="corrective_actions", conclusion="Agreed.", actions=actions)
    desk.refused(replace(conclude, actions=actions * 26), by="sam", code="actions_few_enough")
    desk.must(conclude, by="sam")
    return key


def clock(case: UUID) -> Deadline:
    return Deadline.objects.get(case_id=case, clock="incident_action")


def answer(desk: Desk, case: UUID, number: int) -> AnswerIncidentAction:
    proof = upload(desk, case, by="ada")
    return AnswerIncidentAction(case_id=case, number=number, answer="Done.", proof=(proof,))


def test_an_agreed_action_is_answered_with_proof_and_closed_by_a_specialist(desk: Desk, case: UUID) -> None:
    agreed_on = desk.today
    assert Case.objects.get(pk=case).state == "agreed"
    assert (clock(case).due_on, clock(case).met_on) == (agreed_on + timedelta(days=30), None)
    desk.must(answer(desk, case, 2), by="ada")
    assert (clock(case).due_on, clock(case).met_on) == (agreed_on + timedelta(days=60), None)
    desk.must(CloseIncidentAction(case_id=case, number=2, acceptance="The photo shows it."), by="sam")
    assert Case.objects.get(pk=case).state == "agreed"
    desk.must(answer(desk, case, 1), by="ada")
    assert clock(case).met_on == desk.today
    desk.must(CloseIncidentAction(case_id=case, number=1, acceptance="The list is signed."), by="sam")
    assert Case.objects.get(pk=case).state == "concluded"
    assert [one["closed_on"] for one in Incident.objects.get(pk=case).actions] == [desk.today.isoformat()] * 2


def test_an_answer_that_was_sent_back_is_waited_for_again(desk: Desk, case: UUID) -> None:
    desk.must(answer(desk, case, 2), by="ada")
    desk.must(ReturnIncidentAction(case_id=case, number=2, reason="The seal is not to be seen."), by="sam")
    assert clock(case).due_on == desk.today + timedelta(days=30)
    close = CloseIncidentAction(case_id=case, number=2, acceptance="It is seen.")
    desk.refused(close, by="sam", code="agreed_action_answered", cite="6 USC 971(c)")
    desk.must(answer(desk, case, 2), by="ada")
    assert Incident.objects.get(pk=case).actions[1]["returned"] == ""
    desk.must(close, by="sam")


def test_an_answer_names_an_open_action_and_shows_proof(desk: Desk, case: UUID) -> None:
    whole = answer(desk, case, 1)
    cite = "6 USC 971(c)"
    desk.refused(replace(whole, number=3), by="ada", code="agreed_action_open", cite=cite)
    desk.refused(replace(whole, answer=" "), by="ada", code="text_given", cite=cite)
    desk.refused(replace(whole, proof=()), by="ada", code="action_proved", cite=cite)
    desk.refused(replace(whole, proof=(UUID(int=3),)), by="ada", code="documents_on_file", cite=cite)
    desk.refused(whole, by="sam", code="authority")
    desk.must(whole, by="ada")
    desk.must(CloseIncidentAction(case_id=case, number=1, acceptance="Signed."), by="sam")
    desk.refused(whole, by="ada", code="agreed_action_open", cite=cite)


def test_what_was_not_answered_is_neither_sent_back_nor_closed(desk: Desk, case: UUID) -> None:
    close = CloseIncidentAction(case_id=case, number=1, acceptance="Signed.")
    back = ReturnIncidentAction(case_id=case, number=1, reason="More.")
    for command in (close, back):
        desk.refused(command, by="sam", code="agreed_action_answered", cite="6 USC 971(c)")
        desk.refused(command, by="ada", code="authority")
    desk.must(answer(desk, case, 1), by="ada")
    desk.refused(replace(close, acceptance=""), by="sam", code="text_given")
    desk.refused(replace(back, reason=""), by="sam", code="text_given")


def test_the_page_shows_when_each_action_is_due_answered_and_closed(desk: Desk, case: UUID) -> None:
    desk.must(answer(desk, case, 2), by="ada")
    desk.must(CloseIncidentAction(case_id=case, number=2, acceptance="The photo shows it."), by="sam")
    viewer = viewer_of(desk.people["ada"], desk.today)
    found = Case.objects.get(pk=case)
    first, second = incident(found, viewer, desk.today).context["actions"]
    assert (first["done_by"], first["answered_on"], str(first["chip"].text)) == (
        desk.today + timedelta(days=60),
        None,
        "Open",
    )
    assert (second["answered_on"], second["closed_on"], str(second["chip"].text)) == (desk.today, desk.today, "Closed")
    assert [one.text for one in second["proof"]] == ["Photo of the gate"]
    scene = Scene(viewer, case=found)
    assert scene.pairs("agreed_actions") == [("1", "1: Train the drivers.")]
    assert scene.pairs("answered_agreed_actions") == []
