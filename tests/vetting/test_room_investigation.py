"""The background investigation by commands: screened by the platform, decided by people, complete by law (964(b))."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case
from greenlane.casework.problems import Missing
from greenlane.law.s964_investigation import investigation_cleared, investigation_complete
from greenlane.participants.commands import RegisterParticipant
from greenlane.records.models import Entry
from greenlane.vetting import queries, queries_hit
from greenlane.vetting.commands import CloseInvestigation, OpenInvestigation, ReopenInvestigation, ScreenParties
from greenlane.vetting.commands_adjudication import AdjudicateHit
from greenlane.vetting.facts import investigation_facts, latest_investigation
from greenlane.vetting.importing import prepare
from greenlane.vetting.models import Adjudication, Investigation, Screening, ScreeningHit
from tests.desk import Desk
from tests.shared_data import shared_data
from tests.vetting.office import (
    VOLKANIK,
    company,
    complete,
    decide,
    investigate,
    person,
    sdn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(b)")]


def state(case_id: UUID) -> str:
    return Case.objects.get(pk=case_id).state


@pytest.fixture
def listed(desk: Desk, tmp_path: Path) -> Desk:
    """A list with Ilse Volkanik is on record."""
    desk.must(sdn(tmp_path / "listed", [VOLKANIK], desk.today), by="ana_analyst")
    return desk


def test_an_opened_investigation_is_screened_at_once(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    screening = Screening.objects.get()
    assert {party["role"] for party in screening.parties} == {"company", "owner", "officer", "site"}
    assert screening.by is None
    [used] = screening.lists
    assert (used["code"], used["number"], used["dated"]) == ("OFAC-SDN", 1, listed.today.isoformat())
    assert len(used["entries_sha256"]) == 64
    [hit] = queries.open_hits()
    assert (hit.party_name, hit.listed_name, hit.status) == ("Ilse Volkanik", "VOLKANIK, Ilse", "open")
    assert hit.score >= 95
    facts = investigation_facts(case_id)
    assert facts is not None
    assert (facts.persons_named, facts.persons_required) == (2, 2)
    assert (facts.parties_screened, facts.parties_required, facts.open_hits) == (4, 4, 1)


def test_without_a_list_it_waits_and_is_screened_when_the_first_one_comes(desk: Desk, tmp_path: Path) -> None:
    case_id = investigate(desk, company(desk))
    assert not Screening.objects.exists()
    desk.refused(ScreenParties(case_id=case_id), by="ana_analyst", code="lists_on_record")
    answer = desk.refused(complete(case_id), by="ana_analyst", code="parties_screened", cite="6 USC 964(b)")
    failing = {r.code for r in answer.verdict.failing}
    assert {"persons_named", "parties_screened", "lists_named", "required_lists"} <= failing
    desk.must(sdn(tmp_path, [VOLKANIK], desk.today), by="ana_analyst")
    assert Screening.objects.get().investigation_id == case_id


def test_an_open_hit_stops_completion_and_a_person_decides_it(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    [hit] = queries.open_hits()
    listed.refused(complete(case_id), by="ana_analyst", code="hits_adjudicated", cite="6 USC 964(b)")
    decide(listed, hit)
    answer = listed.must(complete(case_id), by="ana_analyst")
    assert answer.state == "cleared"
    facts = investigation_facts(case_id, listed.today)
    assert investigation_complete(facts, listed.today).granted
    assert investigation_cleared(facts).granted
    assert facts is not None
    assert facts.expires_on == listed.today + timedelta(days=365)
    assert not investigation_complete(facts, listed.today + timedelta(days=366)).granted


def test_a_true_match_makes_the_result_adverse(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    decide(listed, queries.open_hits()[0], "true_match")
    assert listed.must(complete(case_id), by="sue_supervisor").state == "adverse"
    facts = investigation_facts(case_id)
    assert investigation_complete(facts, listed.today).granted
    assert not investigation_cleared(facts).granted


def test_adverse_facts_beside_the_lists_make_the_result_adverse(listed: Desk) -> None:
    case_id = investigate(listed, company(listed, owner="Nobody Known"))
    told = complete(case_id, adverse_grounds="Seizure of 2026-01-09, incident report 17.")
    assert listed.must(told, by="ana_analyst").state == "adverse"


def test_the_platform_decides_nothing(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    hit = queries.open_hits()[0]
    command = AdjudicateHit(
        case_id=case_id, hit_id=hit.pk, outcome="false_match", reason_code="other", reason="A machine is sure."
    )
    listed.refused(command, code="authority")
    listed.refused(complete(case_id), code="authority")
    listed.refused(command, by="ada", code="authority")
    assert ScreeningHit.objects.get().status == "open"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "No."}, "reason_written"),
        ({"reason_code": "same_birth_date"}, "ground_fits_decision"),
        ({"seen_evidence": "0" * 64}, "evidence_as_seen"),
    ],
)
def test_a_decision_needs_a_reason_that_fits_and_the_evidence_that_was_shown(
    listed: Desk, changes: dict[str, str], code: str
) -> None:
    case_id = investigate(listed, company(listed))
    hit = queries.open_hits()[0]
    values = {"outcome": "false_match", "reason_code": "different_country", "reason": "Compared the passports."}
    command = AdjudicateHit(case_id=case_id, hit_id=hit.pk, **{**values, **changes})  # type: ignore[arg-type]
    listed.refused(command, by="ana_analyst", code=code, cite="6 USC 964(b)")
    with pytest.raises(Missing):
        listed.give(AdjudicateHit(case_id=case_id, hit_id=uuid4(), **values), by="ana_analyst")  # type: ignore[arg-type]


def test_a_second_look_adds_a_decision_and_keeps_the_first(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    hit = queries.open_hits()[0]
    decide(listed, hit, "true_match")
    listed.today += timedelta(days=1)
    decide(listed, hit, "false_match", by="sue_supervisor")
    detail = queries_hit.hit_detail(hit.pk)
    assert [one.outcome for one in detail.decisions] == ["true_match", "false_match"]
    assert detail.hit.status == "false_match"
    assert listed.must(complete(case_id), by="ana_analyst").state == "cleared"
    second = AdjudicateHit(
        case_id=case_id, hit_id=hit.pk, outcome="true_match", reason_code="other", reason="Too late for this."
    )
    answer = listed.give(second, by="ana_analyst")
    assert (answer.granted, answer.step) == (False, "procedure")


def test_what_was_decided_is_remembered_while_the_evidence_is_the_same(listed: Desk) -> None:
    participant = company(listed)
    first = investigate(listed, participant)
    decide(listed, queries.open_hits()[0])
    listed.must(complete(first), by="ana_analyst")
    listed.today += timedelta(days=100)
    again = listed.must(OpenInvestigation(participant_id=participant, purpose="validation")).case_id
    assert again is not None
    assert not queries.open_hits().exists()
    hit = ScreeningHit.objects.get(investigation_id=again)
    assert (hit.status, hit.remembered) == ("false_match", True)
    remembered = queries_hit.hit_detail(hit.pk).remembered_from
    assert remembered == Adjudication.objects.get()
    assert Screening.objects.get(investigation_id=again).remembered == 1
    assert (latest_investigation(participant), latest_investigation(participant, "certification")) == (again, first)


def test_a_decision_on_other_evidence_is_asked_again(listed: Desk, tmp_path: Path) -> None:
    case_id = investigate(listed, company(listed))
    decide(listed, queries.open_hits()[0])
    listed.today += timedelta(days=1)
    changed = (1, "VOLKANIK, Ilse", "individual", "DOB 04 May 1961; nationality Peru; Passport A1234567 (Peru).")
    listed.must(sdn(tmp_path, [changed], listed.today), by="ana_analyst")
    hit = ScreeningHit.objects.get()
    assert (hit.status, hit.decision) == ("open", None)
    assert Adjudication.objects.get().hit == hit
    assert Screening.objects.latest("recorded_at").reopened == 1
    listed.refused(complete(case_id), by="ana_analyst", code="hits_adjudicated")


def test_a_hit_whose_party_is_gone_needs_no_decision(listed: Desk) -> None:
    participant = company(listed)
    case_id = investigate(listed, participant)
    hit = queries.open_hits()[0]
    listed.today += timedelta(days=1)
    owner = UUID(hit.party_key.removeprefix("person:"))
    person(listed, participant, "Quite Otherwise", series=owner)
    assert ScreeningHit.objects.get().status == "gone"
    command = AdjudicateHit(
        case_id=case_id, hit_id=hit.pk, outcome="false_match", reason_code="other", reason="Gone already, I think."
    )
    listed.refused(command, by="ana_analyst", code="hit_is_present")
    listed.must(complete(case_id), by="ana_analyst")


def test_lists_that_are_too_old_do_not_complete_an_investigation(listed: Desk, tmp_path: Path) -> None:
    case_id = investigate(listed, company(listed, owner="Nobody Known"))
    listed.today += timedelta(days=31)
    listed.must(ScreenParties(case_id=case_id), by="ana_analyst")
    answer = listed.refused(complete(case_id), by="ana_analyst", code="lists_recent", cite="6 USC 964(b)")
    assert "more than 30 days ago: OFAC-SDN" in str(answer.verdict.failing[0].sentence)
    listed.must(sdn(tmp_path / "again", [VOLKANIK], listed.today), by="ana_analyst")  # the same files, retrieved again
    listed.must(complete(case_id), by="ana_analyst")


def test_one_open_investigation_at_a_time(listed: Desk) -> None:
    participant = company(listed)
    investigate(listed, participant)
    listed.refused(OpenInvestigation(participant_id=participant), code="no_other_is_open", cite="6 USC 964(b)")


def test_reopening_by_a_person_needs_a_reason_and_keeps_decisions(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    decide(listed, queries.open_hits()[0])
    listed.must(complete(case_id), by="ana_analyst")
    listed.refused(ReopenInvestigation(case_id=case_id), by="ana_analyst", code="reason_given")
    listed.must(ReopenInvestigation(case_id=case_id, reason="A letter from Lima of today."), by="ana_analyst")
    assert state(case_id) == "open"
    row = Investigation.objects.get(pk=case_id)
    assert (row.completed_on, row.expires_on) == (None, None)
    assert not queries.open_hits().exists()
    listed.must(complete(case_id), by="ana_analyst")


def test_a_screening_that_finds_the_same_renews_a_result(listed: Desk, tmp_path: Path) -> None:
    case_id = investigate(listed, company(listed))
    decide(listed, queries.open_hits()[0])
    listed.must(complete(case_id), by="ana_analyst")
    completed = listed.today
    listed.today += timedelta(days=40)
    listed.must(ScreenParties(case_id=case_id), by="ana_analyst")
    row = Investigation.objects.get(pk=case_id)
    assert (state(case_id), row.expires_on) == ("cleared", completed + timedelta(days=365))  # the list is too old
    listed.must(sdn(tmp_path / "again", [VOLKANIK], listed.today), by="ana_analyst")
    listed.must(ScreenParties(case_id=case_id), by="ana_analyst")
    row = Investigation.objects.get(pk=case_id)
    assert (row.completed_on, row.expires_on) == (completed, listed.today + timedelta(days=365))


def test_a_closed_investigation_is_closed_for_good(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    listed.refused(CloseInvestigation(case_id=case_id, reason=" "), code="reason_given")
    listed.must(CloseInvestigation(case_id=case_id, reason="The application was withdrawn."))
    answer = listed.give(ScreenParties(case_id=case_id), by="ana_analyst")
    assert (answer.granted, answer.step) == (False, "procedure")
    assert latest_investigation(Investigation.objects.get().participant_id) is None


def test_rc_12_an_investigation_names_persons_sources_date_and_expiry(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    decide(listed, queries.open_hits()[0])
    answer = listed.must(complete(case_id), by="ana_analyst")
    entry = Entry.objects.get(uid=answer.entries[0])
    said = entry.data["what"]
    assert said["persons_named"] == ["Odo Farthingale", "Ilse Volkanik"]
    assert said["sources"] == [f"OFAC-SDN {listed.today.isoformat()}: https://lists.example/sdn"]
    assert (entry.effective_on, said["expires_on"]) == (listed.today, "2027-03-02")
    assert entry.audience == "restricted"


def test_rc_12_an_investigation_without_owner_or_officer_is_not_complete(listed: Desk) -> None:
    bare = RegisterParticipant(
        business_type="importer", legal_name="Bare Bones Trading", country="US", address="1 Way", city="Houston"
    )
    participant = listed.must(bare, by="ada").case_id
    assert participant is not None
    case_id = investigate(listed, participant)
    listed.refused(complete(case_id), by="ana_analyst", code="persons_named", cite="6 USC 964(b)")


def test_rc_12_a_changed_owner_re_opens_vetting(listed: Desk) -> None:
    participant = company(listed, owner="Nobody Known")
    case_id = investigate(listed, participant)
    listed.must(complete(case_id), by="ana_analyst")
    listed.today += timedelta(days=5)
    person(listed, participant, "Ilse Volkanik")
    assert state(case_id) == "open"
    assert [hit.party_name for hit in queries.open_hits()] == ["Ilse Volkanik"]
    assert not investigation_complete(investigation_facts(case_id), listed.today).granted


def test_the_day_before_a_new_owner_the_result_still_covered_everybody(listed: Desk) -> None:
    participant = company(listed, owner="Nobody Known")
    case_id = investigate(listed, participant)
    listed.today += timedelta(days=5)
    listed.must(complete(case_id), by="ana_analyst")
    facts = investigation_facts(case_id, date(2026, 3, 2))
    assert facts is not None
    assert facts.parties_required == facts.parties_screened == 4


@pytest.mark.clause("6 USC 971(c)")
def test_a_company_learns_nothing_of_its_vetting_from_refusals(listed: Desk) -> None:
    case_id = investigate(listed, company(listed))
    refused = listed.refused(complete(case_id), by="ana_analyst", code="hits_adjudicated")
    assert Entry.objects.get(uid=refused.entries[0]).audience == "restricted"
    audiences = set(Entry.objects.filter(subject=case_id).values_list("audience", flat=True))
    assert audiences == {"staff", "restricted"}


def test_a_decision_of_another_investigation_is_the_latest_one(listed: Desk) -> None:
    participant = company(listed)
    first = investigate(listed, participant)
    hit = queries.open_hits()[0]
    decide(listed, hit, "false_match")
    decide(listed, hit, "true_match", by="sue_supervisor")  # the same instant
    listed.must(complete(first), by="ana_analyst")
    listed.today += timedelta(days=1)
    investigate(listed, participant)
    assert set(ScreeningHit.objects.values_list("status", flat=True)) == {"true_match"}
    [second] = ScreeningHit.objects.exclude(investigation_id=first)
    assert listed.must(complete(second.investigation_id), by="ana_analyst").state == "adverse"


def test_a_company_of_the_real_list_is_found_with_its_reasons(desk: Desk) -> None:
    names = {"primary": "sdn", "alt": "alt", "add": "add"}
    files = {role: shared_data(f"screening/ofac/{name}_2021-07.csv") for role, name in names.items()}
    desk.prove = False
    desk.must(prepare("ofac_sdn", files, "https://www.treasury.gov/ofac", desk.today), by="ana_analyst")
    investigate(desk, company(desk, "Aero-Caribbean", owner="Nobody Known At All"))
    began = time.monotonic()
    case_id = investigate(desk, company(desk, "Anglo Caribbean Company Limited", owner="Nobody Known At All"))
    assert time.monotonic() - began < 10
    found = {(hit.listed_name, hit.entry_key) for hit in queries.hits_of(case_id)}
    assert ("ANGLO-CARIBBEAN CO., LTD.", "173") in found
    hit = queries.hits_of(case_id).get(entry_key="173")
    assert hit.list_code == "OFAC-SDN"
    assert hit.score >= 70
    assert hit.entry["programmes"] == ["CUBA"]
    assert ScreeningHit.objects.filter(listed_name="AERO-CARIBBEAN", score__gte=80).exists()
