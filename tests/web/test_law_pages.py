"""The public law pages: status, content as published, escaping, no query, and a friendly answer to a wrong citation."""

from __future__ import annotations

from html import escape, unescape
from typing import Any

import pytest
from django.test import Client

from greenlane.law.citations import citations
from greenlane.law.procedures_registry import procedure_of, procedures
from greenlane.statute.coverage import Status, coverage, row, summary
from greenlane.statute.pages import sections
from greenlane.web.law_shown import grouped_situations, leaves
from greenlane.web.procedure_pictures import picture, ways

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


@pytest.mark.parametrize("address", ["/law/", "/law/6-usc-964/", "/law/6-usc-964-b/", "/law/procedures/"])
def test_the_law_is_read_without_signing_in_and_without_a_query(
    client: Client, django_assert_num_queries: Any, address: str
) -> None:
    client.get(address)
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_the_contents_name_every_section_and_count_every_clause(client: Client) -> None:
    page = text_of(client, "/law/")
    counted = summary()
    assert counted.all == len(citations()) == 134
    for section in sections():
        assert f'href="/law/{section.slug}/"' in page
        assert (section.heading or "") in page
    label = f"{counted.works} of {counted.all} clauses work, {counted.in_progress} are in progress"
    assert label in page


@pytest.mark.parametrize("status", list(Status))
def test_every_count_opens_into_its_clauses(client: Client, status: Status) -> None:
    page = text_of(client, f"/law/?status={status.value}")
    listed = page.split('id="listed"', 1)[1].split("</section>", 1)[0]
    for clause_row in coverage():
        assert (f'href="{clause_row.page}"' in listed) is (clause_row.status is status)


def test_a_made_up_status_shows_the_contents(client: Client) -> None:
    assert 'id="listed"' not in text_of(client, "/law/?status=<script>")


@pytest.mark.parametrize("section", sections(), ids=str)
def test_a_section_shows_each_clause_exactly_as_published(client: Client, section: Any) -> None:
    page = client.get(f"/law/{section.slug}/").content.decode()
    for citation in citations():
        if citation.section == section.section:
            assert f'id="{citation.slug}"' in page
            assert escape(citation.text) in page


@pytest.mark.parametrize("citation", [c for c in citations() if c.parent], ids=str)
def test_every_clause_has_a_page_with_what_runs(client: Client, citation: Any) -> None:
    page = text_of(client, f"/law/{citation.slug}/")
    found = row(citation.cite)
    assert citation.text in page
    for rule in found.rules:
        assert rule.summary in page
    for line in found.commands:
        assert line.summary in page
    for situation in found.situations:
        assert situation.name in page
    for sentence in found.missing:
        assert str(sentence) in page


@pytest.mark.clause("6 USC 964(c)")
def test_a_situation_is_told_from_its_facts_to_its_verdict(client: Client) -> None:
    page = text_of(client, "/law/6-usc-964-c/")
    told = page.split("On day 97 without a reason", 1)[1].split("</li></ul>", 1)[0]
    assert "April 22, 2026" in told
    assert "refused" in told
    assert 'href="/law/6-usc-964-c/"' in told
    (group,) = (g for g in grouped_situations(row("964(c)")) if g.rule == "s964.may_certify")
    assert ("lateness reason", "A storm closed the office for two weeks.") in group.situations[0].differs
    assert ("received on", "2026-01-15") in group.given


def test_facts_in_words_reach_every_leaf() -> None:
    facts = {"a_b": {"c": None, "d": [], "e": [{"f": True}, {"f": False}]}, "g": [1, 2], "h": "", "i": {}}
    assert list(leaves(facts)) == [
        ("a b › c", "nothing recorded"),
        ("a b › d", "none"),
        ("a b › e › 1 › f", "yes"),
        ("a b › e › 2 › f", "no"),
        ("g", "1, 2"),
        ("h", "left empty"),
        ("i", "none"),
    ]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("964(c)", "6-usc-964-c"), ("6 U.S.C. 964 (c)", "6-usc-964-c"), ("19 usc 4311(b)(4)(D)", "19-usc-4311-b-4-d")],
)
def test_a_citation_leads_to_its_clause_however_it_is_written(client: Client, typed: str, slug: str) -> None:
    assert client.get("/law/find/", {"q": typed})["Location"] == f"/law/{slug}/"
    assert client.get(f"/law/{typed}/")["Location"] == f"/law/{slug}/"


def test_an_unknown_clause_is_told_how_a_citation_is_written(client: Client) -> None:
    answer = client.get("/law/find/", {"q": "964(z)"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Write the section, then its parts in brackets" in page
    assert 'href="/law/6-usc-964/"' in page
    assert client.get("/law/nothing/").status_code == 404
    assert "Which clause do you look for?" in client.get("/law/find/").content.decode()


def test_what_a_person_types_is_escaped_and_cut(client: Client) -> None:
    page = client.get("/law/find/", {"q": '<script>alert("1")</script>' + "x" * 500}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "x" * 61 not in page


def test_nothing_but_reading_is_answered(client: Client) -> None:
    assert client.post("/law/").status_code == 405


@pytest.mark.parametrize("procedure", procedures(), ids=lambda p: p.kind)
def test_every_change_of_state_is_drawn_and_listed(client: Client, procedure: Any) -> None:
    found = ways(procedure, {})
    changes = {(m.source, target, m.command) for m in procedure.moves for target in m.targets if target != m.source}
    assert {(s, way.target, name) for way in found for s in way.sources for name in way.commands} == changes
    drawn = picture(procedure, found)
    assert [box.words.replace(" ", "_") for box in drawn.boxes] == list(procedure.states)
    assert [line.number for line in drawn.lines] == [way.number for way in found]
    for line in drawn.lines:
        assert 0 < line.disc[0] < drawn.width
        assert 0 < line.disc[1] < drawn.height


def test_no_two_boxes_or_discs_of_a_picture_cover_each_other() -> None:
    for procedure in procedures():
        drawn = picture(procedure, ways(procedure, {}))
        for upper, lower in zip(drawn.boxes, drawn.boxes[1:], strict=False):
            assert upper.y + upper.height < lower.y
        discs = [line.disc for line in drawn.lines]
        near = [(a, b) for i, a in enumerate(discs) for b in discs[:i] if abs(a[0] - b[0]) + abs(a[1] - b[1]) < 20]
        assert not near, (procedure.kind, near)


def test_a_way_of_this_release_is_a_whole_line_and_a_later_one_is_dashed(client: Client) -> None:
    appeal = procedure_of("appeal")
    assert not any(way.runs for way in ways(appeal, {}))
    assert all(way.runs for way in ways(appeal, dict.fromkeys(appeal.commands, True)))
    assert "law-way--later" in client.get("/law/procedures/").content.decode()
