"""Whatever is not granted is denied: offices, reach, delegation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.authority import GRANTS, ActorFacts, Holding, Office, Reach, may_command

COMPANY = "sunny-imports"


def actor(office: Office, *, of: str = "", by: str = "", case: str = COMPANY, assigned: bool = False) -> ActorFacts:
    return ActorFacts((Holding(office, of, by),), case, assigned)


@pytest.mark.clause("6 USC 971(c)")
def test_nobody_gives_an_unlisted_command() -> None:
    verdict = may_command("BrewTea", actor(Office.PROGRAMME_MANAGER))
    assert not verdict.granted
    assert verdict.citations[0].cite == "6 USC 971(c)"
    assert "It is given by: -." in str(verdict.reasons[0].sentence)
    assert not may_command("CertifyTierOne", ActorFacts(())).granted


@pytest.mark.clause("6 USC 963")
def test_rc_13_a_consultant_drafts_and_never_signs() -> None:
    consultant = actor(Office.CONSULTANT, of=COMPANY)
    assert may_command("AnswerCriteria", consultant).granted
    for command in ("SignAgreement", "SubmitApplication"):
        refused = may_command(command, consultant)
        assert not refused.granted
        assert "company officer (own)" in str(refused.reasons[0].sentence)
        assert refused.reasons[0].mend is not None
        assert may_command(command, actor(Office.APPLICANT_OFFICER, of=COMPANY)).granted


def test_an_own_office_reaches_one_company() -> None:
    officer = Office.APPLICANT_OFFICER
    assert not may_command("SubmitApplication", actor(officer, of="other-co")).granted
    assert not may_command("SubmitApplication", actor(officer, of="", case="")).granted


def test_an_assigned_office_reaches_its_cases() -> None:
    assert may_command("ReviewCriteria", actor(Office.SPECIALIST, assigned=True)).granted
    assert not may_command("ReviewCriteria", actor(Office.SPECIALIST)).granted


def test_delegation_carries_only_what_can_be_delegated() -> None:
    delegated = actor(Office.SUPERVISOR, by="the supervisor")
    assert may_command("CertifyTierOne", delegated).granted
    assert not may_command("AssignCase", delegated).granted
    assert may_command("AssignCase", actor(Office.SUPERVISOR)).granted


def test_one_of_several_offices_is_enough() -> None:
    both = ActorFacts((Holding(Office.AUDITOR), Holding(Office.SUPERVISOR)), COMPANY)
    verdict = may_command("CertifyTierOne", both)
    assert str(verdict.reasons[0].sentence) == "CertifyTierOne is given by the office of supervisor."
    assert verdict.citations == (GRANTS["CertifyTierOne"][0].citation,)


@given(st.sampled_from(sorted(GRANTS)), st.sampled_from(Office), st.booleans(), st.booleans(), st.booleans())
def test_granted_exactly_as_the_table_says(command: str, office: Office, own: bool, assigned: bool, by: bool) -> None:
    facts = actor(office, of=COMPANY if own else "other-co", by="someone" if by else "", assigned=assigned)
    reaches = {Reach.ANY} | ({Reach.OWN} if own else set()) | ({Reach.ASSIGNED} if assigned else set())
    expected = any(g.office is office and g.reach in reaches and (g.delegable or not by) for g in GRANTS[command])
    assert may_command(command, facts).granted is expected


@given(st.sampled_from(sorted(GRANTS)))
def test_an_auditor_gives_no_command(command: str) -> None:
    assert not may_command(command, actor(Office.AUDITOR, of=COMPANY, assigned=True)).granted
