"""Commands through the interface: granted, refused, unreadable, repeated."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest

from greenlane.casework.models import Case, Document
from greenlane.participants.models import Participant
from greenlane.records.models import Entry
from tests.api.client import Caller, caller, problem_of
from tests.companies import Company
from tests.desk import Desk

REGISTER = {
    "business_type": "importer",
    "legal_name": "Nimbus Kite Imports",
    "country": "US",
    "address": "2 Invented Way",
    "city": "Houston",
}


def test_a_granted_command_opens_a_register_and_says_why(company: Company, desk: Desk) -> None:
    desk.person("nils")
    response = caller(desk, "nils").give("RegisterParticipant", **REGISTER)
    assert response.status_code == 201, response.content
    body = response.json()
    assert body["granted"] is True
    assert body["reference"].startswith("PAR-")
    assert response["Location"] == f"/api/v1/cases/{body['case_id']}"
    assert all(reason["holds"] and reason["cite"] and reason["sentence"] for reason in body["reasons"])
    assert Participant.objects.filter(pk=body["case_id"], legal_name="Nimbus Kite Imports").exists()


@pytest.mark.clause("6 USC 963")
def test_a_refusal_of_the_law_is_a_conflict_with_its_clauses(company: Company, desk: Desk) -> None:
    body = problem_of(caller(desk, "olga").give("SubmitApplication", case_id=company.application), 409)
    assert body["type"] == "urn:greenlane:problem:law"
    assert all(cite.startswith("6 USC 96") for cite in body["citations"])
    reason = body["reasons"][0]
    assert reason["holds"] is False
    assert reason["sentence"]
    assert Entry.objects.filter(kind="casework.CommandRefused", command="SubmitApplication").count() == 1


@pytest.mark.clause("6 USC 971(c)")
def test_without_authority_it_is_forbidden_and_says_nothing_of_the_case(company: Company, desk: Desk) -> None:
    desk.person("mallory")
    response = caller(desk, "mallory").give("SubmitApplication", case_id=company.application)
    body = problem_of(response, 403)
    assert body["type"] == "urn:greenlane:problem:authority"
    assert Case.objects.get(pk=company.application).reference not in response.content.decode()
    assert company.name not in response.content.decode()


def test_a_procedure_refuses_what_is_not_open(company: Company, desk: Desk) -> None:
    company.sign().submit()
    body = problem_of(caller(desk, "olga").give("SignAgreement", case_id=company.application, agreed=True), 409)
    assert body["type"] == "urn:greenlane:problem:procedure"


def test_every_field_that_cannot_be_read_is_named(company: Company, desk: Desk) -> None:
    response = caller(desk, "olga").give("RecordCargoHistory", case_id="seven", moved_from="soon", colour="green")
    body = problem_of(response, 422)
    where = {reason["where"] for reason in body["reasons"]}
    assert {"case_id", "moved_from", "colour", "moved_to", "shipments"} <= where
    assert all(reason["sentence"] and reason["mend"] for reason in body["reasons"])


def test_what_does_not_exist_is_missing(company: Company, desk: Desk) -> None:
    problem_of(caller(desk, "olga").give("SubmitApplication", case_id=uuid4()), 404)


@pytest.mark.parametrize("token", ["", "not-a-key"])
def test_without_a_live_key_nothing_is_heard(db: None, token: str) -> None:
    response = Caller(token).give("OpenAccount", email="a@example.org", name="A")
    problem_of(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert not Entry.objects.exists()


def test_a_revoked_key_is_dead(desk: Desk) -> None:
    from greenlane.people.delegation import RevokeToken
    from greenlane.people.models import Token

    desk.person("ruth")
    ruth = caller(desk, "ruth")
    assert ruth.get("/me").status_code == 200
    desk.must(RevokeToken(account_id=desk.people["ruth"], token_id=Token.objects.get().pk))
    problem_of(ruth.get("/me"), 401)


def test_the_same_key_and_body_give_the_same_answer(company: Company, desk: Desk) -> None:
    desk.person("nils")
    nils = caller(desk, "nils")
    first, again = (nils.give("RegisterParticipant", key="order 66", **REGISTER) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Participant.objects.filter(legal_name=REGISTER["legal_name"]).count() == 1


def test_the_same_key_with_another_body_is_refused(company: Company, desk: Desk) -> None:
    desk.person("nils")
    nils, key = caller(desk, "nils"), str(uuid4())
    assert nils.give("RegisterParticipant", key=key, **REGISTER).status_code == 201
    body = problem_of(nils.give("RegisterParticipant", key=key, **{**REGISTER, "city": "Mobile"}), 422)
    assert "already used" in body["reasons"][0]["sentence"]


def test_the_key_of_another_person_gives_nothing_away(company: Company, desk: Desk) -> None:
    desk.person("nils")
    desk.person("mallory")
    key = str(uuid4())
    first = caller(desk, "nils").give("RegisterParticipant", key=key, **REGISTER).json()
    other = caller(desk, "mallory").give("RegisterParticipant", key=key, **REGISTER)
    assert other.json().get("case_id") != first["case_id"]


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "tab\tinside"])
def test_a_key_that_is_none_is_bad_input(desk: Desk, key: str) -> None:
    desk.person("nils")
    problem_of(caller(desk, "nils").give("OpenAccount", key=key, email="b@example.org", name="B"), 422)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ('{"email": NaN}', 400),
        ("[]", 400),
        ('"text"', 400),
        ('{"email": "a", "email": "b"}', 400),
        (b"\xff\xfe", 400),
        ("[" * 100_000, 400),
        ('{"email": ' + "9" * 5000 + "}", 400),
        ('{"email": "a\\u0000@example.org", "name": "A"}', 422),
        ('{"email": "\\ud800@example.org", "name": "A"}', 422),
        ('{"\\ud800": 1}', 422),
        ("", 422),
    ],
)
def test_malformed_bodies_are_told_apart_and_never_a_fault(desk: Desk, body: str | bytes, status: int) -> None:
    desk.person("nils")
    problem = problem_of(caller(desk, "nils").send("/commands/OpenAccount", body), status)
    assert not re.search("recursion|codec|sys\\.", problem["detail"])


def test_a_body_that_is_too_large_is_refused_unread(desk: Desk) -> None:
    desk.person("nils")
    body = json.dumps({"email": "x" * (6 * 1024 * 1024), "name": "A"})
    problem_of(caller(desk, "nils").send("/commands/OpenAccount", body), 413)


def test_internal_commands_have_no_address(desk: Desk) -> None:
    desk.person("nils")
    problem_of(caller(desk, "nils").give("ServeNotice", case_id=uuid4()), 404)


def test_a_document_is_checked_stored_and_recorded(company: Company, desk: Desk) -> None:
    olga = caller(desk, "olga")
    response = olga.upload(company.application, "fence.txt", b"The fence is high.", "text/plain", title="Fence")
    assert response.status_code == 200, response.content
    document = Document.objects.get(title="Fence")
    content = olga.get(f"/documents/{document.pk}/content")
    assert b"".join(content.streaming_content) == b"The fence is high."
    assert "attachment" in content["Content-Disposition"]
    assert content["X-Content-Type-Options"] == "nosniff"


def test_a_hostile_file_is_refused_with_the_way_out(company: Company, desk: Desk) -> None:
    response = caller(desk, "olga").upload(company.application, "run.exe", b"MZ\x90", "application/pdf", title="Fence")
    body = problem_of(response, 422)
    assert body["reasons"][0]["mend"]
    assert not Document.objects.filter(title="Fence").exists()


def test_nobody_uploads_into_a_case_that_he_may_not_see(company: Company, desk: Desk) -> None:
    desk.person("mallory")
    response = caller(desk, "mallory").upload(company.application, "a.txt", b"words", "text/plain", title="A")
    problem_of(response, 404)
