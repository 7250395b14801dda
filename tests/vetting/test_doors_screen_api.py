"""The interface of screening names: one or many, each hit explained, nothing kept, bad input told by line (964(b))."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenlane.api import authority, vetting_screen
from greenlane.api.app import api
from greenlane.api.openapi import operations
from greenlane.law.authority import Office
from greenlane.records.models import Entry, ReadLog
from greenlane.vetting import names_screened
from greenlane.vetting.naming.columns import HEADINGS
from greenlane.vetting.naming.objects import read_jsonl
from tests.api.client import Caller, caller, problem_of
from tests.desk import Desk
from tests.vetting.office import VOLKANIK, sdn

pytestmark = pytest.mark.django_db
LINES = "application/x-ndjson"
PATH = "/vetting/screen"
ILSE = {"name": "Ilse Volkanik", "type": "person", "country": "PE", "birth_date": "1961-05-04", "id": "C-1"}
QUICK = settings(
    max_examples=20, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def listed(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    desk.prove = False
    desk.must(sdn(tmp_path / "lists", [VOLKANIK], desk.today), by="ana_analyst")
    monkeypatch.setattr(authority, "now", lambda: desk.at + timedelta(seconds=1))
    return desk


@pytest.fixture
def ana(listed: Desk) -> Caller:
    return caller(listed, "ana_analyst")


def post(who: Caller, body: Any, query: str = "", content_type: str = "application/json") -> HttpResponse:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return who.send(f"{PATH}{query}", text, content_type)


def one(response: HttpResponse) -> Any:
    assert response.status_code == 200, (response.status_code, response.content[:800])
    return json.loads(response.content)


def many(response: Any) -> list[Any]:
    assert isinstance(response, StreamingHttpResponse), response.content[:800]
    assert response.status_code == 200
    return [json.loads(line) for line in response.getvalue().decode().splitlines()]


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.clause("6 USC 964(b)")
def test_one_name_is_answered_with_every_hit_explained_and_nothing_kept(listed: Desk, ana: Caller) -> None:
    before, reads = Entry.objects.count(), ReadLog.objects.count()
    answer = one(post(ana, json.dumps(ILSE, indent=1)))
    [hit] = answer["hits"]
    [used] = answer["lists"]
    assert (answer["id"], answer["line"], hit["listed_name"]) == ("C-1", 1, "VOLKANIK, Ilse")
    assert (hit["list"], hit["list_version"], hit["list_sha256"]) == (used["list"], used["version"], used["sha256"])
    assert sum(part["points"] for part in hit["parts"]) == hit["score"]
    assert {word["ours"] for word in hit["words"]} >= {"ilse", "volkanik"}
    assert "birth_date_same" in {ground["code"] for ground in hit["reasons"]}
    assert "%(" not in json.dumps(answer)
    assert one(post(ana, ILSE)) == answer
    assert Entry.objects.count() == before
    assert ReadLog.objects.count() == reads + 2
    read = ReadLog.objects.latest("id")
    assert (read.account, read.office) == (listed.people["ana_analyst"], Office.VETTING_ANALYST.value)
    assert read.what.startswith("1 names compared with ofac_sdn 1")


@pytest.mark.clause("6 USC 964(b)")
def test_many_names_are_streamed_in_their_order(ana: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vetting_screen, "BLOCK", 7)
    rows = [ILSE if n % 10 == 3 else {"name": f"Odo Farthingale {n} Ltd", "id": str(n)} for n in range(50)]
    response = post(ana, lines(*rows), content_type=LINES)
    assert response["X-Names-Screened"] == "50"
    found = many(response)
    assert [row["line"] for row in found] == list(range(1, 51))
    assert [bool(row["hits"]) for row in found] == [n % 10 == 3 for n in range(50)]
    assert found[3]["hits"] == one(post(ana, ILSE))["hits"]


@pytest.mark.clause("6 USC 964(b)")
def test_stale_and_missing_lists_are_said_in_every_answer(
    listed: Desk, ana: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one(post(ana, ILSE))["complete"] is True
    monkeypatch.setattr(names_screened, "required_kinds", lambda _programme, _on: ("ofac_sdn", "csl"))
    listed.today += timedelta(days=45)
    answer = one(post(ana, {"name": "Odo Farthingale"}))
    assert (answer["hits"], answer["complete"], answer["lists"][0]["stale"]) == ([], False, True)
    assert answer["missing_lists"] == ["csl"]
    assert len(answer["warnings"]) == 2
    assert one(post(ana, ILSE))["hits"][0]["list_stale"] is True


@pytest.mark.clause("6 USC 971(c)")
def test_only_those_who_need_to_know_may_screen(listed: Desk) -> None:
    for office in (Office.SPECIALIST, Office.PROGRAMME_MANAGER, Office.PARTNER_AGENCY):
        listed.person(office.value, office)
        problem_of(post(caller(listed, office.value), ILSE), 403)
    problem_of(post(caller(listed, "ada"), ILSE), 403)
    problem_of(post(Caller(), ILSE), 401)
    sue = caller(listed, "sue_supervisor")
    assert one(post(sue, ILSE))["hits"]


@pytest.mark.clause("6 USC 964(b)")
def test_without_lists_or_programme_nothing_is_screened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authority, "now", lambda: desk.at + timedelta(seconds=1))
    ana = caller(desk, "ana_analyst")
    told = problem_of(post(ana, ILSE), 422)
    assert "No official list is on record" in told["reasons"][0]["sentence"]
    problem_of(post(ana, ILSE, "?programme=none"), 404)


BAD: list[tuple[Any, str]] = [
    ({}, "body"),
    ({"name": ""}, "name"),
    ({"name": "12345"}, "name"),
    ({"name": "x" * 10_000}, "name"),
    ({"name": "A\x00B"}, "name"),
    ({"name": "A", "country": "Ruritania"}, "country"),
    ({"name": "A", "birth_date": "04/05/1961"}, "birth_date"),
    ({"name": "A", "nmae": 1}, "nmae"),
    ([1], "body"),
    ("", "body"),
    ("{", "body"),
    ('{"name": "\\ud800"}', "name"),
    (b'{"name": "Soci\xe9t\xe9"}', "body"),
    ("\ufeff[]".encode("utf-16"), "body"),
    (b"PK\x03\x04", "body"),
]


def test_one_bad_name_is_told_by_field(ana: Caller) -> None:
    for body, where in BAD:
        told = problem_of(post(ana, body), 422)
        assert [reason["where"] for reason in told["reasons"]] == [where], body
        assert all(reason["mend"] for reason in told["reasons"]), body


def test_one_bad_line_refuses_all_and_is_told_by_line_and_field(ana: Caller) -> None:
    body = lines(ILSE, {"name": "A", "type": "ghost"}) + "no json\n" + lines({"name": "B", "dob": "1961"})
    told = problem_of(post(ana, body, content_type=LINES), 422)
    assert [reason["where"] for reason in told["reasons"]] == ["line 2: type", "line 3", "line 4: birth_date"]
    assert all(reason["cite"] == "6 USC 964(b)" for reason in told["reasons"])


def test_limits_are_clear_4xx_problems(ana: Caller, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    problem_of(post(ana, "name\nA\n", content_type="text/csv"), 422)
    problem_of(post(ana, ILSE, "?threshold=101"), 422)
    assert problem_of(post(ana, ILSE, "?band=high"), 422)["reasons"][0]["where"] == "band"
    monkeypatch.setattr(vetting_screen, "MOST_NAMES", 3)
    assert "More than 3 names" in problem_of(post(ana, lines(*[ILSE] * 4), content_type=LINES), 413)["detail"]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    problem_of(post(ana, lines(*[ILSE] * 2), content_type=LINES), 413)


def test_thresholds_and_bands_choose_hits(ana: Caller) -> None:
    [hit] = one(post(ana, ILSE))["hits"]
    assert one(post(ana, ILSE, f"?threshold={hit['score']}&band={hit['band']},90-94"))["hits"] == [hit]
    assert one(post(ana, ILSE, "?band=5-9"))["hits"] == []


def test_the_interface_describes_it() -> None:
    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    found = {operation["operationId"]: operation for _, _, operation in operations(document)}
    described = found["vetting_screen"]
    assert described["x-access"] == "need_to_know"
    assert set(described["requestBody"]["content"]) == set(described["responses"]["200"]["content"]) == {
        "application/json", LINES
    }  # fmt: skip
    assert {"401", "403", "413", "422"} <= set(described["responses"])
    fields = set(vetting_screen.PARTY["properties"])
    assert fields == set(HEADINGS) - {"given_names", "middle_names", "family_name"}
    example = json.dumps(vetting_screen.PARTY["example"]).encode()
    [record] = read_jsonl(io.BytesIO(example), authority.today())
    assert record.named


NAMES = st.text(st.characters(), max_size=60)
VALUES = st.one_of(
    NAMES, st.integers(), st.none(), st.lists(NAMES, max_size=3), st.dictionaries(NAMES, NAMES, max_size=2)
)


@pytest.fixture
def answered(ana: Caller) -> Callable[[str | bytes, str], None]:
    def check(body: str | bytes, content_type: str) -> None:
        response = post(ana, body, content_type=content_type)
        if response.status_code == 200:
            text = response.getvalue() if isinstance(response, StreamingHttpResponse) else response.content
            assert all(json.loads(line)["lists"] for line in text.decode().splitlines())
        else:
            told = problem_of(response, 422)
            assert all(reason["sentence"] for reason in told["reasons"])

    return check


def test_whatever_a_machine_sends_is_answered(answered: Callable[[str | bytes, str], None]) -> None:
    @QUICK
    @given(st.dictionaries(st.sampled_from([*HEADINGS, "x"]), VALUES, max_size=5), NAMES.filter(str.strip))
    def rows(row: dict[str, Any], name: str) -> None:
        answered(json.dumps(row), "application/json")
        answered(json.dumps({"name": f"A{name}", "country": row.get("country")}) + "\n\n", LINES)

    @QUICK
    @given(st.binary(max_size=200))
    def noise(body: bytes) -> None:
        answered(body, LINES)

    rows()
    noise()
