"""After completion: new lists and changed parties take an investigation up again, and nothing else does (964(b))."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from greenlane.applications.commands import WithdrawApplication
from greenlane.casework.models import Case, OutboxMessage
from greenlane.law.authority import Office
from greenlane.participants.chain import RecordSite
from greenlane.participants.commands import AmendProfile
from greenlane.participants.parts import EndPart
from greenlane.participants.queries import persons
from greenlane.records.models import Entry
from greenlane.vetting import monitoring, queries, queries_hit
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import Investigation, ListVersion, Screening, ScreeningHit
from tests.companies import Company, found_programme
from tests.desk import Desk
from tests.vetting.office import VOLKANIK, Listed, company, complete, decide, investigate, person, sdn

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(b)")]


def state(case_id: UUID) -> str:
    return Case.objects.get(pk=case_id).state


def cleared(desk: Desk, participant: UUID) -> UUID:
    case_id = investigate(desk, participant)
    for hit in queries.open_hits():
        decide(desk, hit)
    desk.must(complete(case_id), by="ana_analyst")
    return case_id


def next_list(desk: Desk, folder: Path, *listed: Listed, **more: object) -> None:
    desk.today += timedelta(days=1)
    desk.must(sdn(folder / desk.today.isoformat(), listed, desk.today, **more), by="ana_analyst")


@pytest.fixture
def listed(desk: Desk, tmp_path: Path) -> Desk:
    desk.must(sdn(tmp_path / "listed", [VOLKANIK], desk.today), by="ana_analyst")
    return desk


def test_a_new_entry_re_opens_only_the_company_that_it_concerns(listed: Desk, tmp_path: Path) -> None:
    one = cleared(listed, company(listed))
    other = cleared(listed, company(listed, "Amber Heron Freight", owner="Nobody Known"))
    screenings = Screening.objects.count()
    next_list(listed, tmp_path, VOLKANIK, (2, "AMBER HERON FREIGHT", "", ""))
    assert (state(one), state(other)) == ("cleared", "open")
    assert [hit.party_name for hit in queries.open_hits()] == ["Amber Heron Freight"]
    assert Screening.objects.count() == screenings + 1
    compared = Entry.objects.filter(kind="vetting.ChangesScreened").latest("id")
    assert (compared.data["what"]["parties"], compared.data["what"]["affected"]) == (8, [str(other)])
    assert compared.audience == "restricted"


def test_a_matched_entry_that_changes_re_opens_and_a_changed_remark_does_not(listed: Desk, tmp_path: Path) -> None:
    case_id = cleared(listed, company(listed))
    remarked = "DOB 04 May 1961; nationality Peru; Secondary sanctions risk: none."
    next_list(listed, tmp_path, (1, "VOLKANIK, Ilse", "individual", remarked))
    assert state(case_id) == "cleared"
    next_list(listed, tmp_path, (1, "VOLKANIK, Ilse", "individual", "DOB 04 May 1971; nationality Peru."))
    assert state(case_id) == "open"
    assert ScreeningHit.objects.get().status == "open"


def test_a_match_that_leaves_the_list_re_opens_an_adverse_result(listed: Desk, tmp_path: Path) -> None:
    participant = company(listed)
    case_id = investigate(listed, participant)
    decide(listed, queries.open_hits()[0], "true_match")
    listed.must(complete(case_id), by="ana_analyst")
    next_list(listed, tmp_path, (7, "SOMEBODY ELSE", "", ""))
    assert state(case_id) == "open"
    assert ScreeningHit.objects.get().status == "gone"
    assert listed.must(complete(case_id), by="ana_analyst").state == "cleared"


def test_a_false_match_that_leaves_the_list_changes_nothing(listed: Desk, tmp_path: Path) -> None:
    case_id = cleared(listed, company(listed))
    next_list(listed, tmp_path, (7, "SOMEBODY ELSE", "", ""))
    assert state(case_id) == "cleared"


def test_an_open_investigation_is_screened_against_every_new_version(listed: Desk, tmp_path: Path) -> None:
    case_id = investigate(listed, company(listed, owner="Nobody Known"))
    next_list(listed, tmp_path, VOLKANIK, (2, "DOCK SEVEN", "", ""))
    screening = Screening.objects.latest("recorded_at")
    assert (screening.investigation_id, screening.lists[0]["number"]) == (case_id, 2)
    assert [hit.role for hit in queries.open_hits()] == ["site"]


def test_a_new_site_and_a_lost_officer_re_open(listed: Desk) -> None:
    participant = company(listed, owner="Nobody Known")
    case_id = cleared(listed, participant)
    listed.today += timedelta(days=1)
    site = RecordSite(
        participant_id=participant, name="Dock Nine", use="yard", address="9 Dock", city="Houston", country="US"
    )
    listed.must(site, by="ada")
    assert state(case_id) == "open"
    listed.must(complete(case_id), by="ana_analyst")
    listed.today += timedelta(days=1)
    officer = persons(participant).get(role="officer").series
    listed.must(EndPart(participant_id=participant, part="person", series=officer, reason="Left."), by="ada")
    assert state(case_id) == "open"


def test_a_new_name_re_opens_and_a_new_telephone_number_does_not(listed: Desk) -> None:
    participant = company(listed, owner="Nobody Known")
    case_id = cleared(listed, participant)
    listed.today += timedelta(days=1)
    profile = {"participant_id": participant, "country": "US", "address": "1 Invented Way", "city": "Houston"}
    same = AmendProfile(legal_name="Meridian Lantern Imports", phone="555", cargo_kinds=("bulk",), **profile)  # type: ignore[arg-type]
    listed.must(same, by="ada")
    assert state(case_id) == "cleared"
    other = AmendProfile(
        legal_name="Meridian Lantern Imports",
        trade_name="Quite Another Alias",
        cargo_kinds=("bulk",),
        **profile,  # type: ignore[arg-type]
    )
    listed.must(other, by="ada")
    assert state(case_id) == "open"


def test_a_company_without_investigation_is_left_alone(listed: Desk) -> None:
    company(listed)
    assert not Case.objects.filter(kind="investigation").exists()
    assert not OutboxMessage.objects.exclude(error="").exists()


def test_the_queue_of_hits_costs_the_same_for_one_and_for_many(listed: Desk) -> None:
    listed.prove = False
    counts = []
    for number in (1, 2, 3, 4):
        investigate(listed, company(listed, f"Amber Heron Freight {number}"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            shown = [(h.party_name, h.listed_name, h.investigation.participant.legal_name) for h in queries.open_hits()]
        assert len(shown) == number
        counts.append(len(seen))
    assert counts == [1, 1, 1, 1]


def test_one_hit_and_the_investigations_are_read_in_few_queries(listed: Desk) -> None:
    listed.prove = False
    for number in (1, 2, 3):
        investigate(listed, company(listed, f"Amber Heron Freight {number}"))
    hit = queries.open_hits()[0]
    decide(listed, hit)
    with CaptureQueriesContext(connection) as seen:
        detail = queries_hit.hit_detail(hit.pk)
        names = [line.theirs for line in detail.lines if line.label == "Name"]
    assert len(seen) == 3
    assert names == [("VOLKANIK, Ilse (primary)", "QUITE ANOTHER ALIAS (alias)")]
    assert any(reason.code == "birth_date_same" and reason.supports for reason in detail.reasons)
    born = next(line for line in detail.lines if line.label == "Born")
    assert (born.ours, born.theirs, born.supports) == (("1961-05-04",), ("04 May 1961",), True)
    with CaptureQueriesContext(connection) as seen:
        rows = [(i.participant.legal_name, i.state, i.reference[:3], i.open_hits) for i in queries.investigations()]
    assert len(seen) == 1
    assert [(row[1], row[2]) for row in rows] == [("open", "INV")] * 3
    assert sorted(row[3] for row in rows) == [0, 1, 1]
    assert [h.pk for h in queries.hits_of(hit.investigation_id)] == [hit.pk]


@pytest.mark.clause("6 USC 963")
def test_a_submitted_application_is_investigated_and_a_withdrawn_one_no_more(tmp_path: Path) -> None:
    desk = Desk()
    found_programme(desk, "importer")
    desk.person("ana_analyst", Office.VETTING_ANALYST)
    desk.must(sdn(tmp_path, [VOLKANIK], desk.today), by="ana_analyst")
    applicant = Company(desk, "ada").submitted()
    case_id = latest_investigation(applicant.participant, "certification")
    assert case_id is not None
    assert Investigation.objects.get().application_id == applicant.application
    assert Screening.objects.get().investigation_id == case_id
    desk.must(WithdrawApplication(case_id=applicant.application, reason="Changed our plans."), by="ada")
    assert state(case_id) == "closed"


def test_comparing_a_new_list_costs_the_same_for_one_and_for_many_companies(listed: Desk, tmp_path: Path) -> None:
    listed.prove = False
    costs = []
    for number in range(3):
        cleared(listed, company(listed, f"Amber Heron Freight {number}", owner="Nobody Known"))
        with CaptureQueriesContext(connection) as seen:
            compared = monitoring.compare(ListVersion.objects.get())
        assert (compared.investigations, compared.parties) == (number + 1, 4 * (number + 1))
        costs.append(len(seen))
    assert len(set(costs)) == 1


def test_a_corrected_person_keeps_the_key_of_the_party(listed: Desk) -> None:
    participant = company(listed)
    investigate(listed, participant)
    before = queries.open_hits()[0]
    listed.today += timedelta(days=1)
    series = UUID(before.party_key.removeprefix("person:"))
    person(listed, participant, "Ilse Volkanik", born=before.first_on.replace(year=1975), series=series)
    after = queries.open_hits()[0]
    assert (after.pk, after.party_key) == (before.pk, before.party_key)
    assert after.evidence != before.evidence
