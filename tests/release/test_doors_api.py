"""The interface of release: decisions one by one and by the line, answers of agencies, policies, what-if."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse

from greenlane.api import authority
from greenlane.records.models import ReadLog
from greenlane.release.models import FiledEntry, ReleaseDecision, ReleaseMessage, ReleasePolicy
from tests.api.client import Caller, caller, problem_of
from tests.release.clocked import ClockedDesk
from tests.release.test_compatibility import compared, numbers, published_criteria, recorded
from tests.release.test_room_entries import IOR, cargo_desk

pytestmark = pytest.mark.django_db
LINES = "application/x-ndjson"


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> ClockedDesk:
    made, _who = cargo_desk()
    made.prove = False
    monkeypatch.setattr(authority, "now", lambda: made.at + timedelta(seconds=1))
    return made


def row(desk: ClockedDesk, number: str = "INV-1", **more: Any) -> dict[str, Any]:
    filed_at = (desk.at - timedelta(minutes=1)).isoformat()
    return {"entry_number": number, "filed_at": filed_at, "importer": IOR, "score": 150, **more}


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(one) + "\n" for one in rows)


def body(response: HttpResponse, status: int = 200) -> Any:
    assert response.status_code == status, (response.status_code, response.content[:800])
    return json.loads(response.content)


def post(who: Caller, given: str, query: str = "", content_type: str = "application/json", **more: str) -> HttpResponse:
    return who.send(f"/release/decisions{query}", given, content_type, **more)


@pytest.mark.clause("6 USC 965(b)(1)", "6 USC 971(b)")
def test_an_entry_is_decided_explained_and_found_again(desk: ClockedDesk) -> None:
    cleo = caller(desk, "cleo")
    made = body(post(cleo, json.dumps(row(desk), indent=1)), 201)
    assert (made["score_before"], made["reduction"], made["score_after"]) == (150, 47, 103)
    assert made["parties"]["importer"]["tier"] == 2
    assert "6 USC 965(b)(1)" in {reason["cite"] for reason in made["reasons"]}
    assert all("%(" not in reason["sentence"] for reason in made["reasons"])
    again = body(cleo.get(f"/release/decisions/{made['id']}"))
    assert again == body(cleo.get("/release/entries/INV-1"))
    assert {**again, "known_at": ""} == {**made, "known_at": ""}
    problem_of(cleo.get("/release/entries/NONE"), 404)


@pytest.mark.clause("6 USC 971(b)")
def test_thousands_come_as_lines_and_all_or_none_are_decided(desk: ClockedDesk) -> None:
    cleo = caller(desk, "cleo")
    many = [row(desk, f"INV-{number}") for number in range(1050)]
    answer = post(cleo, lines(*many), content_type=LINES)
    assert answer.status_code == 201
    found = [json.loads(line) for line in answer.content.decode().splitlines()]
    assert [one["entry_number"] for one in found] == [one["entry_number"] for one in many]
    assert ReleaseDecision.objects.count() == 1050
    wrong = [row(desk, "A"), row(desk, "B", score=2000), {"entry_number": "C"}, row(desk, "D", authority=["XYZ"])]
    told = problem_of(post(cleo, lines(*wrong[:3]) + "no json\n", content_type=LINES), 422)
    where = {reason["where"] for reason in told["reasons"]}
    assert {"line 3", "line 4"} <= {one.split(":")[0] for one in where}
    told = problem_of(post(cleo, lines(wrong[0], wrong[3]), content_type=LINES), 422)
    assert {reason["where"] for reason in told["reasons"]} == {"line 2: authority"}
    assert FiledEntry.objects.count() == 1050
    problem_of(post(cleo, "", content_type=LINES), 422)


@pytest.mark.clause("6 USC 971(b)")
def test_a_repeated_request_decides_once_and_a_trial_keeps_nothing(desk: ClockedDesk) -> None:
    cleo = caller(desk, "cleo")
    text = json.dumps(row(desk))
    for _ in range(2):
        body(post(cleo, text, **{"Idempotency-Key": "first"}), 201)
    assert ReleaseDecision.objects.count() == 1
    tried = body(post(cleo, json.dumps(row(desk, "TRIED")), "?keep=false"))
    assert tried["id"] is None
    assert not FiledEntry.objects.filter(number="TRIED").exists()
    stamp = (desk.at - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    problem_of(post(cleo, text, f"?known_at={stamp}"), 422)


@pytest.mark.clause("6 USC 967(b)", "6 USC 971(b)")
def test_what_was_known_then_is_asked_with_known_at(desk: ClockedDesk) -> None:
    cleo = caller(desk, "cleo")
    text = json.dumps(row(desk))
    now = body(post(cleo, text, "?keep=false"))
    before = (desk.at - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = problem_of(post(cleo, text, f"?keep=false&known_at={before}"), 422)
    assert now["reduction"] == 47
    assert "in force" in told["reasons"][0]["sentence"]


@pytest.mark.clause("19 USC 4311(b)(4)(A)", "6 USC 971(c)")
def test_rc_23_an_agency_answers_its_own_entries_and_sees_no_score(desk: ClockedDesk) -> None:
    cleo, fay, eli = caller(desk, "cleo"), caller(desk, "fay"), caller(desk, "eli")
    for number in range(30):
        body(post(cleo, json.dumps(row(desk, f"INV-{number}", score=10, authority=["FDA"]))), 201)
    free = next(one.number for one in ReleaseDecision.objects.filter(examination=0))
    waiting = body(fay.get("/release/waiting", limit=200))["items"]
    assert free in {one["entry_number"] for one in waiting}
    assert set(waiting[0]) == {
        "entry_number", "filed_at", "port", "origin", "tariff", "mode", "government", "answers"
    }  # fmt: skip
    assert body(eli.get("/release/waiting"))["items"] == []
    says = {"agency": "FDA", "answer": "proceed", "answered_at": desk.at.isoformat()}
    path = f"/release/entries/{free}/answers"
    problem_of(eli.send(path, json.dumps(says)), 404)
    for _ in range(2):
        body(fay.send(path, json.dumps(says)))
    assert ReleaseDecision.objects.filter(number=free).count() == 2
    assert ReleaseMessage.objects.get().number == free
    assert body(cleo.get(f"/release/entries/{free}"))["government"] == "released"
    for refused in (fay.get(f"/release/entries/{free}"), fay.get("/release/policies"), post(fay, "{}")):
        problem_of(refused, 403)
    problem_of(cleo.get("/release/waiting"), 403)
    problem_of(fay.send("/release/entries/NONE/answers", json.dumps(says)), 404)
    problem_of(fay.send(path, json.dumps({**says, "answer": "maybe"})), 422)
    for wrong, where in (
        ({**says, "program": "FOODS"}, "program"),
        ({**says, "strange": 1}, "strange"),
        ({"agency": "FDA", "answer": "proceed"}, "answered_at"),
    ):
        told = problem_of(fay.send(path, json.dumps(wrong)), 422)
        assert [one["where"] for one in told["reasons"]] == [where]
        assert "Input" not in told["reasons"][0]["sentence"]


@pytest.mark.clause("6 USC 971(c)")
def test_reads_of_decisions_are_logged_for_their_parties(desk: ClockedDesk) -> None:
    cleo = caller(desk, "cleo")
    made = body(post(cleo, json.dumps(row(desk, "INV-1", score=10))), 201)
    before = ReadLog.objects.count()
    body(cleo.get("/release/entries/INV-1"))
    body(cleo.get(f"/release/decisions/{made['id']}"))
    assert ReadLog.objects.count() == before + 2
    assert not ReadLog.objects.filter(what__contains="INV-1").exists()


def test_a_number_with_a_stroke_has_its_address(desk: ClockedDesk) -> None:
    cleo, fay = caller(desk, "cleo"), caller(desk, "fay")
    body(post(cleo, json.dumps(row(desk, "Ref/7", score=10, authority=["FDA"]))), 201)
    assert body(cleo.get("/release/entries/Ref/7"))["entry_number"] == "Ref/7"
    says = {"agency": "FDA", "answer": "proceed", "answered_at": desk.at.isoformat()}
    body(fay.send("/release/entries/Ref/7/answers", json.dumps(says)))


@pytest.mark.clause("6 USC 964(a)")
def test_policies_are_read_without_the_number_of_the_draw(desk: ClockedDesk) -> None:
    mona = caller(desk, "mona")
    [policy] = body(mona.get("/release/policies"))["items"]
    assert policy == body(mona.get(f"/release/policies/{policy['id']}"))
    assert "salt" not in policy
    assert str(ReleasePolicy.objects.get().salt) not in json.dumps(policy)
    problem_of(mona.get(f"/release/policies/{UUID(int=1)}"), 404)


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)")
def test_what_if_says_what_other_numbers_would_do(desk: ClockedDesk) -> None:
    cleo = caller(desk, "cleo")
    rows = [row(desk, f"INV-{number}", score=score, mode="air") for number, score in enumerate(range(100, 300, 5))]
    assert post(cleo, lines(*rows), content_type=LINES).status_code == 201
    found = body(cleo.send("/release/what-if", json.dumps({"numbers": {"tier_two_permille": 500, "threshold": 200}})))
    assert found["changes"] == {"tier_two_permille": [250, 500], "threshold": [190, 200]}
    assert found["entries"] == found["tiers"]["2"]["entries"] == 40
    before, after = found["tiers"]["2"]["before"], found["tiers"]["2"]["after"]
    assert after["scores"] < before["scores"]
    assert sum(after["examinations"][1:]) < sum(before["examinations"][1:])
    same = body(cleo.send("/release/what-if", json.dumps({"numbers": {}})))
    assert same["changed"] == 0
    told = problem_of(cleo.send("/release/what-if", json.dumps({"numbers": {"salt": 1}})), 422)
    assert told["reasons"][0]["where"] == "numbers.salt"
    problem_of(cleo.send("/release/what-if", json.dumps({"numbers": {"random_rate": -1}})), 422)
    for wrong, where in (
        ({"numbers": {}, "strange": 1}, "strange"),
        ({"numbers": {}, "programme": "none"}, "programme"),
        ({"numbers": {"random_rate": "many"}}, "numbers.random_rate"),
        ({"numbers": {}, "first": "soon", "last": "2026-03-02"}, "first"),
    ):
        assert problem_of(cleo.send("/release/what-if", json.dumps(wrong)), 422)["reasons"][0]["where"] == where


@pytest.mark.clause("19 USC 4311(b)(4)(B)")
def test_how_an_agency_s_programmes_compare_is_read_and_recorded(desk: ClockedDesk) -> None:
    published_criteria(desk)
    row = recorded(desk)
    ours = numbers(desk, row)
    path = "/release/agencies/FDA/programmes"
    cleo = caller(desk, "cleo")
    desk.must(compared(ours[1:]), by="mona")
    [told] = body(cleo.get(path))
    assert told["compatible"] is False
    [failing] = [one for one in told["reasons"] if not one["holds"]]
    assert (failing["cite"], failing["where"]) == ("19 USC 4311(b)(4)(B)", ours[0])
    assert {one["requirement"] for one in told["examined"]} == set(ours[1:])
    desk.must(compared(ours[:1]), by="mona")
    assert body(cleo.get(path))[0]["compatible"] is True
    assert body(cleo.get(f"{path}?on={desk.today - timedelta(days=1)}"))[0]["compatible"] is False
    assert body(cleo.get("/release/agencies/EPA/programmes")) == []
    problem_of(cleo.get("/release/agencies/NONE/programmes"), 404)
    problem_of(caller(desk, "fay").get(path), 403)
