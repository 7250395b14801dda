"""Accounts, offices, assignments, delegation and keys: what is granted and what is refused (6 USC 971(c))."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.people import queries
from greenlane.people.commands import AssignCase, CloseAccount, EndOffice, GrantOffice, OpenAccount, ReleaseCase
from greenlane.people.delegation import DelegateOffice, EndDelegation, IssueToken, RevokeToken
from greenlane.people.models import Account, Assignment, Delegation, OfficeHolding
from tests.companies import Company, found_programme
from tests.desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 971(c)")]
CITE = "6 USC 971(c)"
GONE = "Left for another employer."


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.person("boss", Office.PROGRAMME_MANAGER)
    return desk


@pytest.fixture
def company(desk: Desk) -> Company:
    desk.prove = False
    found_programme(desk, "importer")
    desk.prove = True
    return Company(desk, "ada").register()


def key(desk: Desk, account: UUID, token: str = "a key", **more: object) -> IssueToken:
    values: dict[str, object] = {"label": "The nightly job", "expires_on": desk.today + timedelta(days=30), **more}
    return IssueToken(account_id=account, hash=queries.token_hash(token), **values)  # type: ignore[arg-type]


def days(desk: Desk, first: int, last: int) -> dict[str, date]:
    return {"from_day": desk.today + timedelta(days=first), "to_day": desk.today + timedelta(days=last)}


@pytest.mark.parametrize(
    ("email", "name", "code"),
    [
        ("ada", "Ada", "email_is_an_address"),
        ("ada@@example.org", "Ada", "email_is_an_address"),
        ("a da@example.org", "Ada", "email_is_an_address"),
        ("ada\u202e@example.org", "Ada", "email_is_an_address"),
        (f"{'a' * 250}@example.org", "Ada", "email_is_an_address"),
        ("ada@example.org", " ", "person_is_named"),
        ("ada@example.org", "A" * 201, "person_is_named"),
        ("ada@example.org", "Ada \u202egnp.exe", "person_is_named"),
    ],
)
def test_an_account_needs_an_address_and_a_name_that_can_be_read(desk: Desk, email: str, name: str, code: str) -> None:
    desk.refused(OpenAccount(email=email, name=name), code=code, cite=CITE)


def test_one_address_has_one_account_however_it_is_written(desk: Desk) -> None:
    desk.must(OpenAccount(email="jos\u00e9@example.org", name="Jos\u00e9 Invented"))
    desk.refused(OpenAccount(email="Jose\u0301@EXAMPLE.org", name="Somebody Else"), code="email_is_free", cite=CITE)


def test_what_an_account_holds_ends_with_it(desk: Desk, company: Company) -> None:
    sam = desk.person("sam", Office.SPECIALIST)
    until = desk.today + timedelta(days=90)
    desk.must(GrantOffice(account_id=sam, office=Office.SUPERVISOR, until=until), by="boss")
    desk.must(key(desk, sam))
    desk.must(AssignCase(case_id=company.participant, account_id=sam), by="boss")
    desk.refused(CloseAccount(account_id=sam, reason=" "), by="boss", code="reason_given", cite="6 USC 971(b)")
    desk.must(CloseAccount(account_id=sam, reason=GONE), by="boss")
    assert queries.account_of_token("a key", desk.today) is None
    assert queries.holdings_of(sam, desk.today) == ()
    assert not OfficeHolding.objects.filter(queries.in_force(desk.today), account_id=sam).exists()
    assert not Assignment.objects.filter(queries.in_force(desk.today), account_id=sam).exists()
    with pytest.raises(Missing):
        desk.give(GrantOffice(account_id=sam, office=Office.AUDITOR), by="boss")


def test_a_company_keeps_an_officer_whoever_leaves(desk: Desk, company: Company) -> None:
    ada, eve = desk.people["ada"], desk.person("eve")
    own = {"office": Office.APPLICANT_OFFICER, "participant_id": company.participant}
    desk.refused(EndOffice(account_id=ada, reason=GONE, **own), by="ada", code="company_keeps_an_officer", cite=CITE)
    desk.refused(CloseAccount(account_id=ada, reason=GONE), by="boss", code="company_keeps_an_officer", cite=CITE)
    desk.must(GrantOffice(account_id=eve, **own), by="ada")
    desk.refused(EndOffice(account_id=ada, reason="", **own), by="eve", code="reason_given", cite="6 USC 971(b)")
    desk.must(CloseAccount(account_id=ada, reason=GONE), by="boss")
    desk.refused(EndOffice(account_id=eve, reason=GONE, **own), by="eve", code="company_keeps_an_officer")
    with pytest.raises(Missing):
        desk.give(EndOffice(account_id=eve, office=Office.CONSULTANT, reason=GONE), by="boss")


def test_an_office_is_given_only_where_it_fits(desk: Desk, company: Company) -> None:
    bob = desk.person("bob")
    own = {"participant_id": company.participant}

    def refused(code: str, by: str, **values: object) -> None:
        desk.refused(GrantOffice(account_id=bob, **values), by=by, code=code, cite=CITE)  # type: ignore[arg-type]

    refused("office_can_be_held", "boss", office=Office.SYSTEM)
    refused("office_can_be_held", "ada", office=Office.SUPERVISOR, **own)
    refused("company_office_names_its_company", "boss", office=Office.CONSULTANT)
    refused("company_office_names_its_company", "boss", office=Office.AUDITOR, **own)
    refused("company_on_record", "boss", office=Office.CONSULTANT, participant_id=uuid4())
    refused("agency_fits", "boss", office=Office.PARTNER_AGENCY, agency="A" * 101)
    refused("ends_after_it_begins", "boss", office=Office.AUDITOR, until=desk.today)
    desk.must(GrantOffice(account_id=bob, office=Office.APPLICANT_STAFF, **own), by="ada")
    refused("not_held_already", "ada", office=Office.APPLICANT_STAFF, **own)


def test_an_officer_gives_nothing_in_another_company(desk: Desk, company: Company) -> None:
    other = Company(desk, "eve", name="Stranger Kettle Imports").register()
    grant = GrantOffice(account_id=desk.people["eve"], office=Office.CONSULTANT, participant_id=company.participant)
    desk.refused(grant, by="eve", code="authority", cite=CITE)
    end = EndOffice(
        account_id=desk.people["ada"], office=Office.APPLICANT_OFFICER, participant_id=company.participant, reason=GONE
    )
    desk.refused(end, by="eve", code="authority", cite=CITE)
    assert other.participant != company.participant


def test_a_case_goes_to_who_works_on_cases_once(desk: Desk, company: Company) -> None:
    sam = desk.person("sam", Office.SPECIALIST)
    case = company.participant
    nobody = AssignCase(case_id=case, account_id=desk.people["ada"])
    desk.refused(nobody, by="boss", code="works_on_cases", cite="6 USC 971(a)(3)")
    desk.must(AssignCase(case_id=case, account_id=sam), by="boss")
    desk.refused(AssignCase(case_id=case, account_id=sam), by="boss", code="not_assigned_already", cite=CITE)
    desk.refused(ReleaseCase(case_id=case, account_id=sam, reason=""), by="boss", code="reason_given")
    desk.must(ReleaseCase(case_id=case, account_id=sam, reason="On leave."), by="boss")
    with pytest.raises(Missing):
        desk.give(ReleaseCase(case_id=case, account_id=sam, reason="On leave."), by="boss")


def test_an_office_is_lent_by_its_holder_to_a_colleague_for_some_days(desk: Desk) -> None:
    desk.person("sue", Office.SUPERVISOR)
    sam = desk.person("sam", Office.SPECIALIST)
    eve = desk.person("eve")

    def lend(to: UUID, office: Office, first: int, last: int) -> DelegateOffice:
        return DelegateOffice(delegate_id=to, office=office, reason="On leave.", **days(desk, first, last))

    desk.refused(lend(sam, Office.VETTING_ANALYST, 0, 5), by="sue", code="own_office", cite=CITE)
    desk.refused(lend(sam, Office.PROGRAMME_MANAGER, 0, 5), by="boss", code="office_can_be_lent", cite=CITE)
    desk.refused(lend(desk.people["sue"], Office.SUPERVISOR, 0, 5), by="sue", code="not_to_oneself", cite=CITE)
    desk.refused(lend(eve, Office.SUPERVISOR, 0, 5), by="sue", code="delegate_works_here", cite=CITE)
    desk.refused(lend(sam, Office.SUPERVISOR, 5, 4), by="sue", code="dates_in_order", cite=CITE)
    desk.refused(lend(sam, Office.SUPERVISOR, -1, 4), by="sue", code="dates_in_order", cite=CITE)
    desk.refused(lend(sam, Office.SUPERVISOR, 0, 93), by="sue", code="dates_in_order", cite=CITE)
    desk.must(lend(sam, Office.SUPERVISOR, 1, 5), by="sue")
    assert Office.SUPERVISOR not in {h.office for h in queries.holdings_of(sam, desk.today)}
    desk.today += timedelta(days=1)
    assert queries.answers_for(sam, Office.SUPERVISOR.value, desk.today) == (desk.people["sue"],)
    lent = Delegation.objects.get().pk
    end = EndDelegation(delegate_id=sam, delegation_id=lent)
    desk.person("pat", Office.SPECIALIST)
    desk.refused(end, by="pat", code="given_by_the_holder", cite=CITE)
    desk.must(end, by="sue")
    assert Office.SUPERVISOR not in {h.office for h in queries.holdings_of(sam, desk.today)}
    with pytest.raises(Missing):
        desk.give(end, by="sue")


def test_a_lent_office_ends_when_its_holder_leaves(desk: Desk) -> None:
    sue = desk.person("sue", Office.SUPERVISOR)
    sam = desk.person("sam", Office.SPECIALIST)
    lend = DelegateOffice(delegate_id=sam, office=Office.SUPERVISOR, reason="On leave.", **days(desk, 0, 30))
    desk.must(lend, by="sue")
    assert Office.SUPERVISOR in queries.offices_of(Account.objects.get(pk=sam), desk.today)
    desk.must(CloseAccount(account_id=sue, reason=GONE), by="boss")
    assert Office.SUPERVISOR not in queries.offices_of(Account.objects.get(pk=sam), desk.today)


def test_a_key_is_named_new_and_ends(desk: Desk) -> None:
    bob = desk.person("bob")
    long = desk.today + timedelta(days=400)
    desk.refused(key(desk, bob, label=" "), by="boss", code="key_is_named", cite=CITE)
    desk.refused(key(desk, bob, label="x" * 101), by="boss", code="key_is_named", cite=CITE)
    desk.refused(key(desk, bob, expires_on=long), by="boss", code="key_expires", cite=CITE)
    desk.refused(key(desk, bob, expires_on=desk.today), by="boss", code="key_expires", cite=CITE)
    plain = IssueToken(account_id=bob, label="x", hash="the key itself", expires_on=desk.today + timedelta(days=1))
    desk.refused(plain, by="boss", code="hash_only", cite=CITE)
    issued = desk.must(key(desk, bob), by="boss")
    desk.refused(key(desk, desk.people["boss"]), by="boss", code="key_is_new", cite=CITE)
    assert issued.granted
    token = queries.account_of_token("a key", desk.today)
    assert token is not None
    [row] = token.tokens.all()
    desk.must(RevokeToken(account_id=bob, token_id=row.pk), by="boss")
    assert queries.account_of_token("a key", desk.today) is None
    with pytest.raises(Missing):
        desk.give(RevokeToken(account_id=bob, token_id=row.pk), by="boss")
