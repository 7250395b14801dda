"""Every command is walked for every office: what the table does not grant is refused (6 USC 971(c))."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case
from greenlane.casework.registry import COMMANDS, HANDLERS, CommandSpec
from greenlane.law.authority import GRANTS, Office, Reach
from greenlane.law.procedures import Procedure
from greenlane.law.procedures_registry import procedure_of, procedures
from greenlane.people.commands import GrantOffice
from tests.companies import Company, found_programme
from tests.desk import Desk

OURS = sorted(name for name, spec in COMMANDS.items() if spec.cls.__module__.startswith("greenlane."))
PEOPLE = [office for office in Office if office not in (Office.SYSTEM, Office.PUBLIC)]


def test_every_command_has_a_handler_a_row_of_authority_and_a_place_in_its_procedure() -> None:
    in_tables = {move.command for table in procedures() for move in table.moves}
    for name in OURS:
        spec = COMMANDS[name]
        assert name in HANDLERS, f"{name} has no handler"
        assert GRANTS.get(name), f"nobody may give {name}"
        assert spec.citations, f"{name} names no clause"
        for kind in spec.procedures:
            assert name in procedure_of(kind).commands, f"{name} is not in the table of {kind}"
        assert bool(spec.procedures) == (name in in_tables), f"{name} and the tables of procedures disagree"


def test_no_person_can_be_granted_what_is_the_platforms_alone() -> None:
    for name in OURS:
        if COMMANDS[name].internal:
            assert {grant.office for grant in GRANTS[name]} == {Office.SYSTEM}, name


@pytest.fixture
def walked(db: None) -> tuple[Desk, dict[str, UUID]]:
    """One person of each office without any case or company of the walk, and one case of every kind."""
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    company = Company(desk, "ada").submitted()
    for office in PEOPLE:
        company_office = office in (Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT)
        desk.person(office.value, *(() if company_office else (office,)))
    stranger = Company(desk, "eve", name="Stranger Kettle Imports").register()
    desk.people["applicant_officer"] = desk.people["eve"]
    for office in (Office.APPLICANT_STAFF, Office.CONSULTANT):
        key = desk.people[office.value]
        desk.must(GrantOffice(account_id=key, office=office, participant_id=stranger.participant), by="eve")
    cases = {case.kind: case.pk for case in Case.objects.filter(participant_id=company.participant)}
    for table in procedures():
        if table.kind not in cases:
            cases[table.kind] = _bare_case(table, company.participant)
    return desk, cases | {"account": desk.people["ada"], "participant": company.participant}


def _bare_case(table: Procedure, participant: UUID) -> UUID:
    """A case without a history: authority is asked before anything of it is read."""
    key = uuid4()
    state, day = table.states[0], date(2026, 1, 5)
    Case.objects.create(
        id=key,
        kind=table.kind,
        state=state,
        state_since=day,
        participant_id=participant,
        opened_on=day,
        reference=key.hex[:20],
    )
    return key


@pytest.mark.clause("6 USC 971(c)")
def test_what_the_table_does_not_grant_is_refused_to_every_office(walked: tuple[Desk, dict[str, UUID]]) -> None:
    desk, cases = walked
    wrong = []
    for name in OURS:
        command = _example(COMMANDS[name], cases)
        for office in PEOPLE:
            granted = any(g.office is office and g.reach is Reach.ANY for g in GRANTS[name])
            if granted or any(g.office is Office.PUBLIC for g in GRANTS[name]):
                continue
            answer = desk.give(command, by=office.value)
            if (answer.granted, answer.step) != (False, "authority"):
                wrong.append(f"{name} as {office}: {answer.step}, granted: {answer.granted}")
    assert not wrong, wrong


def _example(spec: CommandSpec, cases: dict[str, UUID]) -> Any:
    """A command with something in every field; its case is a real one where there is one of its kind."""
    hints = typing.get_type_hints(spec.cls)
    values = {f.name: _some(hints[f.name]) for f in spec.fields}
    kind = next(iter(spec.procedures), "") or _register(spec.case_field or spec.lock_field)
    for name in filter(None, (spec.case_field, spec.lock_field)):
        values[name] = cases["application"] if name == "application_id" else cases.get(kind, next(iter(cases.values())))
    if "participant_id" in values:
        values["participant_id"] = cases["participant"]
    return spec.cls(**values)


def _register(field: str) -> str:
    return {"account_id": "account", "delegate_id": "account"}.get(field, "participant")


def _some(hint: Any) -> Any:
    origin = typing.get_origin(hint)
    simple = {UUID: uuid4(), str: "x", int: 1, bool: True, date: date(2026, 1, 5), dict: {}, Any: "x"}
    simple[datetime] = datetime(2026, 1, 5, 12, tzinfo=UTC)
    if origin in (typing.Union, types.UnionType):
        return None
    if origin is typing.Literal:
        return typing.get_args(hint)[0]
    if origin in (tuple, list, dict, frozenset):
        return origin()
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint):
        inner = typing.get_type_hints(hint)
        return hint(**{f.name: _some(inner[f.name]) for f in dataclasses.fields(hint)})
    return simple[hint]
