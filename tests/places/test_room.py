"""An administration imports a newer edition of the World Port Index, whole or not at all (6 USC 963(2))."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlane.casework.problems import BadInput
from greenlane.law.authority import Office
from greenlane.places.commands import ImportPorts, prepare_ports
from greenlane.places.models import PortIndex, PortRow
from greenlane.places.queries import port_name
from tests.desk import Desk
from tests.shared_data import shared_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.person("boss", Office.PROGRAMME_MANAGER)
    return desk


@pytest.mark.clause("6 USC 963(2)")
def test_the_real_index_is_imported_once_and_its_names_are_used(desk: Desk) -> None:
    file = shared_data("ports/UpdatedPub150.csv")
    desk.must(prepare_ports(file, "the publisher's file", desk.today), by="boss")
    [index] = PortIndex.objects.all()
    assert index.ports == PortRow.objects.count() > 3_500
    row = PortRow.objects.exclude(unlocode="").order_by("number").first()
    assert row is not None
    assert port_name(row.unlocode)
    desk.refused(prepare_ports(file, "again", desk.today), by="boss", code="edition_is_new")


def test_names_ship_without_any_import(desk: Desk) -> None:
    assert port_name("2704") == "Los Angeles"
    assert port_name("no port") == ""
    assert not PortRow.objects.exists()


@pytest.mark.clause("6 USC 963(2)")
def test_a_bad_file_is_refused_whole_with_its_lines(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "ports.csv"
    file.write_text("not,the,index\n1,2,3\n", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        desk.give(prepare_ports(file, "an invented file", desk.today), by="boss")
    assert refused.value.problems
    assert all(problem.where.startswith("file:") for problem in refused.value.problems)
    assert not PortIndex.objects.exists()


@pytest.mark.clause("6 USC 971(c)")
def test_a_file_that_was_not_handed_in_and_a_wrong_office_are_refused(desk: Desk) -> None:
    command = ImportPorts(sha256="0" * 64, source="nowhere", retrieved_on=desk.today)
    with pytest.raises(BadInput, match="not handed in"):
        desk.give(command, by="boss")
    desk.person("sam", Office.SPECIALIST)
    desk.refused(command, by="sam", code="authority")
