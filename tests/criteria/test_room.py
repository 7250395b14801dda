"""Editions are published once, in force from their day, and never change (6 USC 961(b))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from greenlane.casework.problems import BadInput
from greenlane.criteria.catalogue import edition_to_json, load_catalogue
from greenlane.criteria.commands import LoadOfficialText, PublishEdition
from greenlane.criteria.queries import edition_id, edition_in_force, official_texts
from greenlane.law.authority import Office
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import PACKS, load_pack
from tests.desk import Desk

pytestmark = pytest.mark.django_db
BORN = date(2020, 1, 1)


@pytest.fixture
def desk() -> Desk:
    desk = Desk(today=date(2026, 3, 2))
    desk.must(LoadProgramme(pack=load_pack(PACKS / "ctpat" / "pack.yaml")), on=BORN)
    desk.person("boss", Office.PROGRAMME_MANAGER)
    return desk


def publish(desk: Desk) -> None:
    edition = load_catalogue().edition("customs_broker", date(2026, 1, 1))
    desk.must(PublishEdition(edition=edition_to_json(edition), consulted_on=BORN), on=BORN)


@pytest.mark.clause("6 USC 961(b)")
def test_a_published_edition_is_in_force_from_its_day_and_the_same_is_refused_again(desk: Desk) -> None:
    publish(desk)
    edition = load_catalogue().edition("customs_broker", date(2026, 1, 1))
    assert edition_in_force("ctpat", "customs_broker", desk.today) == edition
    again = PublishEdition(edition=edition_to_json(edition), consulted_on=BORN)
    desk.refused(again, by="boss", code="version_is_new", cite="6 USC 961(b)")


@pytest.mark.clause("6 USC 963(4)")
def test_a_requirement_that_rests_on_963_4_needs_its_consultation(desk: Desk) -> None:
    edition = load_catalogue().edition("customs_broker", date(2026, 1, 1))
    resting = [c for c in edition.criteria if set(c.areas) == {"other_requirements"}]
    assert resting
    desk.refused(PublishEdition(edition=edition_to_json(edition)), code="consulted", cite="6 USC 963(4)", on=BORN)


@pytest.mark.clause("6 USC 961(b)")
def test_a_new_version_needs_a_concluded_review_and_a_difference(desk: Desk) -> None:
    publish(desk)
    old = load_catalogue().edition("customs_broker", date(2026, 1, 1))
    new = replace(old, version="2026-01", in_force_from=desk.today + timedelta(days=60))
    text = edition_to_json(new)
    answer = desk.refused(PublishEdition(edition=text, consulted_on=BORN), by="boss", code="review_calls_for_it")
    assert "edition_differs" in {r.code for r in answer.verdict.failing}
    shorter = replace(new, criteria=new.criteria[:-1])
    desk.must(
        PublishEdition(
            edition=edition_to_json(shorter), consulted_on=BORN, review_concluded_on=desk.today, grace_days=90
        ),
        by="boss",
    )
    assert edition_in_force("ctpat", "customs_broker", desk.today) == old
    assert edition_in_force("ctpat", "customs_broker", new.in_force_from) == shorter


@pytest.mark.clause("6 USC 961(b)")
def test_official_texts_are_loaded_for_criteria_of_the_edition_only(desk: Desk) -> None:
    publish(desk)
    key = edition_id("ctpat", "customs_broker", "2020-01")
    stray = LoadOfficialText(edition_id=key, texts={"99.9": "Invented."}, source="An invented publication")
    desk.refused(stray, by="boss", code="criteria_in_edition")
    number = edition_in_force("ctpat", "customs_broker", desk.today).criteria[0].number
    desk.must(replace(stray, texts={number: "An invented official text."}), by="boss")
    assert official_texts("ctpat", "customs_broker", "2020-01") == {number: "An invented official text."}


def test_what_is_not_an_edition_is_bad_input(desk: Desk) -> None:
    with pytest.raises(BadInput, match="not an edition"):
        desk.give(PublishEdition(edition="{}"), by="boss")
