"""Many hits that share a false pattern are closed at once, each by its own decision, none too like a match (964(b))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from greenlane.casework.dates import last_event
from greenlane.casework.models import Case
from greenlane.records.models import Entry
from greenlane.vetting import queries, queries_hit
from greenlane.vetting.commands import ScreenParties
from greenlane.vetting.commands_patterns import MOST, CloseFalsePattern, SeenHit
from greenlane.vetting.models import Adjudication, FalsePattern, ScreeningHit
from greenlane.vetting.patterns import Pattern, grounds_of, sharing
from tests.desk import Desk
from tests.vetting.office import company, complete, decide, investigate, sdn
from tests.vetting.stated import Likeness, Stated, stated

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(b)")]

ENTRY = {"list_kind": "ofac_sdn", "list_code": "OFAC-SDN", "entry_key": "7"}
NOBODY = SeenHit(hit_id=UUID(int=1), seen_evidence="")
WHY = "Generic words only; every company's registry extract was compared."


@pytest.fixture
def found(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stated:
    """Three companies are like the entry 7 by generic words, in other countries; one of them is like entry 8 too."""
    desk.prove = False
    made = stated(
        monkeypatch,
        Likeness("Amber", "7", codes=("country_conflict", "name_generic", "word_same")),
        Likeness("Amber Heron 1", "8", score=72, codes=("numbers_differ",)),
    )
    desk.must(
        sdn(tmp_path / "listed", [(7, "AMBER LINES", "", ""), (8, "AMBER 2", "", "")], desk.today), by="ana_analyst"
    )
    for number in (1, 2, 3):
        investigate(desk, company(desk, f"Amber Heron {number}", owner="Nobody Known"))
    desk.prove = True
    return made


def seen(hits: Sequence[ScreeningHit]) -> tuple[SeenHit, ...]:
    return tuple(SeenHit(hit_id=hit.pk, seen_evidence=hit.evidence) for hit in hits)


def closing(hits: Sequence[ScreeningHit], **more: Any) -> CloseFalsePattern:
    return CloseFalsePattern(**{"hits": seen(hits), "reason": WHY, **ENTRY, **more})


def test_every_hit_of_the_pattern_gets_its_own_decision_in_the_record_of_its_case(desk: Desk, found: Stated) -> None:
    shared = list(sharing(Pattern(**ENTRY)))
    assert [hit.entry_key for hit in shared] == ["7", "7", "7"]
    answer = desk.must(closing(shared), by="ana_analyst")
    assert len(answer.entries) == 4
    [pattern] = FalsePattern.objects.all()
    assert (pattern.hits, pattern.listed_name, pattern.reason) == (3, "AMBER LINES", WHY)
    assert set(pattern.adjudications.values_list("hit_id", flat=True)) == {hit.pk for hit in shared}
    for hit in ScreeningHit.objects.filter(entry_key="7"):
        entry = Entry.objects.get(kind="vetting.HitAdjudicated", subject=hit.investigation_id)
        assert (entry.actor, entry.office) == (desk.people["ana_analyst"], "vetting_analyst")
        assert (entry.participant, entry.audience) == (hit.participant_id, "restricted")
        assert entry.data["what"]["pattern"] == str(pattern.pk)
        assert (hit.status, hit.remembered) == ("false_match", False)
        assert last_event(Case.objects.get(pk=hit.investigation_id)) == desk.today
    assert [hit.entry_key for hit in queries.open_hits()] == ["8"], "what does not share it stays open"
    desk.must(ScreenParties(case_id=shared[1].investigation_id), by="ana_analyst")
    assert [hit.entry_key for hit in queries.open_hits()] == ["8"], "it is remembered like any other decision"
    third = next(hit for hit in shared if hit.party_name == "Amber Heron 3")
    desk.must(complete(third.investigation_id), by="ana_analyst")


def test_hits_are_found_by_what_they_share(desk: Desk, found: Stated) -> None:
    def names(**pattern: str) -> list[tuple[str, str]]:
        return [(hit.party_name, hit.entry_key) for hit in sharing(Pattern(**pattern))]

    assert names(ground="numbers_differ") == [("Amber Heron 1", "8")]
    assert names(party_name=" amber heron 1 ") == [("Amber Heron 1", "7"), ("Amber Heron 1", "8")]
    assert len(names(ground="name_generic")) == 3
    assert names(ground="name_generic", party_name="Amber Heron 2") == [("Amber Heron 2", "7")]
    assert names(ground="birth_date_conflict") == []
    hit = ScreeningHit.objects.get(party_name="Amber Heron 1", entry_key="7")
    counts = {"entry": 3, "name": 2, "country_conflict": 3, "name_generic": 3}
    assert queries_hit.alike_counts(hit) == counts
    assert grounds_of([{"code": "word_same"}], "person", "vessel") == ("kind_conflict", "name_same")
    assert grounds_of([{"code": "word_same"}, {"code": "word_only_here"}], "person", "person") == ()
    assert grounds_of([{"code": "word_same"}, {"code": "name_generic"}], "person", "person") == ("name_generic",)
    assert grounds_of([], "person", "unknown") == ()


def test_it_is_refused_whole_without_reason_pattern_or_hits_that_share_it(desk: Desk, found: Stated) -> None:
    desk.prove = False
    hits = list(sharing(Pattern(**ENTRY)))
    wrong: list[tuple[CloseFalsePattern, str]] = [
        (closing(hits, reason="Generic."), "reason_written"),
        (closing(hits, entry_key="", list_kind=""), "pattern_stated"),
        (closing(hits, entry_key="8"), "hits_share_pattern"),
        (closing(hits, ground="numbers_differ"), "hits_share_pattern"),
        (closing(hits, party_name="Amber Heron 1"), "hits_share_pattern"),
        (closing([]), "hits_chosen"),
        (replace(closing([]), hits=(NOBODY,) * (MOST + 1)), "hits_chosen"),
        (replace(closing([]), hits=(NOBODY,)), "hits_as_seen"),
        (closing([hits[0], hits[0]]), "hits_as_seen"),
    ]
    for command, code in wrong:
        desk.refused(command, by="ana_analyst", code=code, cite="6 USC 964(b)")
    desk.refused(closing(hits), code="authority")
    desk.refused(closing(hits), by="ada", code="authority")
    desk.refused(closing(hits), by="ana_analyst", code="decided_today", on=desk.today.replace(day=1))
    refused = desk.refused(closing(hits, reason="No."), by="ana_analyst")
    assert Entry.objects.get(uid=refused.entries[0]).audience == "restricted"
    assert not Adjudication.objects.exists()
    assert not FalsePattern.objects.exists()


def test_what_looks_like_a_true_match_is_decided_by_itself(desk: Desk, found: Stated) -> None:
    desk.prove = False
    for likeness in (
        Likeness("Amber", "7", codes=("identifier_same",), method="identifier"),
        Likeness("Amber", "7", codes=("birth_date_same",)),
        Likeness("Amber", "7", codes=("birth_year_same",)),
        Likeness("Amber", "7", codes=("word_same", "country_same")),
        Likeness("Amber", "7", codes=("word_same", "legal_form_differs", "address_same")),
        Likeness("Amber", "7", score=85),
    ):
        found.likenesses[:] = [likeness]
        desk.must(ScreenParties(case_id=sharing(Pattern(**ENTRY))[0].investigation_id), by="ana_analyst")
        answer = desk.refused(closing(list(sharing(Pattern(**ENTRY)))), by="sue_supervisor", code="none_like_a_match")
        [reason] = answer.verdict.failing
        assert (reason.citation.cite, reason.sentence.values["hits"]) == ("6 USC 964(b)", 1)
        assert reason.mend is not None
    assert not Adjudication.objects.exists()


def test_what_was_once_a_match_and_what_changed_since_it_was_shown_is_decided_by_itself(
    desk: Desk, found: Stated
) -> None:
    hits = list(sharing(Pattern(**ENTRY)))
    decide(desk, hits[0], "true_match")
    desk.refused(closing(hits), by="ana_analyst", code="hits_as_seen")
    found.likenesses[0].score = 79
    desk.must(ScreenParties(case_id=hits[0].investigation_id), by="ana_analyst")
    now = list(sharing(Pattern(**ENTRY)))
    assert now[-1].score == 79
    answer = desk.refused(closing([*hits[1:], now[-1]]), by="ana_analyst", code="none_like_a_match")
    assert [reason.code for reason in answer.verdict.failing] == ["none_like_a_match"]
    desk.must(ScreenParties(case_id=hits[1].investigation_id), by="ana_analyst")
    desk.refused(closing(hits[1:]), by="ana_analyst", code="hits_as_seen")
