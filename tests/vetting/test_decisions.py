"""A closed pair stays closed until entry, party or band changes; then the difference is shown (6 USC 964(b))."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from greenlane.casework import replay
from greenlane.participants.chain import RecordSite
from greenlane.participants.queries import sites
from greenlane.records.models import Entry
from greenlane.vetting import entries, queries, queries_hit
from greenlane.vetting.commands import ScreenParties
from greenlane.vetting.commands_adjudication import AdjudicateHit
from greenlane.vetting.facts import investigation_facts
from greenlane.vetting.models import Adjudication, Screening, ScreeningHit
from greenlane.vetting.parties import as_screened, parties_of, party_body
from greenlane.vetting.sides import Difference
from tests.desk import Desk
from tests.vetting.office import VOLKANIK, company, complete, decide, investigate, sdn
from tests.vetting.stated import Likeness, Stated, stated

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(b)")]

LISTED = (7, "AMBER HERON LINES", "", "")
SECOND = (8, "AMBER HERON BROKERS", "", "")


@pytest.fixture
def found(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stated:
    """A list with two Amber Herons is on record; Amber Heron Freight is like the first."""
    desk.prove = False
    made = stated(monkeypatch, Likeness("Amber Heron", "7"))
    desk.must(sdn(tmp_path / "listed", [LISTED, SECOND], desk.today), by="ana_analyst")
    return made


def screened(desk: Desk) -> UUID:
    case = investigate(desk, company(desk, "Amber Heron Freight", owner="Nobody Known"))
    desk.prove = True
    return case


def again(desk: Desk, case: UUID) -> None:
    desk.today += timedelta(days=1)
    desk.must(ScreenParties(case_id=case), by="ana_analyst")


def relist(desk: Desk, folder: Path, *listed: Any) -> None:
    desk.today += timedelta(days=1)
    command = sdn(folder / desk.today.isoformat(), listed, desk.today, accept_drop=True, reason="Checked by telephone.")
    desk.must(command, by="ana_analyst")


def test_a_closed_pair_stays_closed_within_its_band_and_re_opens_with_the_other_band(desk: Desk, found: Stated) -> None:
    case = screened(desk)
    decide(desk, queries.open_hits()[0])
    found.likenesses[0].score = 84
    again(desk, case)
    hit = ScreeningHit.objects.get()
    assert (hit.status, hit.score, hit.remembered) == ("false_match", 84, True)
    found.likenesses[0].score = 91
    again(desk, case)
    [hit] = queries.open_hits()
    detail = queries_hit.hit_detail(hit.pk)
    assert detail.asked_again
    assert detail.difference == (Difference("score", "band", ("80-84",), ("90-94",)),)
    assert [one.outcome for one in detail.decisions] == ["false_match"]
    assert Screening.objects.latest("recorded_at").reopened == 1
    desk.refused(complete(case), by="ana_analyst", code="hits_adjudicated", cite="6 USC 964(b)")
    found.likenesses[0].score = 80
    again(desk, case)
    assert not queries.open_hits().exists(), "it is again what was decided"


def test_a_changed_entry_re_opens_it_and_tells_old_and_new(desk: Desk, found: Stated, tmp_path: Path) -> None:
    screened(desk)
    decide(desk, queries.open_hits()[0])
    relist(desk, tmp_path, (7, "AMBER HERON LINES", "", "Tax ID No. 20-1234567 (Peru)."), SECOND)
    [hit] = queries.open_hits()
    [told] = queries_hit.hit_detail(hit.pk).difference
    assert (told.side, told.fact, told.gone) == ("entry", "identifiers", ())
    assert "20-1234567" in told.new[0]
    decide(desk, hit)
    relist(desk, tmp_path, (7, "AMBER HERON LINES", "", "Tax ID No. 20-1234567 (Peru); a remark."), SECOND)
    assert not queries.open_hits().exists()


def test_a_changed_party_re_opens_it_and_a_site_at_another_address_is_another_place(desk: Desk, found: Stated) -> None:
    found.likenesses[:] = [Likeness("Dock Seven", "7")]
    case = screened(desk)
    decide(desk, queries.open_hits()[0])
    participant = queries.investigations().get(pk=case).participant_id
    [site] = sites(participant)
    moved = RecordSite(participant_id=participant, series=site.series, name="Dock Seven", use="warehouse",
                       address="8 Dock", city="Houston", country="US")  # fmt: skip
    desk.today += timedelta(days=1)
    desk.must(moved, by="ada")
    [hit] = queries.open_hits()
    told = queries_hit.hit_detail(hit.pk).difference
    assert told == (Difference("party", "addresses", ("7 Dock, Houston",), ("8 Dock, Houston",)),)


def test_closed_pairs_never_crowd_out_a_new_hit(desk: Desk, found: Stated) -> None:
    case = screened(desk)
    for number in range(10):
        found.likenesses.append(Likeness("Amber Heron", str(900 + number), score=94))
    again(desk, case)
    for hit in list(queries.open_hits()):
        decide(desk, hit)
    found.likenesses.append(Likeness("Amber Heron", "8", score=50))  # the least alike of all
    again(desk, case)
    assert [(hit.entry_key, hit.score) for hit in queries.open_hits()] == [("8", 50)]
    assert [hit.entry_key for hit in queries_hit.queue()[:1]] == ["8"]
    last = Screening.objects.latest("recorded_at")
    assert (last.hits, last.remembered) == (12, 11)


def test_a_hit_whose_entry_is_removed_is_closed_with_that_reason(desk: Desk, found: Stated, tmp_path: Path) -> None:
    case = screened(desk)
    relist(desk, tmp_path, SECOND)
    hit = ScreeningHit.objects.get()
    assert (hit.status, hit.gone_because) == ("gone", "entry_removed")
    desk.must(complete(case), by="ana_analyst")


def test_a_hit_that_is_no_longer_alike_says_so_and_comes_back_open(desk: Desk, found: Stated) -> None:
    case = screened(desk)
    kept = found.likenesses.pop()
    again(desk, case)
    assert ScreeningHit.objects.get().gone_because == "not_alike"
    found.likenesses.append(kept)
    again(desk, case)
    hit = ScreeningHit.objects.get()
    assert (hit.status, hit.gone_because) == ("open", "")


def test_a_decision_is_proposed_for_a_renumbered_entry_and_decides_nothing(
    desk: Desk, found: Stated, tmp_path: Path
) -> None:
    screened(desk)
    decided = decide(desk, queries.open_hits()[0])
    found.likenesses.append(Likeness("Amber Heron", "17"))
    relist(desk, tmp_path, (17, "AMBER HERON LINES", "", ""), SECOND)
    [hit] = queries.open_hits()
    with CaptureQueriesContext(connection) as seen:
        detail = queries_hit.hit_detail(hit.pk)
    assert len(seen) == 5
    assert hit.status == "open"
    assert detail.proposal is not None
    assert (detail.proposal.outcome, detail.proposal.hit.entry_key) == ("false_match", "7")
    assert decided.granted
    relist(desk, tmp_path, LISTED, (17, "AMBER HERON LINES", "", ""), SECOND)
    [hit] = queries.open_hits()
    assert queries_hit.hit_detail(hit.pk).proposal is None, "the old entry is on the list as well: they are two"


def test_what_is_not_resolved_stays_open_with_its_reason_and_takes_back_a_decision(desk: Desk, found: Stated) -> None:
    case = screened(desk)
    [hit] = queries.open_hits()
    decide(desk, hit)
    waits = AdjudicateHit(
        case_id=case,
        hit_id=hit.pk,
        outcome="unresolved",
        reason_code="other",
        reason="The registry of Lima has been asked.",
    )
    desk.must(waits, by="ana_analyst")
    again(desk, case)
    [hit] = queries.open_hits()
    detail = queries_hit.hit_detail(hit.pk)
    assert [one.outcome for one in detail.decisions] == ["false_match", "unresolved"]
    assert (hit.decision, detail.asked_again) == (None, False)
    desk.refused(complete(case), by="ana_analyst", code="hits_adjudicated")


def test_parts_and_words_are_kept_and_old_screenings_replay_without_them(desk: Desk, found: Stated) -> None:
    case = screened(desk)
    hit = ScreeningHit.objects.get()
    assert sum(part["points"] for part in hit.parts) == hit.score
    detail = queries_hit.hit_detail(hit.pk)
    assert [part.code for part in detail.parts] == ["name", "country"]
    assert [(pair.ours, pair.theirs, pair.how) for pair in detail.words] == [
        ("amber", "amber", "exact"),
        ("", "lines", "only_listed"),
    ]
    what = dict(Entry.objects.get(kind="vetting.PartiesScreened", subject=case).data["what"])
    assert what.pop("closed") == []
    old = [{name: value for name, value in one.items() if name not in ("parts", "words")} for one in what.pop("hits")]
    read = replay.recording.adapter_of(entries.PartiesScreened).validate_python({**what, "hits": old})
    assert (read.hits[0].parts, read.hits[0].words, read.closed) == ([], [], ())
    ScreeningHit.objects.update(parts=[], words=[])
    assert queries_hit.hit_detail(hit.pk).parts == ()


def test_an_older_screening_holds_although_more_is_compared_now(desk: Desk, found: Stated) -> None:
    """Addresses are new: a body that was kept without them is the same party, until something that it kept changes."""
    case = screened(desk)
    participant = queries.investigations().get(pk=case).participant_id
    screening = Screening.objects.get()
    screening.parties = [
        {k: v for k, v in body.items() if k not in ("addresses", "weak_names")} for body in screening.parties
    ]
    Screening.objects.filter(pk=screening.pk).update(parties=screening.parties)
    facts = investigation_facts(case)
    assert facts is not None
    assert facts.parties_screened == facts.parties_required == 4
    party = parties_of(participant)[0]
    assert party.addresses == ("1 Invented Way, Houston",)
    assert as_screened(party, party_body(party))
    assert not as_screened(party, {**party_body(party), "countries": ["PA"]})
    assert not as_screened(party, None)


def test_the_migration_gives_old_rows_what_the_record_says(desk: Desk, tmp_path: Path) -> None:
    from importlib import import_module

    desk.must(sdn(tmp_path / "listed", [VOLKANIK], desk.today), by="ana_analyst")
    case = investigate(desk, company(desk))
    [hit] = queries.open_hits()
    decide(desk, hit)
    desk.today += timedelta(days=1)
    relist(desk, tmp_path, (1, "VOLKANIK, Ilse", "individual", "DOB 04 May 1971; nationality Peru."))
    decide(desk, queries.open_hits()[0])
    assert Adjudication.objects.filter(hit__investigation_id=case).count() == 2
    Adjudication.objects.update(party={}, entry={}, score=0, nth=9)
    ScreeningHit.objects.update(grounds="")
    name = "0002_parts_patterns_and_kept_sides"
    migration = import_module(f"greenlane.vetting.migrations.{name}")
    past = MigrationLoader(connection).project_state(("vetting", name)).apps
    migration.grounds(past, None)
    migration.sides(past, None)
    replay.check()
