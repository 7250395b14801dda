"""Agencies' partnership programmes are held against ours requirement by requirement, and what rests on them asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from greenlane.casework.problems import Missing
from greenlane.criteria.catalogue import edition_to_json, load_catalogue
from greenlane.criteria.commands import PublishEdition
from greenlane.law.authority import Office
from greenlane.release import queries
from greenlane.release.commands_agencies import AdoptAgencyCriteria
from greenlane.release.commands_compatibility import (
    ExamineAgencyProgramme,
    RecordAgencyProgramme,
    RequirementCompared,
)
from greenlane.release.compatibility import agency_programme, compatibility_of, edition_for
from greenlane.release.engine.inputs import GOVERNMENT
from greenlane.release.in_force import history
from greenlane.release.models import Agency, AgencyProgramme, RequirementExamined
from tests.companies import BORN
from tests.desk import Desk
from tests.release import room
from tests.release.clocked import ClockedDesk
from tests.release.test_room_entries import cargo_desk, file, latest, undrawn

pytestmark = [pytest.mark.django_db, pytest.mark.clause("19 USC 4311(b)(4)(B)")]
CITE = "19 USC 4311(b)(4)(B)"


def published_criteria(desk: Desk) -> None:
    """The criteria for importers."""
    edition = load_catalogue().edition("importer", date(2026, 1, 1))
    desk.must(PublishEdition(edition=edition_to_json(edition), consulted_on=BORN), on=BORN)


def recorded(desk: Desk, agency: str = "FDA") -> AgencyProgramme:
    """The invented league of the agency, by Mona."""
    key = Agency.objects.get(code=agency).pk
    desk.must(
        RecordAgencyProgramme(
            case_id=key, code="LEAGUE", name="Invented League", programme="ctpat", business_type="importer"
        ),
        by="mona",
    )
    return agency_programme(Agency.objects.get(pk=key), "league")


def numbers(desk: Desk, row: AgencyProgramme) -> list[str]:
    edition = edition_for(row, desk.today)
    assert edition is not None
    return [one.number for one in edition.criteria]


def compared(which: list[str], compatible: Any = "yes", ground: str = "The same text.") -> ExamineAgencyProgramme:
    return ExamineAgencyProgramme(
        case_id=Agency.objects.get(code="FDA").pk,
        agency_programme="LEAGUE",
        compared=tuple(
            RequirementCompared(requirement=one, compatible=compatible, theirs=f"F-{one}", ground=ground)
            for one in which
        ),
    )


def resting(desk: Desk, **changes: Any) -> AdoptAgencyCriteria:
    values: dict[str, Any] = {
        "case_id": Agency.objects.get(code="FDA").pk,
        "document": "Prior notice",
        "agreed_with": "Fay Invented",
        "in_force_from": desk.today,
        "ports": ("2704",),
        "rests_on": "LEAGUE",
    }
    return AdoptAgencyCriteria(**{**values, **changes})


@pytest.fixture
def desk(db: None) -> ClockedDesk:
    """Cargo is decided, with criteria for importers in force."""
    made, _who = cargo_desk()
    published_criteria(made)
    return made


def test_a_programme_is_compatible_when_each_of_our_criteria_is_examined_and_found_so(desk: ClockedDesk) -> None:
    row = recorded(desk)
    ours = numbers(desk, row)
    assert len(ours) > 20
    verdict = compatibility_of(row, desk.today)
    assert {(one.code, one.citation.cite) for one in verdict.failing} == {("requirement_examined", CITE)}
    assert [one.where for one in verdict.failing] == ours
    desk.must(compared(ours[1:]), by="mona")
    assert [(one.code, one.where) for one in compatibility_of(row, desk.today).failing] == [
        ("requirement_examined", ours[0])
    ]
    desk.must(compared(ours[:1], "no", "They ask for nothing of the kind."), by="mona")
    [failing] = compatibility_of(row, desk.today).failing
    assert (failing.code, failing.where) == ("requirement_compatible", ours[0])
    desk.must(compared(ours[:1]), by="mona")
    assert compatibility_of(row, desk.today).granted
    assert not compatibility_of(row, desk.today - timedelta(days=1)).granted
    desk.must(compared(ours[3:4], "not_yet", ""), by="mona")
    assert [one.where for one in compatibility_of(row, desk.today).failing] == [ours[3]]


def test_as_known_at_an_instant_a_later_examination_is_not_seen(desk: ClockedDesk) -> None:
    row = recorded(desk)
    desk.must(compared(numbers(desk, row)), by="mona")
    before = RequirementExamined.objects.order_by("number").last()
    assert before is not None
    desk.today += timedelta(days=1)
    desk.must(compared(numbers(desk, row)[:1], "no", "It was repealed."), by="mona")
    assert not compatibility_of(row, desk.today).granted
    assert compatibility_of(row, desk.today, before.recorded_at).granted


def test_what_cannot_be_recorded(desk: ClockedDesk) -> None:
    row = recorded(desk)
    key, ours = row.agency.pk, numbers(desk, row)
    values = {"case_id": key, "name": "Invented Guild", "programme": "ctpat", "business_type": "importer"}
    for code, refused in (("LEAGUE", "programme_is_new"), ("no code", "code_written")):
        desk.refused(RecordAgencyProgramme(**{**values, "code": code}), by="mona", code=refused, cite=CITE)
    unknown = RecordAgencyProgramme(**{**values, "code": "GUILD", "business_type": "poet"})
    desk.refused(unknown, by="mona", code="requirements_in_force", cite=CITE)
    desk.refused(compared([]), by="mona", code="requirements_counted")
    desk.refused(compared(["99.99"]), by="mona", code="requirement_of_ours")
    desk.refused(compared([ours[0], ours[0]]), by="mona", code="requirement_of_ours")
    for outcome in ("yes", "no"):
        answer = desk.refused(compared(ours[:1], outcome, " "), by="mona")
        assert "compared.0.ground" in {one.where for one in answer.verdict.failing}
    for who in ("cleo", "fay"):
        desk.refused(compared(ours[:1]), by=who)
    with pytest.raises(Missing):
        desk.give(resting(desk, rests_on="GUILD"), by="mona")
    assert not RequirementExamined.objects.exists()


@pytest.mark.clause("19 USC 4311(b)(4)(C)")
def test_criteria_that_rest_on_a_programme_ask_for_its_compatibility_and_count_while_it_stands(
    desk: ClockedDesk,
) -> None:
    row = recorded(desk)
    desk.refused(resting(desk), by="mona", code="requirement_examined", cite=CITE)
    ours = numbers(desk, row)
    desk.must(compared(ours), by="mona")
    desk.must(resting(desk), by="mona")
    assert [one.rests_on for one in queries.criteria_on(desk.today)] == [row]
    [one, other] = undrawn(desk, 2, authority=("FDA",))
    file(desk, one)
    released = latest(one.entry_number)
    assert GOVERNMENT[released.government] == "released"
    desk.today += timedelta(days=1)
    desk.must(compared(ours[:1], "no", "It was repealed."), by="mona")
    assert queries.criteria_on(desk.today) == []
    assert len(queries.criteria_on(desk.today - timedelta(days=1))) == 1
    file(desk, replace(other, filed_at=desk.at - timedelta(minutes=1)))
    assert GOVERNMENT[latest(other.entry_number).government] == "waiting"
    assert latest(one.entry_number) == released
    days = {one.effective_from: one.tables["criteria_port"][2704] for one in history("ctpat")}
    assert days[desk.today] == 0
    assert days[desk.today - timedelta(days=1)] == 1


def test_a_supervisor_examines_too(desk: ClockedDesk) -> None:
    row = recorded(desk)
    desk.person("sue", Office.SUPERVISOR)
    desk.must(compared(numbers(desk, row)[:2]), by="sue")
    assert room.AGENCIES["FDA"] == row.agency.name
