"""The analyst's pages: queue, side by side, patterns, versions of a list; few queries, no script (6 USC 964(b))."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from greenlane.vetting.models import Adjudication, FalsePattern, ScreeningHit
from tests.vetting.office import decide
from tests.vetting.stated import Likeness
from tests.web.screening_stage import AGAIN, FIRST, OTHER, Stage, stage
from tests.web.staff_office import KEY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(b)")]
QUEUE = "/screening/hits/"
WHY = "Another company; the registry extract was compared."


@pytest.fixture
def office(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return stage(tmp_path, monkeypatch)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return re.sub(r"\s+", " ", answer.content.decode())


def queries(client: Client, path: str) -> int:
    client.get(path)  # what a process looks up once
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def form(hit: ScreeningHit, **values: str) -> dict[str, str]:
    hidden = {"case_id": str(hit.investigation_id), "hit_id": str(hit.pk), "seen_evidence": hit.evidence}
    said = {"outcome": "false_match", "reason_code": "different_name", "reason": WHY}
    return {KEY: str(uuid4()), **hidden, **said, **values}


def test_the_queue_is_filtered_and_next_and_previous_stay_within_it(office: Stage) -> None:
    ana = office.client("ana_analyst")
    page = text(ana, QUEUE)
    assert page.count("data-gl-row>") == 4
    assert "Only legal forms, numbers and common words are alike" in page
    page = text(ana, QUEUE + "?ground=numbers_differ&kind=nonsense&page=x")
    assert page.count("data-gl-row>") == 1
    assert f"{office.hit('Amber Heron 1', '8').pk}/?queue=1&amp;ground=numbers_differ" in page
    assert text(ana, QUEUE + "?name=heron+3").count("data-gl-row>") == 1
    assert text(ana, QUEUE + "?page=" + "9" * 5000).count("data-gl-row>") == 0
    assert "No open hit is like that" in text(ana, QUEUE + "?name=nobody")
    last = office.hit("Amber Heron 1", "8")
    page = text(ana, f"{QUEUE}{last.pk}/?queue=1")
    assert "4 of 4" in page
    assert 'rel="next"' not in page
    page = text(ana, f"{QUEUE}{last.pk}/?queue=1&ground=numbers_differ")
    assert "1 of 1" in page


def test_deciding_leads_to_the_next_of_the_queue_and_from_the_last_to_the_case(office: Stage) -> None:
    ana = office.client("ana_analyst")
    seen = []
    path = f"{QUEUE}{ScreeningHit.objects.order_by('-score', 'first_on', 'id')[0].pk}/?queue=1&ground=name_generic"
    while path.startswith(QUEUE):
        hit = ScreeningHit.objects.get(pk=path.split("/")[3])
        seen.append(hit.party_name)
        answer = ana.post(path, form(hit))
        assert answer.status_code == 302, answer.content.decode()
        path = answer.headers["Location"]
    assert sorted(seen) == ["Amber Heron 1", "Amber Heron 2", "Amber Heron 3"]
    assert path == reverse("web:case", args=[hit.investigation_id])
    assert ScreeningHit.objects.get(status="open").entry_key == "8"


def test_what_is_not_resolved_stays_in_the_queue_and_is_passed_over_once(office: Stage) -> None:
    ana, hit = office.client("ana_analyst"), office.hit("Amber Heron 2")
    answer = ana.post(f"{QUEUE}{hit.pk}/?queue=1", form(hit, outcome="unresolved", reason_code="other"))
    assert answer.status_code == 302
    page = text(ana, f"{QUEUE}{hit.pk}/")
    assert "To be decided" in page
    assert "Not resolved yet" in page


def test_the_page_of_a_hit_shows_both_sides_words_parts_and_where_the_list_says_so(office: Stage) -> None:
    hit = office.hit("Amber Heron 1")
    page = text(office.client("ana_analyst"), f"{QUEUE}{hit.pk}/")
    for said in ("1 Invented Way, Houston", "1 Mole St", "amber", "only on the list", "+86", "\N{MINUS SIGN}4",
                 "The sum of the parts, of 100.", hit.entry["fingerprint"], "version 1 of"):  # fmt: skip
        assert said in page, said
    assert re.search(r'<rect class="gl-bar__more" x="30" y="0" width="86"', page)
    assert re.search(r'<rect class="gl-bar__less" x="26" y="0" width="4"', page)
    assert "The same entry of the list (3)" in page
    assert "The same name of the party (2)" in page
    ScreeningHit.objects.filter(pk=hit.pk).update(parts=[], words=[])  # found before these were kept
    page = text(office.client("ana_analyst"), f"{QUEUE}{hit.pk}/")
    assert "What the score is made of" not in page
    assert "Stated by a test." in page


def test_a_hit_asked_again_shows_then_and_now(office: Stage) -> None:
    decide(office.desk, office.hit("Amber Heron 2"))
    office.relist(AGAIN, OTHER)
    page = text(office.client("ana_analyst"), f"{QUEUE}{office.hit('Amber Heron 2').pk}/")
    assert "It was decided before, and is asked again" in page
    assert "Since the decision of March 2, 2026 this has changed" in page
    assert re.search(r"The listed party</td>\s*<td[^>]*>-</td>\s*<td[^>]*>[^<]*20-1234567", page)


def test_a_renumbered_entry_brings_the_old_decision_as_a_proposal_to_fill_in(office: Stage) -> None:
    decide(office.desk, office.hit("Amber Heron 2"))
    office.found.likenesses[0].entry_key = "17"
    office.relist((17, "AMBER LINES", "", ""), OTHER)
    ana = office.client("ana_analyst")
    assert "does not have this entry any more" in text(ana, f"{QUEUE}{office.hit('Amber Heron 2').pk}/")
    path = f"{QUEUE}{office.hit('Amber Heron 2', '17').pk}/"
    page = text(ana, path)
    assert "It may have been decided under another number" in page
    assert "Compared passport copy and list remarks." not in page.split("Decide")[-1]
    filled = text(ana, path + "?carry=1")
    assert "As decided on 2026-03-02 on entry 7, which has left the list" in filled
    assert ScreeningHit.objects.get(party_name="Amber Heron 2", entry_key="17").status == "open"


def test_a_pattern_is_seen_chosen_and_closed_with_a_reason(office: Stage) -> None:
    ana, path = office.client("ana_analyst"), reverse("web:screening-patterns")
    asked = {"list_kind": "ofac_sdn", "list_code": "OFAC-SDN", "entry_key": "7", "ground": "name_generic"}
    page = text(ana, path + "?" + "&".join(f"{k}={v}" for k, v in asked.items()))
    assert "3 hits that can be closed" in page
    assert "AMBER LINES" in page
    boxes = re.findall(r'name="hit" value="([^"]+)" checked', page)
    assert len(boxes) == 3
    values = {KEY: str(uuid4()), **asked, "hit": boxes[:2], "reason_code": "different_name", "reason": "No."}
    refused = ana.post(path, values)
    assert refused.status_code == 422
    assert "The reason is shorter than" in refused.content.decode()
    done = ana.post(path, {**values, KEY: str(uuid4()), "reason": WHY}, follow=True).content.decode()
    assert "2 hits are closed as one false pattern." in done
    assert WHY in done
    assert (FalsePattern.objects.get().hits, Adjudication.objects.count()) == (2, 2)
    assert ScreeningHit.objects.filter(status="open", entry_key="7").count() == 1
    closed = Adjudication.objects.all()[0].hit_id
    assert "Decided with others as one false pattern." in text(ana, f"{QUEUE}{closed}/")
    again = ana.post(path, {**values, KEY: str(uuid4()), "reason": WHY})
    assert again.status_code == 422
    assert "decided already" in again.content.decode()


def test_what_looks_like_a_match_cannot_be_chosen(office: Stage) -> None:
    ScreeningHit.objects.filter(party_name="Amber Heron 3").update(score=97)
    page = text(office.client("ana_analyst"), reverse("web:screening-patterns") + "?ground=name_generic")
    assert "2 hits that can be closed" in page
    assert "Looks like a true match: decide it by itself" in page


@pytest.mark.clause("6 USC 971(c)")
def test_who_needs_not_know_opens_none_of_it_and_an_auditor_only_reads(office: Stage) -> None:
    hit, patterns = office.hit("Amber Heron 1"), reverse("web:screening-patterns")
    for path in (QUEUE, f"{QUEUE}{hit.pk}/", patterns):
        assert office.client("sam_specialist").get(path).status_code == 403
    auditor = office.client("alma_auditor")
    assert "Record the decision" not in text(auditor, f"{QUEUE}{hit.pk}/")
    assert "Close the chosen hits" not in text(auditor, patterns + "?ground=name_generic")
    assert auditor.post(patterns, {KEY: str(uuid4())}).status_code == 404
    assert auditor.post(f"{QUEUE}{hit.pk}/", form(hit)).status_code == 404
    assert "False patterns" not in text(office.client("sam_specialist"), reverse("web:screening"))


def test_two_versions_of_a_list_are_told_apart_entry_by_entry(office: Stage) -> None:
    office.relist(AGAIN, (9, "QUITE NEW INVENTION", "", ""))
    office.relist(FIRST, (9, "QUITE NEW INVENTION", "", ""))
    sam = office.client("sam_specialist")
    path = reverse("web:screening-version", args=["ofac_sdn", 2])
    page = text(sam, path)
    assert "QUITE NEW INVENTION" in page
    assert "What changed since version 1" in page
    changed = text(sam, path + "?what=changed")
    told = re.findall(r'data-label="(What reads otherwise|Before|Now)">([^<]*)<', changed)
    assert told[:3] == [("What reads otherwise", "Numbers"), ("Before", "-"), ("Now", "tax 20-1234567 PE")]
    assert "AMBER HERON 2 LTD" in text(sam, path + "?what=removed")
    third = reverse("web:screening-version", args=["ofac_sdn", 3])
    assert 'data-label="Before">tax 20-1234567 PE<' in text(sam, third + "?what=changed")
    over = text(sam, third + "?from=1&what=changed")
    assert "None." in over, "changed and changed back"
    assert "QUITE NEW INVENTION" in text(sam, third + "?from=1&what=added")
    first = text(sam, reverse("web:screening-version", args=["ofac_sdn", 1]))
    assert "primary.csv" in first
    assert "https://lists.example/sdn" in first
    assert "What changed since" not in first
    for wrong in (["ofac_sdn", 4], ["nonsense", 1]):
        text(sam, reverse("web:screening-version", args=wrong), status=404)
    assert f'href="{path}"' in text(sam, reverse("web:screening-list", args=["ofac_sdn"]))


def test_a_long_difference_comes_in_pages(office: Stage) -> None:
    office.relist(FIRST, OTHER, *((2000 + n, f"QUITE NEW INVENTION {n}", "", "") for n in range(60)))
    sam, path = office.client("sam_specialist"), reverse("web:screening-version", args=["ofac_sdn", 2])
    assert "1 to 50 of 60" in text(sam, path)
    second = text(sam, path + "?what=added&page=2")
    assert "51 to 60 of 60" in second
    assert 'rel="next"' not in second


def test_pages_ask_the_database_the_same_whatever_they_show(office: Stage) -> None:
    """The base is what any page of hers asks: session, person, offices, what the header shows."""
    hit, patterns = office.hit("Amber Heron 1"), reverse("web:screening-patterns")
    base = queries(office.client("ana_analyst"), patterns) - 1
    asked = {QUEUE: 1, QUEUE + "?ground=name_generic&name=amber": 1, patterns + "?ground=name_generic": 2}
    office.relist(AGAIN, OTHER)
    ana = office.client("ana_analyst")
    version = reverse("web:screening-version", args=["ofac_sdn", 2]) + "?what=changed"
    assert {path: queries(ana, path) - base for path in asked} == asked
    assert queries(ana, version) - base == 7, "the version, three counts, two of the page, the earlier versions"
    many = tuple((2000 + n, f"AMBER {n}", "", "") for n in range(30))
    office.found.likenesses += [Likeness("Amber", str(key), codes=("name_generic",)) for key, *_ in many]
    office.relist(AGAIN, OTHER, *many)
    office.relist(FIRST, OTHER, *((key, name + " LTD", "", "") for key, name, *_ in many))
    ana = office.client("ana_analyst")
    assert ScreeningHit.objects.filter(status="open").count() == 94
    assert {path: queries(ana, path) - base for path in asked} == asked
    assert queries(ana, version.replace("/2/", "/4/")) - base == 7
    one = f"{QUEUE}{hit.pk}/?queue=1"
    assert queries(ana, one) - base == 9, "hit, version, decisions, proposal, log of reads, place (3), what it shares"
    decide(office.desk, hit)
    assert queries(ana, one) - base <= 9
