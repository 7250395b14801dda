"""National security first, notice after it; and incidents, whose report takes nothing from anybody (967(a), 971(c))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.consequences.commands_emergency import (
    ConfirmEmergencyAction,
    GiveEmergencyNotice,
    LiftEmergencyAction,
    RespondToEmergencyNotice,
    TakeEmergencyAction,
)
from greenlane.consequences.commands_incident import (
    AddToIncident,
    BeginIncidentReview,
    ConcludeIncident,
    ReportIncident,
)
from greenlane.consequences.commands_return import RestoreBenefits
from greenlane.consequences.entries_incident import AgreedAction
from greenlane.consequences.models import Consequence, Incident
from greenlane.participants.benefits import stood_on
from greenlane.participants.commands_standing import SetStanding
from greenlane.records.models import Entry
from tests.companies import Company
from tests.consequences.steps import SEALS, acted, denied, given, planned
from tests.desk import Desk

pytestmark = pytest.mark.django_db
FIRST_TIER = {"score_reduction", "assigned_specialist", "programme_training", "dedicated_lanes"}


@pytest.mark.clause("6 USC 967(a)")
def test_an_emergency_takes_effect_at_once_and_its_notice_follows(desk: Desk, company: Company) -> None:
    desk.today += timedelta(days=1)
    case = acted(desk, company)
    day = desk.today
    assert given(company, day - timedelta(days=1)) == FIRST_TIER
    assert given(company, day) == set()
    desk.must(SetStanding(participant_id=company.participant, standing="certified", tier=2, reason="Test"))
    assert given(company, day) == set()  # it denies in whole: a higher tier gives nothing either
    row = Consequence.objects.get(pk=case)
    assert (row.measure, row.decision, row.in_whole, row.decided_on) == ("emergency", "967(a)", True, day)
    assert Deadline.objects.get(case_id=case, clock="denial_appeal_filing").started_on == day
    confirm = ConfirmEmergencyAction(case_id=case, reasons="The threat is real.")
    assert desk.give(confirm, by="both").step == "procedure"
    desk.today += timedelta(days=2)
    desk.must(GiveEmergencyNotice(case_id=case, message="A container was used."), by="sue")
    desk.refused(confirm, by="both", code="heard_first", cite="6 USC 967(a)")
    desk.must(RespondToEmergencyNotice(case_id=case, response="Not ours."), by="ada")
    desk.refused(confirm, by="sue", code="second_person", cite="6 USC 971(a)")
    desk.must(confirm, by="both")
    assert Case.objects.get(pk=case).state == "in_force"
    planned(desk, company, case, 20)
    desk.must(RestoreBenefits(case_id=case, reason="The threat is over."), by="both")
    assert given(company, desk.today) >= FIRST_TIER


@pytest.mark.clause("6 USC 967(a)")
def test_the_grounds_of_an_emergency_are_for_staff(desk: Desk, company: Company) -> None:
    case = acted(desk, company)
    told = Entry.objects.filter(subject=case, audience__in=("public", "participant"))
    assert "Invented threat" not in str([entry.data for entry in told])
    assert "Invented threat" not in str([notice.body for notice in Notice.objects.filter(case_id=case)])
    assert Notice.objects.filter(case_id=case, template="consequence_decided").exists()


@pytest.mark.clause("6 USC 967(a)")
def test_an_emergency_names_its_grounds_and_what_the_company_has(desk: Desk, company: Company) -> None:
    act = TakeEmergencyAction(participant_id=company.participant, grounds="Invented threat.")
    desk.refused(replace(act, grounds=" "), by="sue", code="national_security_grounds", cite="6 USC 967(a)")
    desk.refused(replace(act, benefits=("expedited_release",)), by="sue", code="benefits_otherwise_available")
    desk.today += timedelta(days=1)
    desk.refused(act, by="sue", on=desk.today - timedelta(days=1), code="counts_today")
    desk.refused(act, by="sam", code="authority")
    denied(desk, company, ("score_reduction",))
    case = desk.must(act, by="sue").case_id
    assert set(Consequence.objects.get(pk=case).benefits) == FIRST_TIER - {"score_reduction"}
    desk.refused(act, by="sue", code="benefits_otherwise_available")  # there is nothing left to deny


@pytest.mark.clause("6 USC 967(a)")
def test_an_emergency_is_lifted_from_its_day(desk: Desk, company: Company) -> None:
    case = acted(desk, company, "score_reduction")
    lost = desk.today
    desk.today += timedelta(days=3)
    notice = GiveEmergencyNotice(case_id=case, message="A container was used.")
    desk.refused(replace(notice, response_until=desk.today), by="sue", code="period_long_enough")
    desk.refused(replace(notice, message=" "), by="sue", code="text_given")
    desk.refused(LiftEmergencyAction(case_id=case, reason=" "), by="sue", code="text_given")
    desk.must(LiftEmergencyAction(case_id=case, reason="It was another container."), by="sue")
    assert given(company, desk.today) == FIRST_TIER
    assert given(company, lost) == FIRST_TIER - {"score_reduction"}
    assert Case.objects.get(pk=case).state == "ended"


# ------------------------------------------------------------------------------------------------- incidents


def report(desk: Desk, company: Company) -> UUID:
    command = ReportIncident(
        participant_id=company.participant,
        what="A seal was broken on the road.",
        happened_on=desk.today,
        place="Mile 7 of an invented road",
        cargo="Container QZXU 100001",
    )
    case = desk.must(command, by="ada").case_id
    assert case is not None
    return case


@pytest.mark.clause("6 USC 971(c)")
@pytest.mark.clause("6 USC 967")
def test_a_reported_incident_is_reviewed_and_suspends_nobody(desk: Desk, company: Company) -> None:
    before = stood_on(company.participant, desk.today)
    case = report(desk, company)
    review = Deadline.objects.get(case_id=case, clock="incident_review")
    assert review.due_on == desk.today + timedelta(days=30)
    assert (stood_on(company.participant, desk.today), given(company, desk.today)) == (before, FIRST_TIER)
    assert not Consequence.objects.exists()
    desk.must(AddToIncident(case_id=case, text="The driver was stopped twice."), by="ada")
    desk.must(BeginIncidentReview(case_id=case), by="sam")
    agreed = AgreedAction(action="Use bolt seals.", done_by=desk.today + timedelta(days=30))
    conclude = ConcludeIncident(case_id=case, outcome="corrective_actions", conclusion="Agreed.", actions=(agreed,))
    desk.must(conclude, by="sam")
    assert (Case.objects.get(pk=case).state, Incident.objects.get(pk=case).outcome) == ("agreed", conclude.outcome)
    assert Deadline.objects.get(case_id=case, clock="incident_review").met_on == desk.today
    assert given(company, desk.today) == FIRST_TIER
    assert not Consequence.objects.exists()
    assert "bolt seals" in str(Notice.objects.get(case_id=case).body)


@pytest.mark.clause("6 USC 967(a)")
def test_a_review_may_open_a_consequence_with_all_its_protections(desk: Desk, company: Company) -> None:
    case = report(desk, company)
    desk.must(BeginIncidentReview(case_id=case), by="sam")
    conclude = ConcludeIncident(
        case_id=case,
        outcome="consequence",
        conclusion="Seals were not checked for a year.",
        failures=(SEALS,),
        benefits=("score_reduction",),
    )
    desk.must(conclude, by="sam")
    row = Consequence.objects.get()
    assert (row.proposed, row.because_of, Case.objects.get(pk=row.pk).state) == ("denial", case, "opened")
    assert given(company, desk.today) == FIRST_TIER


@pytest.mark.clause("6 USC 971(c)")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"conclusion": " "}, "text_given"),
        ({"outcome": "corrective_actions"}, "actions_agreed"),
        ({"outcome": "consequence"}, "grounds_of_a_denial"),
        ({"failures": (SEALS,)}, "grounds_of_a_denial"),
        (
            {
                "outcome": "consequence",
                "failures": (replace(SEALS, requirement="99.9"),),
                "benefits": ("score_reduction",),
            },
            "requirement_named",
        ),
    ],
)
def test_a_conclusion_says_what_follows(desk: Desk, company: Company, change: dict[str, object], code: str) -> None:
    case = report(desk, company)
    desk.must(BeginIncidentReview(case_id=case), by="sam")
    whole = ConcludeIncident(case_id=case, outcome="no_action", conclusion="Nothing was missing.")
    desk.refused(replace(whole, **change), by="sam", code=code)  # type: ignore[arg-type]
    desk.must(whole, by="sam")


@pytest.mark.clause("6 USC 971(c)")
def test_a_report_says_what_where_and_when(desk: Desk, company: Company) -> None:
    whole = ReportIncident(
        participant_id=company.participant, what="A theft.", happened_on=desk.today, place="Dock Seven"
    )
    desk.refused(replace(whole, what=" "), by="ada", code="text_given")
    desk.refused(replace(whole, place="x" * 201), by="ada", code="text_given")
    desk.refused(replace(whole, happened_on=desk.today + timedelta(days=1)), by="ada", code="day_has_come")
    desk.refused(replace(whole, documents=(UUID(int=3),)), by="ada", code="documents_on_file")
    desk.refused(replace(whole, cargo="x" * 2001), by="ada", code="cargo_length")
    desk.refused(whole, by="sam", code="authority")
    desk.must(whole, by="ada")
