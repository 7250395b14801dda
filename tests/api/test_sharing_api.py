"""Programs verify, monitor and read only with consent, purpose and record, as people do (6 USC 971(c), RC-22)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from greenlane.casework.tables import plain
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.records.models import ReadLog
from tests.api.client import Caller, caller, problem_of
from tests.companies import Company
from tests.desk import Desk

pytestmark = pytest.mark.django_db
AGENCY = "Invented Food Office"


def body(response: HttpResponse, status: int = 200) -> Any:
    assert response.status_code == status, (response.status_code, response.content)
    return json.loads(response.content)


def other(desk: Desk, name: str, title: str) -> Company:
    return Company(desk, name, name=title).register()


def look_up(who: Caller, company: Company, **values: str) -> HttpResponse:
    return who.send(f"/participants/{company.participant}/look-up", json.dumps(values))


@pytest.mark.clause("6 USC 971(c)")
def test_a_program_consents_looks_up_monitors_and_reads_who_looked(company: Company, desk: Desk) -> None:
    eve = other(desk, "eve", "Kettle Imports")
    ada, key = caller(desk, "olga"), caller(desk, "eve")
    ours, theirs = f"/participants/{company.participant}", f"/participants/{eve.participant}"
    assert body(ada.get(f"{ours}/verification"))["number"] is None
    for who, of in ((ada, company), (key, eve)):
        assert who.give("GiveVerificationConsent", participant_id=of.participant).status_code == 200
    number = body(key.get(f"{theirs}/verification"))["number"]
    found = body(look_up(ada, company, number=number, purpose="A new supplier."))
    assert found["name"] == "Kettle Imports"
    assert found["tier"] is None
    assert "participant" not in found
    assert ada.give("MonitorPartner", participant_id=company.participant, number=number).status_code == 200
    [watched] = body(ada.get(f"{ours}/monitored"))["items"]
    assert (watched["name"], watched["number"]) == ("Kettle Imports", number)
    reads = body(key.get(f"{theirs}/reads"))["items"]
    assert [read["what"] for read in reads] == [
        "status as a monitored partner",
        "status told to a partner",
        "status by its number",
    ]
    same = [
        problem_of(look_up(ada, company, number=wrong, purpose="Why not."), 403)
        for wrong in ("2345-2345-2345", str(uuid4())[:12])
    ]
    assert same[0]["reasons"] == same[1]["reasons"]
    assert same[0]["citations"] == ["6 USC 971(c)"]
    problem_of(look_up(ada, company, number=number, purpose=" "), 403)
    problem_of(look_up(ada, eve, number=number, purpose="Not ours."), 404)
    problem_of(ada.get(f"{theirs}/reads"), 404)
    problem_of(ada.get(f"{ours}/shared-assessments/{uuid4()}"), 404)
    assert body(ada.get(f"{ours}/shared-assessments"))["items"] == []


@pytest.mark.clause("6 USC 971(c)", "19 USC 4311(b)(4)(A)")
def test_rc_22_an_agencys_program_reads_json_and_csv_page_by_page(company: Company, desk: Desk) -> None:
    made = [company, other(desk, "eve", "Kettle Imports"), other(desk, "zoe", "=Comet Imports")]
    for one in made:
        who = caller(desk, one.officer)
        give = who.give("GiveVerificationConsent", participant_id=one.participant, with_agencies=True)
        assert give.status_code == 200
    desk.person("fay")
    desk.person("mona", Office.PROGRAMME_MANAGER)
    desk.must(GrantOffice(account_id=desk.people["fay"], office=Office.PARTNER_AGENCY, agency=AGENCY), by="mona")
    fay, why = caller(desk, "fay"), {"Greenlane-Purpose": "Plan of May"}
    refused = problem_of(fay.get("/agency/participants", headers=why), 403)
    assert {reason["code"] for reason in refused["reasons"]} == {"sharing_agreement"}
    agreement = {"programme": "ctpat", "agency": AGENCY, "kinds": ["status"], "purpose": "Inspections."}
    days = {"since": desk.today, "until": desk.today + timedelta(days=9)}
    assert caller(desk, "mona").give("PublishSharingAgreement", **agreement, **days).status_code == 201
    refused = problem_of(fay.get("/agency/participants"), 403)
    assert {reason["code"] for reason in refused["reasons"]} == {"purpose_stated"}
    assert not ReadLog.objects.filter(office="partner_agency").exists()
    names, cursor = [], ""
    for _page in range(3):
        found = body(fay.get("/agency/participants", headers=why, limit=1, cursor=cursor))
        names += [item["name"] for item in found["items"]]
        cursor = found["next"] or ""
    assert names == sorted(names)
    assert len(names) == 3
    for one in made:  # each read once
        assert ReadLog.objects.filter(office="partner_agency", participant=one.participant).count() == 1
    problem_of(fay.get("/agency/participants", headers=why, cursor="nowhere"), 422)
    file = fay.get("/agency/participants", headers=why, form="csv").content.decode().splitlines()
    assert file[0] == "name,business_type,standing,since,tier"
    assert file[1].startswith("'=Comet Imports,")
    assert len(file) == 4
    problem_of(caller(desk, "olga").get("/agency/participants", headers=why), 403)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx"])
def test_no_name_becomes_a_formula(text: str) -> None:
    assert plain(text) == f"'{text}"
    assert plain("Lantern") == "Lantern"
