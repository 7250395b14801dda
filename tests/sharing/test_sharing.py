"""A status is shared only with consent, for a purpose and on record; consent withdrawn ends it all (6 USC 971(c))."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.applications.entries import CriterionAnswer
from greenlane.applications.models import AnswerRow
from greenlane.applications.parts import AnswerCriteria
from greenlane.casework.models import Notice
from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.participants.commands_merging import ConsentToAccountChange, MergeAccounts
from greenlane.participants.commands_standing import SetStanding
from greenlane.people.commands import GrantOffice
from greenlane.people.models import OfficeHolding
from greenlane.records.models import ReadLog
from greenlane.records.reads import reads_of
from greenlane.sharing import numbers, queries, reading
from greenlane.sharing.commands import (
    EndMonitoring,
    GiveVerificationConsent,
    MonitorPartner,
    WithdrawVerificationConsent,
)
from greenlane.sharing.commands_agreements import EndSharingAgreement, PublishSharingAgreement
from greenlane.sharing.commands_assessments import (
    AskPartner,
    EndSharedAssessment,
    ReceiveAssessment,
    ShareAssessment,
)
from greenlane.sharing.models import Monitor, SharedAssessment, VerificationConsent
from greenlane.sharing.reading import AgencyLook, Look
from tests.companies import Company, found_programme
from tests.desk import Desk

pytestmark = pytest.mark.django_db
AGENCY = "Invented Food Office"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    desk.person("mona", Office.PROGRAMME_MANAGER)
    for name, title in (("ada", "Lantern Imports"), ("eve", "Kettle Imports"), ("zoe", "Comet Imports")):
        company = Company(desk, name, name=title).register()
        desk.must(SetStanding(participant_id=company.participant, standing="certified", tier=2, reason="Invented."))
    Company(desk, "sid", name="Teapot Supplies").register()  # a supplier that takes no part
    desk.prove = True
    return desk


def key(desk: Desk, name: str) -> UUID:
    held = OfficeHolding.objects.get(account_id=desk.people[name], office=Office.APPLICANT_OFFICER.value)
    assert held.participant_id is not None
    return held.participant_id


def consent(desk: Desk, name: str, **scope: bool) -> str:
    desk.must(GiveVerificationConsent(participant_id=key(desk, name), **scope), by=name)
    found = queries.consent_of(key(desk, name))
    assert found is not None
    return found.number


def look(desk: Desk, name: str, purpose: str = "A new supplier.") -> Look:
    return Look(desk.people[name], key(desk, name), purpose, desk.at)


def reads(desk: Desk, name: str) -> list[ReadLog]:
    return list(reads_of(key(desk, name)))


@given(st.randoms(use_true_random=False))
def test_a_slip_in_a_number_is_found(random: Any) -> None:
    number = numbers.draw()
    assert numbers.well_formed(numbers.shown(number).lower())
    at = random.randrange(len(number))
    other = random.choice([sign for sign in numbers.SIGNS if sign != number[at]])
    assert not numbers.well_formed(number[:at] + other + number[at + 1 :])


@pytest.mark.parametrize("bad", ["", "2345", "2345-6789-ABC0", "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ", "2" * 13])
def test_what_is_no_number_is_none(bad: str) -> None:
    assert not numbers.well_formed(bad)


@pytest.mark.clause("6 USC 971(c)")
def test_rc_22_a_status_is_seen_only_while_both_consent_for_a_purpose_and_once_on_record(desk: Desk) -> None:
    number = consent(desk, "eve")
    seen = reading.look_up(look(desk, "ada"), number)
    assert [r.code for r in seen.verdict.failing] == ["asker_consents"]
    consent(desk, "ada")
    assert [r.code for r in reading.look_up(look(desk, "ada", " "), number).verdict.failing] == ["purpose_stated"]
    stranger = dataclasses.replace(look(desk, "ada"), account=desk.people["zoe"])
    assert [r.code for r in reading.look_up(stranger, number).verdict.failing] == ["acts_for_the_asker"]
    assert reads(desk, "eve") == []
    seen = reading.look_up(look(desk, "ada"), f" {numbers.shown(number).lower()} ")
    assert seen.verdict.granted
    [status] = seen.found
    assert (status.name, status.standing, status.since, status.tier) == (
        "Kettle Imports",
        "certified",
        desk.today,
        None,
    )
    [read] = reads(desk, "eve")
    assert (read.account, read.office, read.purpose) == (
        desk.people["ada"],
        "applicant_officer",
        "Lantern Imports: A new supplier.",
    )


@pytest.mark.clause("6 USC 971(c)")
def test_an_unknown_number_and_one_without_consent_are_answered_alike(desk: Desk) -> None:
    consent(desk, "ada")
    number = consent(desk, "eve")
    desk.must(WithdrawVerificationConsent(participant_id=key(desk, "eve")), by="eve")
    agencies_only = consent(desk, "zoe", with_participants=False, with_agencies=True)
    answers = [reading.look_up(look(desk, "ada"), one) for one in (number, agencies_only, numbers.draw(), "nonsense")]
    assert all(answer == answers[0] for answer in answers)
    assert [r.code for r in answers[0].verdict.failing] == ["status_shown"]
    assert not ReadLog.objects.exclude(participant=None).exists()


@pytest.mark.clause("6 USC 971(c)")
def test_nobody_finds_a_number_by_trying(desk: Desk) -> None:
    consent(desk, "ada")
    number = consent(desk, "eve")
    for _ in range(reading.MOST_MISSES):
        assert [r.code for r in reading.look_up(look(desk, "ada"), numbers.draw()).verdict.failing] == ["status_shown"]
    for tried in (numbers.draw(), number):
        assert [r.code for r in reading.look_up(look(desk, "ada"), tried).verdict.failing] == ["few_misses"]
    assert reads(desk, "eve") == []
    later = dataclasses.replace(look(desk, "ada"), at=desk.at + reading.MISSES_WITHIN)
    assert reading.look_up(later, number).verdict.granted


@pytest.mark.clause("6 USC 971(c)")
def test_the_tier_is_shown_only_where_the_consent_says_so(desk: Desk) -> None:
    consent(desk, "ada")
    number = consent(desk, "eve")
    assert consent(desk, "eve", show_tier=True) == number  # a new scope keeps the number
    [status] = reading.look_up(look(desk, "ada"), number).found
    assert status.tier == 2
    same = GiveVerificationConsent(participant_id=key(desk, "eve"), show_tier=True)
    desk.refused(same, by="eve", code="consent_is_new", cite="6 USC 971(c)")
    nobody = GiveVerificationConsent(participant_id=key(desk, "eve"), with_participants=False)
    desk.refused(nobody, by="eve", code="somebody_may_see")
    desk.refused(nobody, by="ada", code="authority")


@pytest.mark.clause("6 USC 971(c)")
def test_who_monitors_is_told_of_a_change_of_standing_and_of_nothing_else(desk: Desk) -> None:
    consent(desk, "ada")
    number = consent(desk, "eve")
    desk.must(MonitorPartner(participant_id=key(desk, "ada"), number=number), by="ada")
    told = Notice.objects.filter(participant_id=key(desk, "ada"), template="status_told")
    assert told.count() == 1  # the status at the beginning
    up = SetStanding(participant_id=key(desk, "eve"), standing="certified", tier=3, reason="Invented.")
    desk.must(up)
    assert told.count() == 1  # the tier is not shown
    desk.today += timedelta(days=1)
    down = SetStanding(participant_id=key(desk, "eve"), standing="suspended", tier=0, reason="Invented.")
    desk.must(down)
    assert told.count() == 2
    assert "suspended" in str(told.latest("served_on").body)
    assert [read.what for read in reads(desk, "eve")] == ["status told to a partner"] * 2
    [watched] = reading.monitored(look(desk, "ada", "Weekly check."))[1]
    assert (watched.status.name, watched.status.standing) == ("Kettle Imports", "suspended")
    assert len(reads(desk, "eve")) == 3
    desk.must(EndMonitoring(participant_id=key(desk, "ada"), monitor_id=watched.monitor.pk), by="ada")
    desk.must(dataclasses.replace(down, standing="expelled"))
    assert told.count() == 2
    with pytest.raises(Missing):
        desk.give(EndMonitoring(participant_id=key(desk, "ada"), monitor_id=watched.monitor.pk), by="ada")


@pytest.mark.clause("6 USC 971(c)")
def test_each_refusal_of_monitoring_has_its_clause(desk: Desk) -> None:
    number = consent(desk, "eve")
    monitor = MonitorPartner(participant_id=key(desk, "ada"), number=number)
    desk.refused(monitor, by="ada", code="asker_consents", cite="6 USC 971(c)")
    own = consent(desk, "ada")
    for wrong, code in (
        ("2345-6789-AAAA", "number_well_written"),
        (numbers.draw(), "status_shown"),
        (own, "partner_is_another"),
    ):
        desk.refused(dataclasses.replace(monitor, number=wrong), by="ada", code=code, cite="6 USC 971(c)")
    desk.must(monitor, by="ada")
    desk.refused(monitor, by="ada", code="not_monitored_already")


@pytest.mark.clause("6 USC 971(c)", "6 USC 961(a)")
def test_consent_withdrawn_ends_everything_at_once(desk: Desk) -> None:
    answered(desk, "sid")
    number, own = consent(desk, "sid", with_agencies=True), consent(desk, "ada")
    for who, whom in (("ada", number), ("sid", own)):
        desk.must(MonitorPartner(participant_id=key(desk, who), number=whom), by=who)
    share(desk, "sid", own)
    agreement(desk)
    [shared] = queries.shared_with(key(desk, "ada"), desk.today)
    before = ReadLog.objects.exclude(participant=None).count()
    desk.must(WithdrawVerificationConsent(participant_id=key(desk, "sid")), by="sid")
    assert not Monitor.objects.filter(until=None).exists()
    assert not reading.look_up(look(desk, "ada"), number).found
    assert reading.monitored(look(desk, "ada"))[1] == []
    assert reading.agency_list(agency_look(desk)).found == ()
    assert reading.read_assessment(look(desk, "ada"), shared.pk)[1] is None
    desk.must(SetStanding(participant_id=key(desk, "sid"), standing="suspended", tier=0, reason="Invented."))
    assert ReadLog.objects.exclude(participant=None).count() == before
    assert Notice.objects.filter(participant_id=key(desk, "sid"), template="verification_withdrawn").count() == 1
    with pytest.raises(Missing):
        desk.give(WithdrawVerificationConsent(participant_id=key(desk, "sid")), by="sid")
    assert consent(desk, "sid") != number  # a number that was given up stays unknown
    assert queries.by_number(number) is None


@pytest.mark.clause("6 USC 971(c)")
def test_the_asker_that_withdraws_sees_nothing_more(desk: Desk) -> None:
    number = consent(desk, "eve")
    consent(desk, "ada")
    desk.must(MonitorPartner(participant_id=key(desk, "ada"), number=number), by="ada")
    desk.must(WithdrawVerificationConsent(participant_id=key(desk, "ada")), by="ada")
    verdict, watched = reading.monitored(look(desk, "ada"))
    assert ([r.code for r in verdict.failing], watched) == (["asker_consents"], [])
    desk.must(SetStanding(participant_id=key(desk, "eve"), standing="suspended", tier=0, reason="Invented."))
    assert Notice.objects.filter(participant_id=key(desk, "ada"), template="status_told").count() == 1


@pytest.mark.clause("6 USC 971(c)")
def test_a_consent_for_agencies_only_ends_the_monitoring_by_others(desk: Desk) -> None:
    number = consent(desk, "eve")
    consent(desk, "ada")
    desk.must(MonitorPartner(participant_id=key(desk, "ada"), number=number), by="ada")
    consent(desk, "eve", with_participants=False, with_agencies=True)
    assert not Monitor.objects.filter(until=None).exists()


def agreement(desk: Desk, **more: Any) -> UUID:
    """An agreement from today for thirty days, and Fay of that agency."""
    if "fay" not in desk.people:
        desk.person("fay")
        office = GrantOffice(account_id=desk.people["fay"], office=Office.PARTNER_AGENCY, agency=AGENCY)
        desk.must(office, by="mona")
    answer = desk.must(publish(desk, **more), by="mona")
    assert answer.case_id is not None
    return answer.case_id


def publish(desk: Desk, **more: Any) -> PublishSharingAgreement:
    values: dict[str, Any] = {
        "programme": "ctpat",
        "agency": AGENCY,
        "kinds": ("status",),
        "purpose": "To plan inspections.",
        "since": desk.today,
        "until": desk.today + timedelta(days=30),
    }
    return PublishSharingAgreement(**values | more)


def agency_look(desk: Desk, name: str = "fay", purpose: str = "Inspections of May.") -> AgencyLook:
    return AgencyLook(desk.people[name], "ctpat", purpose, desk.at)


@pytest.mark.clause("6 USC 971(c)", "19 USC 4311(b)(4)")
def test_rc_22_an_agency_reads_who_consents_within_its_agreement_and_each_read_is_seen(desk: Desk) -> None:
    consent(desk, "eve", with_agencies=True, show_tier=True)
    consent(desk, "ada")  # to participants only
    consent(desk, "zoe", with_participants=False, with_agencies=True)
    agreement(desk)
    seen = reading.agency_list(agency_look(desk))
    assert [(s.name, s.standing, s.tier) for s in seen.found] == [
        ("Comet Imports", "certified", None),
        ("Kettle Imports", "certified", None),
    ]
    for name in ("eve", "zoe"):
        [read] = reads(desk, name)
        assert (read.office, read.purpose) == ("partner_agency", f"{AGENCY}: Inspections of May.")
    assert reads(desk, "ada") == []


@pytest.mark.clause("6 USC 971(c)")
def test_the_tier_reaches_an_agency_only_by_agreement_and_consent(desk: Desk) -> None:
    consent(desk, "eve", with_agencies=True, show_tier=True)
    consent(desk, "zoe", with_agencies=True)
    agreement(desk, kinds=("status", "tier"))
    assert [s.tier for s in reading.agency_list(agency_look(desk)).found] == [None, 2]


@pytest.mark.clause("6 USC 971(c)")
def test_an_agency_without_agreement_purpose_or_days_reads_nothing(desk: Desk) -> None:
    consent(desk, "eve", with_agencies=True)
    case = agreement(desk, since=desk.today + timedelta(days=5))

    def codes(look: AgencyLook) -> list[str]:
        seen = reading.agency_list(look)
        assert seen.found == ()
        assert {r.citation.cite for r in seen.verdict.failing} == {"6 USC 971(c)"}
        return [r.code for r in seen.verdict.failing]

    assert codes(agency_look(desk)) == ["sharing_agreement"]  # it begins later
    desk.today += timedelta(days=5)
    assert codes(agency_look(desk, purpose=" ")) == ["purpose_stated"]
    assert codes(agency_look(desk, "mona")) == ["sharing_agreement"]  # of no agency
    assert codes(dataclasses.replace(agency_look(desk), programme="other")) == ["sharing_agreement"]
    desk.must(EndSharingAgreement(case_id=case, reason="The purpose is met."), by="mona")
    assert codes(agency_look(desk)) == ["sharing_agreement"]
    assert not ReadLog.objects.exists()


@pytest.mark.clause("6 USC 971(c)", "19 USC 4311(b)(4)")
def test_each_refusal_of_an_agreement_has_its_clause(desk: Desk) -> None:
    for change, code in (
        ({"kinds": ("tier",)}, "kinds_named"),
        ({"agency": " "}, "agency_given"),
        ({"purpose": "x" * 301}, "purpose_given"),
        ({"until": desk.today - timedelta(days=1)}, "days_in_order"),
        ({"since": desk.today - timedelta(days=1)}, "days_in_order"),
    ):
        desk.refused(publish(desk, **change), by="mona", code=code)
    case = agreement(desk)
    desk.refused(publish(desk), by="mona", code="no_other_agreement_then", cite="6 USC 971(c)")
    desk.refused(publish(desk), by="ada", code="authority")
    desk.refused(EndSharingAgreement(case_id=case, reason=" "), by="mona", code="reason_given")
    desk.must(EndSharingAgreement(case_id=case, reason="Done."), by="mona")
    with pytest.raises(Missing):
        desk.give(EndSharingAgreement(case_id=case, reason="Done."), by="mona")
    desk.must(publish(desk), by="mona")


def answered(desk: Desk, name: str) -> None:
    """The company answers 1.1 and 1.2 in its application."""
    prove, desk.prove = desk.prove, False
    company = Company(desk, name, participant=key(desk, name)).fill_profile().open()
    answers = tuple(CriterionAnswer(number=n, value="no", narrative="Not yet.") for n in ("1.1", "1.2"))
    desk.must(AnswerCriteria(case_id=company.application, answers=answers), by=name)
    assert AnswerRow.objects.filter(application_id=company.application).exists()
    desk.prove = prove


def sharing(desk: Desk, name: str, *numbers_: str, **more: Any) -> ShareAssessment:
    until = desk.today + timedelta(days=100)
    return ShareAssessment(participant_id=key(desk, name), numbers=numbers_, **{"expires_on": until, **more})


def share(desk: Desk, name: str, *numbers_: str, **more: Any) -> None:
    desk.must(sharing(desk, name, *numbers_, **more), by=name)


def asking(desk: Desk, number: str, *criteria: str) -> AskPartner:
    return AskPartner(participant_id=key(desk, "ada"), number=number, criteria=criteria, message="How do you do it?")


@pytest.mark.clause("6 USC 963(2)(A)", "6 USC 971(c)")
def test_an_assessment_is_announced_to_nobody_with_whom_it_is_not_shared(desk: Desk) -> None:
    answered(desk, "sid")
    consent(desk, "sid")
    own = consent(desk, "ada")
    share(desk, "sid", own, criteria=("1.1",))
    to_zoe = ReceiveAssessment(participant_id=key(desk, "zoe"), assessment_id=SharedAssessment.objects.get().pk)
    desk.refused(to_zoe, code="shared_with_them", cite="6 USC 971(c)")
    assert not Notice.objects.filter(participant_id=key(desk, "zoe"), template="assessment_received").exists()


@pytest.mark.clause("6 USC 963(2)(A)", "6 USC 971(c)")
def test_rc_26_nobody_asks_again_for_an_answer_that_is_shared_and_valid(desk: Desk) -> None:
    answered(desk, "sid")
    number, own, other = (consent(desk, name) for name in ("sid", "ada", "zoe"))
    desk.must(asking(desk, number, "1.1"), by="ada")
    assert Notice.objects.filter(participant_id=key(desk, "sid"), template="partner_asked").count() == 1
    share(desk, "sid", own, criteria=("1.1",))
    assert Notice.objects.filter(participant_id=key(desk, "ada"), template="assessment_received").count() == 1
    shared = SharedAssessment.objects.get()
    answer = desk.refused(asking(desk, number, "1.1"), by="ada", code="not_answered_already", cite="6 USC 963(2)(A)")
    [why] = answer.verdict.failing
    assert why.where == f"assessment:{shared.pk}"
    assert str(shared.pk) in str(why.mend)
    verdict, read = reading.read_assessment(look(desk, "ada"), shared.pk)
    assert verdict.granted
    assert read is not None
    assert read.answers == [
        {
            "number": "1.1",
            "value": "no",
            "narrative": "Not yet.",
            "not_applicable_reason": "",
            "answered_on": desk.today.isoformat(),
        }
    ]
    assert [one.what for one in reads(desk, "sid")] == ["shared assessment"]
    desk.must(asking(desk, number, "1.2"), by="ada")  # not answered in it
    elsewhere = dataclasses.replace(asking(desk, number, "1.1"), participant_id=key(desk, "zoe"))
    desk.must(elsewhere, by="zoe")  # not shared with Zoe
    assert reading.read_assessment(look(desk, "zoe"), shared.pk)[1] is None
    desk.today = shared.expires_on
    desk.refused(asking(desk, number, "1.1"), by="ada", code="not_answered_already")
    desk.today += timedelta(days=1)
    desk.must(asking(desk, number, "1.1"), by="ada")  # it has expired
    assert reading.read_assessment(look(desk, "ada"), shared.pk)[1] is None
    assert other


@pytest.mark.clause("6 USC 963(2)(A)")
def test_each_refusal_of_sharing_and_asking_has_its_clause(desk: Desk) -> None:
    answered(desk, "sid")
    own = consent(desk, "ada")
    desk.refused(sharing(desk, "sid", own), by="sid", code="asker_consents", cite="6 USC 971(c)")
    number = consent(desk, "sid")
    for command, code in (
        (sharing(desk, "sid"), "partners_named"),
        (sharing(desk, "sid", *[own[:-1] + sign for sign in numbers.SIGNS]), "partners_named"),
        (sharing(desk, "sid", numbers.draw()), "status_shown"),
        (sharing(desk, "sid", number), "partner_is_another"),
        (sharing(desk, "sid", own, criteria=("99.9",)), "answers_on_file"),
        (sharing(desk, "sid", own, expires_on=desk.today - timedelta(days=1)), "expires_within_a_year"),
        (sharing(desk, "sid", own, expires_on=desk.today + timedelta(days=366)), "expires_within_a_year"),
    ):
        desk.refused(command, by="sid", code=code)
    desk.refused(sharing(desk, "ada", number), by="ada", code="answers_on_file")  # Ada answered nothing
    for ask, code in (
        (asking(desk, number), "criteria_named"),
        (asking(desk, number, "1" * 21), "criteria_named"),
        (asking(desk, numbers.draw(), "1.1"), "status_shown"),
        (dataclasses.replace(asking(desk, number, "1.1"), message=" "), "message_given"),
    ):
        desk.refused(ask, by="ada", code=code)
    share(desk, "sid", own, expires_on=desk.today + timedelta(days=365))
    end = EndSharedAssessment(participant_id=key(desk, "sid"), assessment_id=SharedAssessment.objects.get().pk)
    desk.must(end, by="sid")
    desk.must(asking(desk, number, "1.1"), by="ada")
    with pytest.raises(Missing):
        desk.give(end, by="sid")


@pytest.mark.clause("6 USC 962", "6 USC 971(c)")
def test_rc_16_a_merger_loses_no_consent_and_the_number_says_merged(desk: Desk) -> None:
    consent(desk, "zoe")
    number, own = consent(desk, "eve"), consent(desk, "ada")
    desk.must(MonitorPartner(participant_id=key(desk, "zoe"), number=number), by="zoe")
    before = list(VerificationConsent.objects.order_by("pk").values())
    survivor, merged = key(desk, "ada"), key(desk, "eve")
    for by, act in (("ada", "survive"), ("eve", "merge")):
        other = merged if by == "ada" else survivor
        change = ConsentToAccountChange(participant_id=key(desk, by), act=act, other_id=other, reason="Yes.")  # type: ignore[arg-type]
        desk.must(change, by=by)
    desk.today += timedelta(days=1)
    merge = MergeAccounts(participant_id=survivor, merged_id=merged, takeover=True, reason="Bought.")
    desk.must(merge, by="mona")
    assert list(VerificationConsent.objects.order_by("pk").values()) == before
    [status] = reading.look_up(look(desk, "zoe"), number).found
    assert status.standing == "merged"
    assert Notice.objects.filter(participant_id=key(desk, "zoe"), template="status_told").count() == 2
    widen = GiveVerificationConsent(participant_id=merged, show_tier=True)
    desk.refused(widen, by="eve", code="account_goes_on_elsewhere", cite="6 USC 962")
    assert own
