"""No way around a second person, a sanction, a notice or the rules of opening (6 USC 967, 971)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from greenlane.casework.models import Case, Notice
from greenlane.consequences.commands import OpenConsequence
from greenlane.consequences.commands_emergency import (
    ConfirmEmergencyAction,
    GiveEmergencyNotice,
    LiftEmergencyAction,
    RespondToEmergencyNotice,
)
from greenlane.consequences.commands_incident import BeginIncidentReview, ConcludeIncident, ReportIncident
from greenlane.consequences.commands_notice import GiveConsequenceNotice
from greenlane.consequences.commands_return import EndConsequence
from greenlane.law.authority import Office
from greenlane.participants.benefits import stood_on
from greenlane.participants.commands_standing import SetStanding
from greenlane.people.delegation import DelegateOffice
from greenlane.people.visibility import cases_visible_to, viewer_of
from greenlane.records.models import Entry
from greenlane.web.shared.timeline import entries_about
from tests.companies import Company
from tests.consequences.steps import SEALS, acted, expelled, opened, suspended
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 971(a)")
def test_who_took_an_emergency_action_confirms_it_by_no_lent_office(desk: Desk, company: Company) -> None:
    case = acted(desk, company)
    pat = desk.person("pat", Office.SPECIALIST)
    last = desk.today + timedelta(days=20)
    loan = DelegateOffice(
        delegate_id=pat, office=Office.SUPERVISOR, from_day=desk.today, to_day=last, reason="On leave."
    )
    desk.must(loan, by="sue")
    desk.today += timedelta(days=1)
    desk.must(GiveEmergencyNotice(case_id=case, message="A container was used."), by="sue")
    desk.must(RespondToEmergencyNotice(case_id=case, response="Not ours."), by="ada")
    confirm = ConfirmEmergencyAction(case_id=case, reasons="The threat is real.")
    desk.refused(confirm, by="pat", code="second_person", cite="6 USC 971(a)")
    desk.today += timedelta(days=3)
    lift = LiftEmergencyAction(case_id=case, reason="It is over.")
    early = desk.give(lift, by="sue", on=desk.today - timedelta(days=1))
    assert [reason.code for reason in early.verdict.failing] == ["counts_today"]


@pytest.mark.clause("6 USC 967(b)")
def test_a_tier_given_while_a_sanction_was_taken_waits_for_its_end(desk: Desk, company: Company) -> None:
    case = suspended(desk, company, days=90)
    desk.must(SetStanding(participant_id=company.participant, standing="certified", tier=2, reason="6 USC 965"))
    stood = stood_on(company.participant, desk.today)
    assert (stood.standing, stood.tier) == ("suspended", 0)
    desk.today += timedelta(days=91)
    desk.must(EndConsequence(case_id=case, reason="No plan came."), by="sue")
    assert stood_on(company.participant, desk.today).standing == "withdrawn"


@pytest.mark.clause("6 USC 967(b)")
def test_an_expulsion_ends_by_itself_on_the_day_after_its_period(desk: Desk, company: Company) -> None:
    case = expelled(desk, company, days=40)
    desk.today += timedelta(days=40)
    desk.wake()
    assert Case.objects.get(pk=case).state == "in_force"
    desk.today += timedelta(days=1)
    desk.wake()
    assert Case.objects.get(pk=case).state in ("ended", "closed")
    assert stood_on(company.participant, desk.today).standing == "withdrawn"
    assert Notice.objects.filter(case_id=case, template="consequence_ended").count() == 1


@pytest.mark.clause("6 USC 971(c)")
def test_a_company_learns_of_a_consequence_by_its_notice(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))

    def known() -> tuple[bool, bool]:
        viewer = viewer_of(desk.people["ada"], desk.today)
        told = entries_about((), ("public", "participant"), participant=company.participant, newest=500)
        return cases_visible_to(viewer).filter(pk=case).exists(), any(one.subject == case for one in told)

    assert Entry.objects.filter(subject=case, audience="participant").exists()
    assert known() == (False, False)
    assert cases_visible_to(viewer_of(desk.people["sam"], desk.today)).filter(pk=case).exists()
    desk.must(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
    assert known() == (True, True)


@pytest.mark.clause("6 USC 967(a)")
def test_a_review_concludes_with_no_consequence_that_could_not_be_opened(desk: Desk, company: Company) -> None:
    report = ReportIncident(
        participant_id=company.participant, what="A seal was broken.", happened_on=desk.today, place="Gate"
    )
    case = desk.must(report, by="ada").case_id
    assert case is not None
    desk.must(BeginIncidentReview(case_id=case), by="sam")
    ahead = replace(SEALS, found_on=desk.today + timedelta(days=1))
    conclude = ConcludeIncident(
        case_id=case, outcome="consequence", conclusion="Found.", failures=(ahead,), benefits=("score_reduction",)
    )
    desk.refused(conclude, by="sam", code="day_has_come", cite="6 USC 967(a)")
    desk.refused(replace(conclude, benefits=("nothing",)), by="sam", code="benefits_otherwise_available")
    elsewhere = OpenConsequence(
        participant_id=company.participant,
        proposed="denial",
        benefits=("score_reduction",),
        failures=(SEALS,),
        because_of=desk.people["ada"],
    )
    desk.refused(elsewhere, by="sam", code="case_of_the_company", cite="6 USC 967(a)")
