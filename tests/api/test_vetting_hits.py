"""A program reads the hits that share a pattern, and closes them as a person with a key would (6 USC 964(b))."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest

from greenlane.api import authority
from greenlane.casework import doors
from greenlane.vetting.models import Adjudication, ScreeningHit
from tests.api.client import caller, problem_of
from tests.desk import Desk
from tests.vetting.office import company, investigate, sdn, staffed
from tests.vetting.stated import Likeness, stated

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(b)")]


@pytest.fixture
def desk(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = staffed(Desk(prove=False))
    monkeypatch.setattr(authority, "now", lambda: made.at)
    stated(monkeypatch, Likeness("Amber", "7", codes=("country_conflict", "word_same")), Likeness("Nobody", "8"))
    made.must(sdn(tmp_path, [(7, "AMBER LINES", "", ""), (8, "OTHER", "", "")], made.today), by="ana_analyst")
    for number in (1, 2):
        investigate(made, company(made, f"Amber Heron {number}", owner="Nobody Known"))
    return made


def test_hits_tell_their_parts_words_grounds_and_evidence(desk: Desk) -> None:
    ana = caller(desk, "ana_analyst")
    assert len(ana.get("/hits").json()["items"]) == 4
    found = ana.get("/hits", entry_key="7", ground="country_conflict").json()["items"]
    assert {hit["party_name"] for hit in found} == {"Amber Heron 1", "Amber Heron 2"}
    hit = ana.get("/hits", party_name="amber heron 2").json()["items"][0]
    assert (hit["score"], hit["band"], hit["grounds"]) == (82, "80-84", ["country_conflict", "name_same"])
    assert sum(part["points"] for part in hit["parts"]) == hit["score"]
    assert hit["parts"][0]["sentence"] == "Stated by a test."
    assert hit["words"][0] == {"ours": "amber", "theirs": "amber", "how": "exact", "weight": 900}
    assert hit["evidence"] == ScreeningHit.objects.get(pk=hit["id"]).evidence
    ScreeningHit.objects.filter(pk=hit["id"]).update(parts=[], words=[])
    assert ana.get("/hits", party_name="amber heron 2").json()["items"][0]["parts"] == []


def test_a_pattern_is_closed_by_the_hits_that_were_read(desk: Desk) -> None:
    ana = caller(desk, "ana_analyst")
    hits = [
        {"hit_id": hit["id"], "seen_evidence": hit["evidence"]}
        for hit in ana.get("/hits", ground="country_conflict", entry_key="7").json()["items"]
    ]
    wanted = {"list_kind": "ofac_sdn", "list_code": "OFAC-SDN", "entry_key": "7"}
    why = "Other companies; the registry extracts were compared."
    old = [{**hits[0], "seen_evidence": "0" * 64}, hits[1]]
    problem = problem_of(ana.give("CloseFalsePattern", hits=old, reason=why, **wanted), 409)
    assert [reason["code"] for reason in problem["reasons"] if not reason["holds"]] == ["hits_as_seen"]
    assert ana.give("CloseFalsePattern", key="once", hits=hits, reason=why, **wanted).status_code in (200, 201)
    assert ana.give("CloseFalsePattern", key="once", hits=hits, reason=why, **wanted).status_code in (200, 201)
    assert Adjudication.objects.count() == 2
    assert ScreeningHit.objects.filter(status="open").count() == 2
    problem_of(caller(desk, "ada").give("CloseFalsePattern", hits=hits, reason=why, **wanted), 403)


def test_the_same_command_is_read_from_plain_values_as_the_tool_gives_them(desk: Desk) -> None:
    hits = [{"hit_id": str(h.pk), "seen_evidence": h.evidence} for h in ScreeningHit.objects.filter(entry_key="7")]
    values = {"hits": json.loads(json.dumps(hits)), "reason": "Other companies, as told.", "ground": "country_conflict"}
    ana = desk.people["ana_analyst"]
    answer = doors.perform("CloseFalsePattern", values, account=ana, now=desk.at, command_id=uuid4())
    assert answer.granted
    assert len(answer.entries) == 3
