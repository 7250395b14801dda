"""From a failure to a decision: notice, response, reply, second person, and what is lost from which day (6 USC 967)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from greenlane.casework.models import Case, Deadline
from greenlane.consequences.commands import DropConsequence, OpenConsequence, RecordEvidence
from greenlane.consequences.commands_decision import (
    DenyBenefits,
    ExpelParticipant,
    RecommendConsequence,
    SendBackConsequence,
    SuspendParticipant,
)
from greenlane.consequences.commands_notice import (
    EndResponsePeriod,
    ExtendResponsePeriod,
    GiveConsequenceNotice,
    ReplyToResponse,
    RespondToNotice,
)
from greenlane.consequences.models import Consequence
from greenlane.law.authority import Office
from greenlane.participants.benefits import denied_on, stood_on
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.models import Participant
from greenlane.people.commands import AssignCase
from greenlane.people.delegation import DelegateOffice
from tests.companies import Company
from tests.consequences.steps import (
    SEALS,
    denied,
    expelled,
    given,
    heard,
    misinformed,
    opened,
    recommended,
    suspended,
    upload,
)
from tests.desk import Desk

pytestmark = pytest.mark.django_db
FIRST_TIER = {"score_reduction", "assigned_specialist", "programme_training", "dedicated_lanes"}
WHOLE = ("score_reduction", "assigned_specialist", "programme_training", "dedicated_lanes")


@pytest.mark.clause("6 USC 967")
@pytest.mark.clause("6 USC 967(a)")
def test_one_benefit_is_denied_from_the_day_of_the_decision_and_the_others_stay(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    day = desk.today
    assert given(company, day - timedelta(days=1)) == FIRST_TIER
    assert given(company, day) == given(company, day + timedelta(days=1)) == FIRST_TIER - {"score_reduction"}
    assert denied_on(company.participant, day) == {"score_reduction": (case,)}
    row = Consequence.objects.get(pk=case)
    assert (row.decision, row.measure, row.lost_on, row.in_whole) == ("967(a)", "denial", day, False)
    assert (row.standing_before, row.tier_before) == ("certified", 1)
    assert set(row.took_part) == {str(desk.people["sam"]), str(desk.people["sue"])}
    appeal = Deadline.objects.get(case_id=case, clock="denial_appeal_filing")
    assert (appeal.started_on, appeal.met_on) == (day, None)
    assert appeal.due_on >= day + timedelta(days=90)


@pytest.mark.clause("6 USC 967(a)")
def test_rc_09_no_benefit_of_any_tier_is_given_while_all_are_denied(desk: Desk, company: Company) -> None:
    case = denied(desk, company, WHOLE)
    assert Consequence.objects.get(pk=case).in_whole
    assert given(company, desk.today) == set()
    for tier in (2, 3):
        desk.today += timedelta(days=10)
        desk.must(SetStanding(participant_id=company.participant, standing="certified", tier=tier, reason="Test"))
        assert given(company, desk.today) == set(), tier


@pytest.mark.clause("6 USC 967(b)")
def test_a_suspension_takes_all_from_its_day_until_a_stated_day(desk: Desk, company: Company) -> None:
    case = suspended(desk, company, days=180)
    day = desk.today
    assert given(company, day - timedelta(days=1)) == FIRST_TIER
    assert given(company, day) == given(company, day + timedelta(days=1)) == set()
    assert (stood_on(company.participant, day).standing, stood_on(company.participant, day).because) == (
        "suspended",
        case,
    )
    row = Consequence.objects.get(pk=case)
    assert (row.decision, row.period_until) == ("967(b)", day + timedelta(days=180))
    dates = dict(Deadline.objects.filter(case_id=case, met_on=None).values_list("clock", "due_on"))
    assert dates["sanction_end"] == day + timedelta(days=180)
    assert day + timedelta(days=30) <= dates["sanction_appeal_filing"] <= day + timedelta(days=34)


@pytest.mark.clause("6 USC 967(b)")
def test_one_that_is_suspended_already_can_still_be_expelled(desk: Desk, company: Company) -> None:
    suspended(desk, company)
    desk.today += timedelta(days=5)
    case = expelled(desk, company)
    assert Participant.objects.get(pk=company.participant).standing == "expelled"
    assert Consequence.objects.get(pk=case).standing_before == "suspended"


@pytest.mark.clause("6 USC 967(b)")
def test_the_first_part_of_what_was_known_stays_on_record(desk: Desk, company: Company) -> None:
    before = desk.at
    suspended(desk, company)
    assert stood_on(company.participant, desk.today, at=before).standing == "certified"
    assert stood_on(company.participant, desk.today, at=desk.at).standing == "suspended"


# ------------------------------------------------------------------------------------------------- opening


@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.parametrize(
    ("change", "code", "cite"),
    [
        ({"failures": ()}, "grounds_of_a_denial", "6 USC 967(a)"),
        ({"benefits": ()}, "grounds_of_a_denial", "6 USC 967(a)"),
        ({"failures": (replace(SEALS, requirement="99.9"),)}, "requirement_named", "6 USC 967(a)"),
        ({"failures": (replace(SEALS, requirement="6 USC 972"),)}, "requirement_named", "6 USC 967(a)"),
        ({"failures": (replace(SEALS, found=" "),)}, "text_given", "6 USC 967(a)"),
        ({"failures": (replace(SEALS, found="x" * 5001),)}, "text_given", "6 USC 967(a)"),
        ({"failures": (replace(SEALS, found_on=date(2030, 1, 1)),)}, "day_has_come", "6 USC 967(a)"),
        ({"failures": (replace(SEALS, documents=(UUID(int=7),)),)}, "documents_on_file", "6 USC 967(a)"),
        ({"benefits": ("priority_searches",)}, "benefits_otherwise_available", "6 USC 967(a)"),
        ({"proposed": "suspension"}, "grounds_of_a_sanction", "6 USC 967(b)"),
    ],
)
def test_a_consequence_is_opened_on_grounds_that_name_their_requirement(
    desk: Desk, company: Company, change: dict[str, object], code: str, cite: str
) -> None:
    whole = OpenConsequence(
        participant_id=company.participant, proposed="denial", benefits=("score_reduction",), failures=(SEALS,)
    )
    desk.refused(replace(whole, **change), by="sam", code=code, cite=cite)  # type: ignore[arg-type]
    desk.must(whole, by="sam")


@pytest.mark.clause("6 USC 967(a)")
def test_one_that_takes_no_part_has_nothing_to_lose(desk: Desk, company: Company) -> None:
    stranger = Company(desk, "eve", name="Stranger Kettle Imports").register()
    command = OpenConsequence(
        participant_id=stranger.participant, proposed="denial", benefits=("score_reduction",), failures=(SEALS,)
    )
    desk.refused(command, by="sam", code="is_participant", cite="6 USC 967(a)")


@pytest.mark.clause("6 USC 967(a)")
def test_evidence_belongs_to_something_and_names_a_document(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    paper = upload(desk, case, "Second photo")
    piece = RecordEvidence(case_id=case, requirement=SEALS.requirement, statement="Seen.", documents=(paper,))
    desk.refused(replace(piece, requirement="6 USC 962"), by="sam", code="evidence_of_something")
    desk.refused(replace(piece, requirement=""), by="sam", code="evidence_of_something")
    desk.refused(replace(piece, documents=()), by="sam", code="documents_named")
    desk.refused(replace(piece, statement=""), by="sam", code="text_given")
    desk.must(piece, by="sam")
    more = RecordEvidence(case_id=case, failure=replace(SEALS, requirement="6 USC 963(2)", documents=(paper,)))
    desk.must(more, by="sam")
    assert Consequence.objects.get(pk=case).failures.count() == 2


@pytest.mark.clause("6 USC 967(b)")
def test_knowingly_false_information_is_not_dropped_and_no_denial_takes_its_place(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "suspension")
    desk.refused(DropConsequence(case_id=case, reason="Too much work."), by="sue", code="no_sanction_owed")
    other = opened(desk, company, "denial", ("score_reduction",))
    desk.refused(DropConsequence(case_id=other, reason=" "), by="sue", code="text_given")
    desk.must(
        RecordEvidence(case_id=other, misinformation=replace(misinformed(desk), documents=(upload(desk, other),))),
        by="sam",
    )
    heard(desk, company, other)
    command = RecommendConsequence(case_id=other, measure="denial", benefits=("score_reduction",))
    desk.must(command, by="sam")
    desk.refused(DenyBenefits(case_id=other, reasons="Seals."), by="sue", code="no_sanction_owed", cite="6 USC 967(b)")


@pytest.mark.clause("6 USC 967(a)")
def test_a_consequence_without_merit_is_dropped_with_its_reason(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    heard(desk, company, case)
    desk.must(DropConsequence(case_id=case, reason="The company showed its seal log."), by="sue")
    assert Case.objects.get(pk=case).state == "dropped"
    assert given(company, desk.today) == FIRST_TIER
    assert not Deadline.objects.filter(case_id=case).exists()


# ---------------------------------------------------------------------------------------------- protections


@pytest.mark.clause("6 USC 967(a)")
def test_a_notice_shows_the_evidence_and_gives_the_whole_period(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    notice = GiveConsequenceNotice(case_id=case, message="We propose the following.")
    early = desk.today + timedelta(days=29)
    desk.refused(replace(notice, response_until=early), by="sam", code="period_long_enough", cite="6 USC 967(a)")
    desk.refused(replace(notice, message=""), by="sam", code="text_given")
    bare = RecordEvidence(case_id=case, failure=replace(SEALS, requirement="6 USC 963(2)"))
    desk.must(bare, by="sam")
    desk.refused(notice, by="sam", code="evidence_shown", cite="6 USC 967(a)")
    desk.must(
        replace(bare, failure=None, requirement="6 USC 963(2)", statement="None.", documents=(upload(desk, case),)),
        by="sam",
    )
    desk.must(notice, by="sam")
    response = Deadline.objects.get(case_id=case, clock="consequence_response")
    assert response.due_on == desk.today + timedelta(days=30)
    with_standing = opened(desk, company, "suspension")
    desk.must(replace(notice, case_id=with_standing), by="sam")
    assert Consequence.objects.get(pk=with_standing).response_until == desk.today + timedelta(days=90)


@pytest.mark.clause("6 USC 967(a)")
def test_a_notice_and_a_decision_are_never_dated_back(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    day = desk.today
    desk.today += timedelta(days=40)
    notice = GiveConsequenceNotice(case_id=case, message="We propose the following.")
    desk.refused(notice, by="sam", on=day, code="counts_today", cite="6 USC 967(a)")
    heard(desk, company, case)
    desk.must(RecommendConsequence(case_id=case, measure="denial", benefits=("score_reduction",)), by="sam")
    day = desk.today
    desk.today += timedelta(days=5)
    desk.refused(DenyBenefits(case_id=case, reasons="Seals."), by="sue", on=day, code="counts_today")


@pytest.mark.clause("6 USC 967(a)")
def test_nothing_is_decided_before_the_period_is_over_or_answered(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    desk.must(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
    last = desk.today + timedelta(days=30)
    desk.today = last
    desk.refused(EndResponsePeriod(case_id=case), by="sue", code="response_period_over", cite="6 USC 967(a)")
    desk.refused(
        ExtendResponsePeriod(case_id=case, response_until=last, reason="Late."), by="sue", code="period_extended"
    )
    longer = ExtendResponsePeriod(case_id=case, response_until=last + timedelta(days=10), reason="The mail was slow.")
    desk.must(longer, by="sue")
    desk.today = last + timedelta(days=10)
    desk.refused(EndResponsePeriod(case_id=case), by="sue", code="response_period_over")
    desk.today += timedelta(days=1)
    desk.must(EndResponsePeriod(case_id=case), by="sue")
    assert not Deadline.objects.filter(case_id=case).exists()
    desk.refused(ReplyToResponse(case_id=case, reply="-"), by="sam", code="response_on_file")
    desk.must(RecommendConsequence(case_id=case, measure="denial", benefits=("score_reduction",)), by="sam")
    desk.must(DenyBenefits(case_id=case, reasons="Seals are not checked."), by="sue")


@pytest.mark.clause("6 USC 967(a)")
def test_a_response_has_its_reply_before_anything_is_recommended(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    desk.must(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
    desk.refused(RespondToNotice(case_id=case, response=" "), by="ada", code="text_given")
    desk.must(
        RespondToNotice(case_id=case, response="Not so.", documents=(upload(desk, case, "Log", "ada"),)), by="ada"
    )
    command = RecommendConsequence(case_id=case, measure="denial", benefits=("score_reduction",))
    desk.refused(command, by="sam", code="reply_given", cite="6 USC 967(a)")
    desk.must(ReplyToResponse(case_id=case, reply="The log ends in May."), by="sam")
    desk.must(command, by="sam")


@pytest.mark.clause("6 USC 967(a)")
def test_evidence_found_after_the_notice_needs_a_new_notice(desk: Desk, company: Company) -> None:
    case = recommended(desk, company, "denial", ("score_reduction",))
    paper = upload(desk, case, "Later photo")
    late = RecordEvidence(case_id=case, requirement=SEALS.requirement, statement="Again.", documents=(paper,))
    desk.must(late, by="sam")
    desk.refused(DenyBenefits(case_id=case, reasons="Seals."), by="sue", code="evidence_shown", cite="6 USC 967(a)")
    desk.must(SendBackConsequence(case_id=case, reason="Give notice of the later photo."), by="sue")
    heard(desk, company, case)
    desk.must(RecommendConsequence(case_id=case, measure="denial", benefits=("score_reduction",)), by="sam")
    desk.must(DenyBenefits(case_id=case, reasons="Seals are not checked."), by="sue")


# ------------------------------------------------------------------------------------------------- decisions


@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"measure": "suspension", "period_until": date(2027, 1, 1), "benefits": ()}, "within_the_notice"),
        ({"benefits": ("score_reduction", "dedicated_lanes")}, "within_the_notice"),
        ({"benefits": ()}, "benefits_named"),
        ({"period_until": date(2027, 1, 1)}, "benefits_named"),
    ],
)
def test_nobody_is_deprived_of_what_the_notice_did_not_name(
    desk: Desk, company: Company, change: dict[str, object], code: str
) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    heard(desk, company, case)
    command = RecommendConsequence(case_id=case, measure="denial", benefits=("score_reduction",))
    desk.refused(replace(command, **change), by="sam", code=code)  # type: ignore[arg-type]


@pytest.mark.clause("6 USC 967(b)")
def test_a_sanction_is_recommended_with_its_last_day(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "expulsion")
    heard(desk, company, case)
    desk.refused(RecommendConsequence(case_id=case, measure="expulsion"), by="sam", code="period_named")
    until = desk.today + timedelta(days=400)
    desk.must(RecommendConsequence(case_id=case, measure="suspension", period_until=until), by="sam")
    desk.refused(ExpelParticipant(case_id=case, reasons="False."), by="sue", code="as_recommended", cite="6 USC 971(a)")
    too_short = SuspendParticipant(case_id=case, reasons="False.", period_until=desk.today)
    desk.refused(too_short, by="sue", code="period_stated", cite="6 USC 967(b)")
    desk.must(SuspendParticipant(case_id=case, reasons="It said what it knew to be false."), by="sue")


@pytest.mark.clause("6 USC 967(a)")
def test_what_is_decided_was_recommended(desk: Desk, company: Company) -> None:
    case = recommended(desk, company, "denial", ("score_reduction", "dedicated_lanes"))
    command = DenyBenefits(case_id=case, reasons="Seals are not checked.")
    desk.refused(replace(command, benefits=("assigned_specialist",)), by="sue", code="as_recommended")
    desk.refused(replace(command, reasons=" "), by="sue", code="text_given")
    desk.refused(SuspendParticipant(case_id=case, reasons="-"), by="sue", code="as_recommended")
    desk.must(replace(command, benefits=("dedicated_lanes",)), by="sue")
    assert given(company, desk.today) == FIRST_TIER - {"dedicated_lanes"}


@pytest.mark.clause("6 USC 971(a)")
def test_the_person_who_recommended_does_not_decide_even_on_a_loan(desk: Desk, company: Company) -> None:
    case = recommended(desk, company, "denial", ("score_reduction",))
    desk.must(SendBackConsequence(case_id=case, reason="Look at the lanes too."), by="sue")
    desk.must(AssignCase(case_id=case, account_id=desk.people["both"]), by="sue")
    desk.must(RecommendConsequence(case_id=case, measure="denial", benefits=("score_reduction",)), by="both")
    command = DenyBenefits(case_id=case, reasons="Seals are not checked.")
    desk.refused(command, by="both", code="second_person", cite="6 USC 971(a)")
    pat = desk.person("pat", Office.SPECIALIST)
    loan = DelegateOffice(
        delegate_id=pat,
        office=Office.SUPERVISOR,
        from_day=desk.today,
        to_day=desk.today + timedelta(days=9),
        reason="On leave.",
    )
    desk.must(loan, by="both")
    desk.refused(command, by="pat", code="second_person")
    desk.must(loan, by="sue")
    desk.must(command, by="pat")
    assert str(desk.people["sue"]) in Consequence.objects.get(pk=case).took_part  # who lends an office answers for it


@pytest.mark.clause("6 USC 971(c)")
def test_each_step_has_its_office(desk: Desk, company: Company) -> None:
    case = recommended(desk, company, "denial", ("score_reduction",))
    desk.refused(DenyBenefits(case_id=case, reasons="-"), by="sam", code="authority")
    desk.refused(DropConsequence(case_id=case, reason="-"), by="ada", code="authority")
    desk.refused(SendBackConsequence(case_id=case, reason=" "), by="sue", code="text_given", cite="6 USC 971(a)")
    desk.refused(GiveConsequenceNotice(case_id=case, message="-"), by="stu", code="authority")


@pytest.mark.clause("6 USC 967(b)")
def test_only_false_information_in_a_validation_leads_to_suspension(desk: Desk, company: Company) -> None:
    outside = replace(misinformed(desk), given_on=date(2026, 1, 5))
    command = OpenConsequence(participant_id=company.participant, proposed="suspension", misinformation=outside)
    case = desk.must(command, by="sam").case_id
    assert case is not None
    paper = upload(desk, case)
    desk.must(RecordEvidence(case_id=case, statement="Rosters.", documents=(paper,)), by="sam")
    heard(desk, company, case)
    until = desk.today + timedelta(days=100)
    desk.must(RecommendConsequence(case_id=case, measure="suspension", period_until=until), by="sam")
    desk.refused(SuspendParticipant(case_id=case, reasons="-"), by="sue", code="during_validation", cite="6 USC 967(b)")
    desk.must(DropConsequence(case_id=case, reason="It was said before the validation began."), by="sue")
