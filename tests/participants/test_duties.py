"""The standing duties: contacts, hand-over, notices of change, withdrawal (6 USC 961(a), 963(3), 964(b); RC-18)."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from greenlane.applications.commands import OpenApplication
from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Case, Document, Notice
from greenlane.law.authority import Office
from greenlane.participants.benefits import benefits_on, stood_on
from greenlane.participants.chain import RecordSite
from greenlane.participants.commands_duties import WithdrawFromProgramme
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.models import Participant, Person
from greenlane.participants.parts import EndPart, RecordPerson
from greenlane.participants.queries import named_officer, persons
from greenlane.people.commands import CloseAccount, EndOffice, GrantOffice
from greenlane.people.queries import holdings_of
from greenlane.profiles.commands_answers import SubmitReview
from greenlane.profiles.commands_changes import ReviewChangeNotice
from greenlane.profiles.commands_contacts import (
    ClearContactAlarm,
    ConfirmContact,
    EndContact,
    NameContact,
    ReportBouncedContact,
)
from greenlane.profiles.commands_handover import AcceptHandOver, ProposeHandOver, WithdrawHandOver, open_hand_overs
from greenlane.profiles.contacts import contact_facts, contacts_of
from greenlane.profiles.models import ChangeNotice, Contact, ContactAlarm, ProfileReview
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import Investigation
from tests.companies import Company
from tests.desk import Desk
from tests.lives import founded_desk
from tests.profiles.stage import affirm_all, anniversary, certified_company, opened_review, second_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = founded_desk()
    desk.prove = False
    return desk


def contact(company: Company, name: str, desk: Desk) -> Contact:
    return contacts_of(company.participant).get(account_id=desk.people[name])


@pytest.mark.clause("6 USC 963(3)")
def test_rc_18_who_signed_is_a_contact_and_a_second_one_is_asked_for(desk: Desk) -> None:
    company = certified_company(desk)
    facts = contact_facts(company.participant, desk.today)
    assert (len(facts.live), len(facts.officers)) == (1, 1)
    desk.today = anniversary(company) - timedelta(days=60)
    desk.wake()
    review = ProfileReview.objects.get()
    affirm_all(desk, review)
    desk.refused(SubmitReview(case_id=review.pk), by="ada", code="two_live_contacts", cite="6 USC 963(3)")
    second_contact(desk, company)
    desk.prove = True
    desk.must(SubmitReview(case_id=review.pk), by="ada")


@pytest.mark.clause("6 USC 963(3)")
def test_rc_18_a_certified_company_cannot_lose_its_last_contacts(desk: Desk) -> None:
    company = certified_company(desk)
    bob = second_contact(desk, company)
    desk.person("eve")
    desk.person("boss", Office.PROGRAMME_MANAGER)
    own = {"participant_id": company.participant}
    desk.must(GrantOffice(account_id=desk.people["eve"], office=Office.APPLICANT_OFFICER, **own), by="ada")
    desk.refused(EndContact(contact_id=bob.pk, reason="Left.", **own), by="ada", code="two_live_contacts")
    end = EndOffice(account_id=desk.people["ada"], office=Office.APPLICANT_OFFICER, reason="Left.", **own)
    desk.refused(end, by="eve", code="officer_contact", cite="6 USC 963(3)")
    close = CloseAccount(account_id=desk.people["ada"], reason="Left.")
    desk.refused(close, by="boss", code="two_live_contacts", cite="6 USC 963(3)")
    desk.must(NameContact(name="Eve", account_id=desk.people["eve"], **own), by="eve")
    desk.prove = True
    desk.must(close, by="boss")
    facts = contact_facts(company.participant, desk.today)
    assert (len(facts.live), len(facts.officers)) == (2, 1)


@pytest.mark.clause("6 USC 963(3)")
def test_a_contact_is_named_once_can_be_written_to_and_confirms_in_person(desk: Desk) -> None:
    company = certified_company(desk)
    own = {"participant_id": company.participant}
    for code, named in {
        "contact_can_be_written_to": NameContact(name="Nia", email="not an address", **own),
        "name_given": NameContact(name=" ", email="nia@example.org", **own),
        "account_is_the_companys": NameContact(name="Sue", account_id=desk.people["sue"], **own),
        "contact_is_new": NameContact(name="Ada", account_id=desk.people["ada"], **own),
        "phone_fits": NameContact(name="Nia", email="nia@example.org", phone="1" * 41, **own),
    }.items():
        desk.refused(named, by="ada", code=code)
    desk.must(NameContact(name="Nia", email="Nia@Example.org", **own), by="ada")
    nia = Contact.objects.get(email="nia@example.org")
    assert len(contact_facts(company.participant, desk.today).live) == 1
    confirm = ConfirmContact(contact_id=nia.pk, how="She answered the telephone.", **own)
    desk.refused(confirm, by="ada", code="contact_confirms_itself", cite="6 USC 963(3)")
    desk.refused(ConfirmContact(contact_id=nia.pk, **own), by="sam", code="contact_confirms_itself")
    desk.prove = True
    desk.must(confirm, by="sam")
    assert len(contact_facts(company.participant, desk.today).live) == 2


@pytest.mark.clause("6 USC 963(3)")
def test_rc_18_a_bounced_contact_raises_an_alarm_that_clears_when_it_is_reached_again(desk: Desk) -> None:
    company = certified_company(desk)
    bob = second_contact(desk, company)
    own = {"participant_id": company.participant, "contact_id": bob.pk}
    desk.prove = True
    desk.must(ReportBouncedContact(how="The letter came back.", **own), by="sam")
    alarm = ContactAlarm.objects.get()
    case = Case.objects.get(pk=alarm.pk)
    assert (case.kind, case.state) == ("contact_alarm", "open")
    assert [row.account_id for row in case.assignments.all()] == [desk.people["sam"]]
    assert len(contact_facts(company.participant, desk.today).live) == 1
    desk.refused(ReportBouncedContact(how="Again.", **own), by="sam", code="not_bounced_already")
    clear = ClearContactAlarm(case_id=alarm.pk, because="It will be fine.")
    desk.refused(clear, by="sam", code="two_live_contacts", cite="6 USC 963(3)")
    desk.must(ConfirmContact(**own), by="bob")
    assert Case.objects.get(pk=alarm.pk).state == "cleared"


@pytest.mark.clause("6 USC 963(3)")
def test_an_account_is_handed_over_to_one_who_signs_and_is_vetted(desk: Desk) -> None:
    company = certified_company(desk)
    second_contact(desk, company)
    own = {"participant_id": company.participant}
    before = latest_investigation(company.participant)
    for code, email in {"new_officer_has_an_account": "nobody@example.org"}.items():
        desk.refused(ProposeHandOver(email=email, reason="I retire.", **own), by="ada", code=code)
    desk.person("eve")
    desk.refused(
        ProposeHandOver(email="ada@example.org", reason="-", **own), by="ada", code="new_officer_has_an_account"
    )
    propose = ProposeHandOver(email="Eve@example.org", reason="I retire.", **own)
    desk.refused(propose, by="bob", code="authority")
    desk.must(propose, by="ada")
    desk.refused(propose, by="ada", code="one_hand_over_at_a_time")
    [row] = open_hand_overs(company.participant)
    accept = AcceptHandOver(
        hand_over_id=row.pk, title="Director", birth_date=date(1985, 4, 3), country="US", signed=True, **own
    )
    desk.refused(accept, by="bob", code="named_person_accepts")
    unsigned = AcceptHandOver(hand_over_id=row.pk, birth_date=date(1985, 4, 3), country="US", **own)
    desk.refused(unsigned, by="eve", code="new_officer_signs", cite="6 USC 963(3)")
    desk.prove = True
    desk.must(accept, by="eve")
    assert not any(h.participant for h in holdings_of(desk.people["ada"], desk.today))
    assert named_officer(company.participant, desk.people["eve"])
    assert not named_officer(company.participant, desk.people["ada"])
    facts = contact_facts(company.participant, desk.today)
    assert (len(facts.live), len(facts.officers)) == (2, 1)
    assert Case.objects.get(pk=before).state == "open"
    assert open_hand_overs(company.participant) == []


@pytest.mark.clause("6 USC 963(3)")
def test_a_supervisor_hands_over_on_proof_when_the_officer_is_gone(desk: Desk) -> None:
    company = certified_company(desk)
    second_contact(desk, company)
    desk.person("eve")
    own = {"participant_id": company.participant}
    bare = {"email": "eve@example.org", "reason": "The officer died.", "leaving": desk.people["ada"]}
    desk.refused(ProposeHandOver(**bare, **own), by="sue", code="absence_shown", cite="6 USC 963(3)")
    someone = ProposeHandOver(email="eve@example.org", reason="-", leaving=desk.people["bob"], **own)
    desk.refused(someone, by="sue", code="officer_hands_over")
    desk.must(
        UploadDocument(
            case_id=company.participant,
            title="Letter of the board",
            file_name="letter.txt",
            media_type="text/plain",
            size=3,
            sha256=hashlib.sha256(b"gone").hexdigest(),
        ),
        by="sue",
    )
    letter = Document.objects.get(case_id=company.participant).pk
    desk.must(ProposeHandOver(**bare, proof=(letter,), **own), by="sue")
    [row] = open_hand_overs(company.participant)
    desk.prove = True
    desk.must(WithdrawHandOver(hand_over_id=row.pk, reason="The officer came back.", **own), by="ada")
    assert open_hand_overs(company.participant) == []


@pytest.mark.clause("6 USC 963(3)")
def test_rc_18_a_hand_over_falls_with_the_office_of_who_proposed_it(desk: Desk) -> None:
    """An officer who was removed leaves nobody behind who can still take the account."""
    company = certified_company(desk)
    second_contact(desk, company)
    own = {"participant_id": company.participant}
    for who in ("eve", "nia"):
        desk.person(who)
    desk.must(GrantOffice(account_id=desk.people["nia"], office=Office.APPLICANT_OFFICER, **own), by="ada")
    desk.must(NameContact(name="Nia", account_id=desk.people["nia"], **own), by="nia")
    desk.must(ProposeHandOver(email="eve@example.org", reason="I retire.", **own), by="ada")
    [row] = open_hand_overs(company.participant)
    end = EndOffice(account_id=desk.people["ada"], office=Office.APPLICANT_OFFICER, reason="Dismissed.", **own)
    desk.must(end, by="nia")
    accept = AcceptHandOver(hand_over_id=row.pk, birth_date=date(1985, 4, 3), country="US", signed=True, **own)
    desk.refused(accept, by="eve", code="officer_still_hands_over", cite="6 USC 963(3)")
    assert not any(h.participant for h in holdings_of(desk.people["eve"], desk.today))


@pytest.mark.clause("6 USC 964(b)")
def test_an_owner_change_reopens_vetting_and_reaches_the_specialist(desk: Desk) -> None:
    company = certified_company(desk)
    case = latest_investigation(company.participant)
    assert Case.objects.get(pk=case).state == "cleared"
    desk.prove = True
    owner = RecordPerson(
        participant_id=company.participant,
        role="owner",
        name="Nova Invented",
        birth_date=date(1966, 6, 6),
        country="US",
        share_percent=60,
    )
    desk.must(owner, by="ada")
    assert Case.objects.get(pk=case).state == "open"
    notice = ChangeNotice.objects.get(participant_id=company.participant)
    assert [(row.what, row.name) for row in notice.changes.all()] == [("owner", "Nova Invented")]
    assert [row.account_id for row in Case.objects.get(pk=notice.pk).assignments.all()] == [desk.people["sam"]]


@pytest.mark.clause("6 USC 964(b)")
def test_changes_are_gathered_in_one_notice_until_it_is_looked_at(desk: Desk) -> None:
    company = certified_company(desk)
    site = {"use": "yard", "address": "8 Dock", "city": "Houston", "country": "US"}
    own = {"participant_id": company.participant}
    desk.must(RecordSite(name="Yard Eight", **site, **own), by="ada")
    officer = persons(company.participant).get(role="officer")
    desk.must(EndPart(part="person", series=officer.series, reason="Left.", **own), by="ada")
    notice = ChangeNotice.objects.get()
    assert {row.what for row in notice.changes.all()} == {"site", "officer"}
    desk.refused(ReviewChangeNotice(case_id=notice.pk, found=" "), by="sam", code="found_given")
    desk.prove = True
    desk.must(ReviewChangeNotice(case_id=notice.pk, found="The yard is fenced; the officer left."), by="sam")
    desk.must(RecordSite(name="Yard Nine", **site, **own), by="ada")
    assert ChangeNotice.objects.count() == 2


@pytest.mark.clause("6 USC 964(b)")
def test_what_an_applicant_changes_is_no_notice(desk: Desk) -> None:
    Company(desk, "ada").register().fill_profile().map_chain()
    assert not ChangeNotice.objects.exists()


@pytest.mark.clause("6 USC 961(a)")
def test_a_participant_withdraws_at_any_time_and_its_benefits_end_that_day(desk: Desk) -> None:
    company, review = opened_review(desk)
    own = {"participant_id": company.participant}
    desk.refused(WithdrawFromProgramme(sure=True, **own), by="bob", code="authority")
    desk.refused(WithdrawFromProgramme(**own), by="ada", code="withdrawal_meant", cite="6 USC 961(a)")
    desk.refused(WithdrawFromProgramme(sure=True, reason="x" * 2_001, **own), by="ada", code="reason_fits")
    desk.refused(WithdrawFromProgramme(sure=True, **own), by="ada", code="counts_when_received", on=date(2026, 5, 5))
    desk.prove = True
    desk.must(WithdrawFromProgramme(sure=True, **own), by="ada")
    participant = Participant.objects.get(pk=company.participant)
    assert (participant.standing, participant.tier) == ("withdrawn", 0)
    assert not any(status.given for status in benefits_on(participant, desk.today))
    assert any(status.given for status in benefits_on(participant, desk.today - timedelta(days=1)))
    assert Case.objects.get(pk=review.pk).state == "closed"
    assert latest_investigation(company.participant) is None
    assert Notice.objects.filter(template="withdrawal_received", participant_id=company.participant).exists()
    desk.refused(WithdrawFromProgramme(sure=True, **own), by="ada", code="takes_part")
    desk.must(OpenApplication(**own), by="ada")


@pytest.mark.clause("6 USC 961(a)")
def test_leaving_does_not_end_a_suspension_for_a_stated_period(desk: Desk) -> None:
    company = certified_company(desk)
    desk.must(SetStanding(participant_id=company.participant, standing="suspended", tier=0, reason="967(b)"))
    desk.prove = True
    desk.must(WithdrawFromProgramme(participant_id=company.participant, sure=True), by="ada")
    assert stood_on(company.participant, desk.today).standing == "suspended"
    desk.refused(OpenApplication(participant_id=company.participant), by="ada", code="standing_allows")


@pytest.mark.clause("6 USC 961(a)")
def test_only_an_officer_whom_the_company_names_withdraws_it(desk: Desk) -> None:
    company = certified_company(desk)
    desk.person("eve")
    own = {"participant_id": company.participant}
    desk.must(GrantOffice(account_id=desk.people["eve"], office=Office.APPLICANT_OFFICER, **own), by="ada")
    desk.refused(WithdrawFromProgramme(sure=True, **own), by="eve", code="officer_named", cite="6 USC 961(a)")
    assert Person.objects.filter(participant_id=company.participant, role="officer").count() == 1
    assert Investigation.objects.filter(participant_id=company.participant).exists()
