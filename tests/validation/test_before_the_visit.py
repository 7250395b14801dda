"""What is refused before a visit, clause by clause: guidelines, plan, team, locations, notice, letter (6 USC 965)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from greenlane.applications.commands import OpenApplication
from greenlane.casework.models import Case, Deadline, Notice
from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.law.s965 import is_foreign
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.queries import legs
from greenlane.people.commands import GrantOffice
from greenlane.people.queries import is_assigned
from greenlane.validation import queries
from greenlane.validation.commands_decision import CloseValidation
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_locations import ChooseLocations, DetermineNoForeignLocation, Location
from greenlane.validation.commands_notice import ConfirmVisit, GiveValidationNotice, RescheduleVisit
from greenlane.validation.commands_planning import AssignValidationTeam, PlanValidation
from greenlane.validation.commands_publishing import PublishValidationGuidelines, PublishValidationSchedule
from greenlane.validation.entries import MilestoneSet
from greenlane.validation.models import Validation, Visit
from greenlane.vetting.models import Investigation
from tests.companies import Company
from tests.desk import Desk
from tests.validation.steps import NOTICE, certified, locations, noticed, team, upload

pytestmark = pytest.mark.django_db

NEW = {"programme": "ctpat", "version": "V-2", "title": "Guidelines", "text": "Invented."}


@pytest.mark.clause("6 USC 965(c)")
@pytest.mark.clause("6 USC 965(a)")
def test_guidelines_without_on_site_assessment_are_refused(desk: Desk) -> None:
    whole = PublishValidationGuidelines(in_force_from=desk.today, **NEW)  # type: ignore[arg-type]
    desk.refused(replace(whole, parts=("desk_review",)), code="guidelines_on_site", cite="6 USC 965(a)")
    desk.refused(replace(whole, version="V-1"), code="version_is_new", cite="6 USC 965(c)")
    desk.refused(replace(whole, text=" "), code="text_given")
    desk.refused(replace(whole, title="x" * 201), code="text_given")
    desk.refused(replace(whole, in_force_from=desk.today - timedelta(days=1)), code="not_backdated")
    desk.must(whole)
    found = queries.guidelines_on("ctpat", desk.today)
    assert found is not None
    assert found.version == "V-2"
    with pytest.raises(Missing):
        desk.give(replace(whole, programme="nowhere"))


@pytest.mark.clause("6 USC 965(c)")
def test_a_schedule_brings_every_validation_to_its_end_within_the_year(desk: Desk) -> None:
    whole = PublishValidationSchedule(in_force_from=desk.today, **NEW)  # type: ignore[arg-type]
    bad = {
        "schedule_within_the_year": [(("notice", 10),), (("decision", 366),), (("decision", 9), ("decision", 10))],
        "schedule_in_order": [(("visit", 10), ("notice", 20), ("decision", 30))],
    }
    for code, cases in bad.items():
        for steps in cases:
            milestones = tuple(MilestoneSet(step=step, days=days) for step, days in steps)  # type: ignore[arg-type]
            desk.refused(replace(whole, milestones=milestones), code=code)
    desk.must(whole)
    _company, case = certified(desk)
    row = Validation.objects.get(pk=case)
    assert row.schedule == "V-2"
    days = {milestone.step: (milestone.on - desk.today).days for milestone in queries.milestones_of(row)}
    assert days == {"notice": 210, "visit": 270, "report": 300, "decision": 365}


@pytest.mark.clause("6 USC 965(a)")
def test_a_validation_begins_by_itself_and_only_one_is_open(desk: Desk) -> None:
    company, case = certified(desk)
    desk.refused(PlanValidation(participant_id=company.participant), by="sam", code="no_other_validation_open")
    other = Company(desk, "ben", name="Quartz Ferry Imports").register()
    desk.refused(PlanValidation(participant_id=other.participant), by="sam", code="holds_tier_one", cite="6 USC 965(a)")
    [clock] = Deadline.objects.filter(case_id=case)
    assert clock.due_on == date(desk.today.year + 1, desk.today.month, desk.today.day)


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 961(a)")
def test_a_validation_closes_when_the_company_leaves_and_waits_while_it_is_suspended(desk: Desk) -> None:
    company, case = certified(desk)
    desk.refused(CloseValidation(case_id=case, reason="-"), code="takes_part_no_longer", cite="6 USC 961(a)")
    stands = SetStanding(participant_id=company.participant, standing="suspended", tier=0, reason="6 USC 967(b)")
    desk.must(stands)
    assert Case.objects.get(pk=case).state == "planned"
    desk.must(replace(stands, standing="certified", tier=1))
    assert Validation.objects.filter(participant_id=company.participant).count() == 1  # the same one goes on
    desk.must(replace(stands, standing="withdrawn"))
    assert Case.objects.get(pk=case).state == "closed"
    assert not Deadline.objects.filter(case_id=case).exists()
    assert not queries.open_validations(company.participant).exists()
    barred = replace(stands, standing="suspended")
    desk.must(barred)
    desk.refused(PlanValidation(participant_id=company.participant), by="sam", code="standing_allows")
    desk.must(replace(stands, standing="certified", tier=1))
    assert queries.open_validations(company.participant).get().certified_on == desk.today


@pytest.mark.clause("6 USC 971(a)(3)")
@pytest.mark.clause("6 USC 971(a)")
def test_the_team_is_two_specialists_without_a_part_in_the_company(desk: Desk) -> None:
    company, case = certified(desk)
    sam, stu = desk.people["sam"], desk.people["stu"]
    assign = AssignValidationTeam(case_id=case, members=(sam, stu))
    desk.refused(replace(assign, members=(sam,)), by="sue", code="team_of_two", cite="6 USC 971(a)(3)")
    desk.refused(replace(assign, members=(sam, sam)), by="sue", code="team_of_two")
    desk.refused(replace(assign, members=(sam, desk.people["vera"])), by="sue", code="member_is_specialist")
    insider = desk.person("ina", Office.SPECIALIST)
    desk.must(assign, by="sue")

    desk.must(
        GrantOffice(account_id=insider, office=Office.CONSULTANT, participant_id=company.participant),
        by=company.officer,
    )
    desk.refused(replace(assign, members=(sam, insider)), by="sue", code="member_has_no_part", cite="6 USC 971(a)")
    assert is_assigned(stu, case, desk.today)
    newcomer = desk.person("ned", Office.SPECIALIST)
    desk.must(replace(assign, members=(sam, newcomer)), by="sue")
    assert [is_assigned(key, case, desk.today) for key in (sam, stu, newcomer)] == [True, False, True]


@pytest.mark.clause("6 USC 965(a)")
def test_locations_are_of_the_companys_own_supply_chain_with_reasons_and_days(desk: Desk) -> None:
    company, case = certified(desk)
    team(desk, case)
    first = desk.today + NOTICE
    home, abroad = locations(company, first)
    choose = ChooseLocations(case_id=case, locations=(home, abroad))

    def refuse(code: str, **changes: object) -> None:
        desk.refused(
            replace(choose, locations=(home, replace(abroad, **changes))),  # type: ignore[type-var]
            by="sam",
            code=code,
        )

    desk.refused(replace(choose, locations=()), by="sam", code="locations_chosen_once")
    desk.refused(replace(choose, locations=(home, home)), by="sam", code="locations_chosen_once")
    refuse("location_in_its_supply_chain", node=uuid4())
    refuse("appropriate_given", appropriate=" ")
    refuse("visit_dates_in_order", planned_to=first - timedelta(days=1))
    refuse("visit_dates_in_order", planned_from=desk.today - timedelta(days=1))
    refuse("visit_not_too_long", planned_to=first + timedelta(days=20))
    refuse("country_as_recorded", country="MX")
    refuse("purpose_fits", purpose="x" * 5001)
    desk.must(choose, by="sam")
    assert dict(Visit.objects.filter(validation_id=case).values_list("country", "foreign")) == {
        "US": False,
        "CN": True,
    }
    leg = legs(company.participant).get()
    road = Location(node=leg.series, mode="virtual", appropriate="Ship.", planned_from=first, planned_to=first)
    desk.refused(replace(choose, locations=(road,)), by="sam", code="country_known")
    desk.must(replace(choose, locations=(replace(road, country="cn"),)), by="sam")
    assert Visit.objects.get(validation_id=case).country == "CN"


@pytest.mark.clause("6 USC 965(a)")
def test_foreign_is_what_lies_outside_the_united_states() -> None:
    assert [is_foreign(code) for code in ("US", "pr", "GU", "CN", "MX")] == [False, False, False, True, True]


@pytest.mark.clause("6 USC 965(c)")
def test_notice_is_given_thirty_days_before_and_says_everything(desk: Desk) -> None:
    company, case = certified(desk)
    give = GiveValidationNotice(case_id=case, purpose="See how cargo is secured.")
    desk.refused(give, by="sue", code="team_assigned", cite="6 USC 971(a)(3)")
    team(desk, case)
    desk.refused(give, by="sam", code="locations_chosen", cite="6 USC 965(a)")
    soon = desk.today + NOTICE - timedelta(days=1)
    desk.must(ChooseLocations(case_id=case, locations=locations(company, soon)), by="sam")
    desk.refused(give, by="sam", code="notice_in_time", cite="6 USC 965(c)")
    desk.must(ChooseLocations(case_id=case, locations=locations(company, desk.today + NOTICE)), by="sam")
    desk.refused(replace(give, purpose=""), by="sam", code="purpose_given")
    desk.must(give, by="sam")
    letter = Notice.objects.get(case_id=case, template="validation_notice")
    for words in ("Jade Kiln Works", "Sam, Stu", "V-1", "S-1", "secured"):
        assert words in str(letter.body), words
    clock = Deadline.objects.get(case_id=case, clock="visit")
    assert clock.due_on == desk.today + NOTICE + timedelta(days=1)
    vetting = Investigation.objects.get(participant_id=company.participant, purpose="validation")
    assert Case.objects.get(pk=vetting.pk).state == "open"


@pytest.mark.clause("6 USC 965(c)")
def test_the_company_confirms_or_asks_for_days_for_which_the_first_notice_counts(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    answer = ConfirmVisit(case_id=case, confirmed=True)
    desk.refused(answer, by=company.officer, code="not_confirmed_yet")
    ask = ConfirmVisit(case_id=case, confirmed=False, message="The yard is closed then.")
    desk.refused(ask, by=company.officer, code="asked_dates_in_order")
    first = desk.today + NOTICE + timedelta(days=3)
    days = {"asked_from": first, "asked_to": first + timedelta(days=5)}
    desk.refused(replace(ask, message="", **days), by=company.officer, code="message_given")
    desk.must(replace(ask, **days), by=company.officer)
    assert Validation.objects.get(pk=case).confirmed_on is None
    desk.refused(replace(answer, **days), by=company.officer, code="confirms_or_asks")
    desk.refused(RescheduleVisit(case_id=case, reason=""), by="sam", code="reason_given")
    desk.today += timedelta(days=20)
    desk.must(RescheduleVisit(case_id=case, reason="As the company asked."), by="sam")
    assert Case.objects.get(pk=case).state == "planned"
    desk.must(ChooseLocations(case_id=case, locations=locations(company, first)), by="sam")
    give = GiveValidationNotice(case_id=case, purpose="See how cargo is secured.")
    desk.must(give, by="sam")  # fewer than thirty days from today, but more than thirty from the first notice
    desk.must(answer, by=company.officer)
    desk.must(RescheduleVisit(case_id=case, reason="The team is ill."), by="sam")
    early = first - timedelta(days=4)
    desk.must(ChooseLocations(case_id=case, locations=locations(company, early)), by="sam")
    desk.refused(give, by="sam", code="notice_in_time")  # nobody asked for these days
    assert Notice.objects.filter(case_id=case, template="visit_rescheduled").count() == 2
    assert Investigation.objects.filter(participant_id=company.participant, purpose="validation").count() == 1


@pytest.mark.clause("6 USC 965(a)")
def test_the_determination_is_a_supervisors_and_in_writing(desk: Desk) -> None:
    _company, case = certified(desk)
    team(desk, case)
    determine = DetermineNoForeignLocation(case_id=case, reason="All its goods are made in Houston.")
    answer = desk.refused(determine, by="sam")
    assert answer.step == "authority"
    desk.refused(replace(determine, reason="  "), by="sue", code="reason_given", cite="6 USC 965(a)")
    desk.must(determine, by="sue")
    row = Validation.objects.get(pk=case)
    assert (row.determined_office, row.determined_by) == ("supervisor", desk.people["sue"])


@pytest.mark.clause("6 USC 965(a)")
def test_rc_11_the_certification_letter_is_signed_by_a_named_officer(desk: Desk) -> None:
    company, case = certified(desk)
    sign = SignCertificationLetter(case_id=case, agreed=True)
    desk.refused(replace(sign, agreed=False), by=company.officer, code="letter_agreed")
    desk.refused(replace(sign, document=uuid4()), by=company.officer, code="documents_on_file")
    desk.person("olga", Office.APPLICANT_OFFICER, participant=company.participant)
    desk.refused(sign, by="olga", code="signer_is_named_officer", cite="6 USC 962")
    assert desk.refused(sign, by="sam").step == "authority"
    scan = upload(desk, case, "Signed letter", by=company.officer)
    desk.must(replace(sign, document=scan), by=company.officer)
    row = Validation.objects.get(pk=case)
    assert (row.letter_signed_on, row.letter_document) == (desk.today, scan)
    desk.refused(sign, by=company.officer, code="letter_not_signed_yet")


@pytest.mark.clause("6 USC 965(a)")
def test_a_company_under_application_has_no_validation(desk: Desk) -> None:
    company = Company(desk, "ada").register()
    desk.must(OpenApplication(participant_id=company.participant), by="ada")
    assert queries.latest_validation(company.participant) is None
    with pytest.raises(Missing):
        queries.validation_of(company.participant)
