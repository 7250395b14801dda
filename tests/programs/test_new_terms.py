"""New terms of a programme: when they begin, what they reach, and where the record keeps them (6 USC 961(a))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from greenlane.casework.models import Case, Deadline
from greenlane.casework.recording import history
from greenlane.certification.commands import PublishGuidelines
from greenlane.certification.review import ReturnForCorrection
from greenlane.law.authority import Office
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import PACKS, load_pack
from greenlane.programs.queries import programme_id, terms_version
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = founded_desk()
    desk.person("boss", Office.PROGRAMME_MANAGER)
    return desk


def pausing() -> LoadProgramme:
    """The terms of C-TPAT, but the clock of 964(c) rests while an application lies with the company."""
    pack = load_pack(PACKS / "ctpat" / "pack.yaml")
    return LoadProgramme(pack={**pack, "parameters": {**pack["parameters"], "clock_while_returned": "pauses"}})


@pytest.mark.clause("6 USC 961(a)")
def test_new_terms_are_an_entry_of_their_programme_and_reach_no_earlier_day(desk: Desk) -> None:
    before = terms_version("ctpat", desk.today)
    early = desk.today - timedelta(days=30)
    desk.refused(pausing(), by="boss", on=early, code="terms_reach_no_earlier_day", cite="6 USC 961(a)")
    desk.refused(LoadProgramme(pack=before.pack), by="boss", code="terms_are_new", cite="6 USC 961(a)")
    desk.must(pausing(), by="boss")
    assert terms_version("ctpat", desk.today).number == 2
    assert terms_version("ctpat", desk.today - timedelta(days=1)) == before
    versions = [one for one in history(programme_id("ctpat"), ("public",)) if one.kind == "programs.ProgrammeLoaded"]
    assert len(versions) == 2
    assert Case.objects.get(pk=programme_id("ctpat")).kind == "programme"


@pytest.mark.clause("6 USC 961(a)")
def test_a_programme_under_961_has_three_tiers(desk: Desk) -> None:
    pack = load_pack(PACKS / "ctpat" / "pack.yaml")
    benefits = [benefit for benefit in pack["benefits"] if benefit["from_rank"] < 3]
    shorter = LoadProgramme(pack={**pack, "tiers": pack["tiers"][:2], "benefits": benefits})
    desk.refused(shorter, by="boss", code="tier_defined", cite="6 USC 961(a)")
    assert terms_version("ctpat", desk.today).number == 1


@pytest.mark.clause("6 USC 964(c)")
def test_a_deadline_under_terms_that_change_is_derived_again_at_once(desk: Desk) -> None:
    company, case = received(desk)
    accept_all(desk, company, case, but="6.1")
    desk.must(ReturnForCorrection(case_id=case, message="One point."), by="sam")
    assert Deadline.objects.get(case_id=case).fact["pauses"] == []
    desk.must(pausing(), by="boss")  # the desk proves that the record says the same
    assert Deadline.objects.get(case_id=case).fact["pauses"] != []


@pytest.mark.clause("6 USC 964(b)")
def test_guidelines_are_whole_new_and_published_on_no_earlier_day(desk: Desk) -> None:
    early = desk.today - timedelta(days=30)

    def guidelines(**values: object) -> PublishGuidelines:
        given: dict[str, object] = {
            "programme": "ctpat",
            "version": "2026-2",
            "title": "Guidelines",
            "text": "Invented.",
            "in_force_from": desk.today,
            **values,
        }
        return PublishGuidelines(**given)  # type: ignore[arg-type]

    backdated = guidelines(in_force_from=early)
    desk.refused(backdated, by="boss", code="not_backdated", cite="6 USC 964(b)")
    desk.refused(backdated, by="boss", on=early, code="not_backdated", cite="6 USC 964(b)")
    desk.refused(guidelines(parts=()), by="boss", code="guidelines_whole", cite="6 USC 964(b)")
    desk.refused(guidelines(version=" 2020-1 "), by="boss", code="version_is_new", cite="6 USC 964(b)")
    desk.refused(guidelines(version="2" * 21), by="boss", code="text_given", cite="6 USC 964(b)")
    desk.refused(guidelines(text=" "), by="boss", code="text_given", cite="6 USC 964(b)")
    desk.must(guidelines(), by="boss")
