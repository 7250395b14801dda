"""The World Port Index and the ports of entry (6 USC 963(1), 964(a))."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from greenlane.places import ports as ports_module
from greenlane.places.countries import country, resolve_country
from greenlane.places.files import FileRefused
from greenlane.places.ports import find_port, ports_in, read_world_port_index, shipped_ports
from greenlane.places.ports_of_entry import UnknownPortOfEntry, is_schedule_d_form, port_of_entry, ports_of_entry
from greenlane.places.unlocode import NotAnUnLocode
from tests.shared_data import shared_data

HEADER = list(ports_module._COLUMNS)
GOOD = ["10", "Port Invented", "", "USLAX", "United States", "33.75", "-118.25", "Large", "Coastal (Natural)", "Yes"]


def write(tmp_path, *rows, header=HEADER):
    path = tmp_path / "wpi.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


def changed(**cells):
    return [cells.get(name, value) for name, value in zip(ports_module._COLUMNS.values(), GOOD, strict=True)]


def original_rows():
    with shared_data("ports/UpdatedPub150.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_real_index_is_read_whole():
    rows = original_rows()
    numbers = {row["World Port Index Number"] for row in rows}
    imported = read_world_port_index(shared_data("ports/UpdatedPub150.csv"))
    assert len(rows) == 3768
    assert len(numbers) == 3766
    assert imported.counts["ports"] == len(imported.ports) == 3766
    assert {port.wpi_number for port in imported.ports} == numbers
    assert imported.counts["Large"] == Counter(row["Harbor Size"] for row in rows)["Large"] == 171


def test_every_row_of_the_real_index_has_a_country():
    """Four rows give none (all Norwegian); their UN/LOCODE does. Every other row's name resolves."""
    blank = []
    for row in original_rows():
        if row["Country Code"].strip():
            assert resolve_country(row["Country Code"]), row["Country Code"]
        else:
            blank.append(row["UN/LOCODE"].strip())
    assert sorted(blank) == ["NOJOS", "NOMEH", "NONSN", "NOSKX"]
    for port in read_world_port_index(shared_data("ports/UpdatedPub150.csv")).ports:
        assert country(port.country)


def test_the_publishers_slips_are_said():
    warnings = [str(w) for w in read_world_port_index(shared_data("ports/UpdatedPub150.csv")).warnings]
    assert len(warnings) == 7
    assert sum("gives no country" in w for w in warnings) == 4
    assert sum("second time" in w for w in warnings) == 2
    assert sum("UN/LOCODE should be" in w for w in warnings) == 1


def test_the_shipped_table_equals_the_original():
    imported = read_world_port_index(shared_data("ports/UpdatedPub150.csv"))
    assert len(shipped_ports()) == len(imported.ports)
    for shipped, original in zip(shipped_ports(), imported.ports, strict=True):
        assert (shipped.wpi_number, shipped.name, shipped.alternate_name, shipped.unlocode, shipped.country) == (
            original.wpi_number,
            original.name,
            original.alternate_name,
            original.unlocode,
            original.country,
        )
        assert shipped.latitude == pytest.approx(original.latitude, abs=0.0001)
        assert shipped.longitude == pytest.approx(original.longitude, abs=0.0001)


def test_shipped_ports_are_found():
    assert len(shipped_ports()) == 3766
    port = find_port("us lgb")
    assert port is not None
    assert port.name == "Long Beach"
    assert find_port("USQQQ") is None
    assert {port.country for port in ports_in("nl")} == {"NL"}
    with pytest.raises(NotAnUnLocode):
        find_port("Long Beach")


def refused(path):
    with pytest.raises(FileRefused) as caught:
        read_world_port_index(path)
    return [(p.line, str(p.what)) for p in caught.value.problems]


def test_a_good_small_index(tmp_path):
    imported = read_world_port_index(write(tmp_path, GOOD))
    assert [port.name for port in imported.ports] == ["Port Invented"]
    assert imported.warnings == ()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"wpi_number": "ten"}, "not a number"),
        ({"name": " "}, "has no name"),
        ({"latitude": "91"}, "Latitude is '91'"),
        ({"latitude": "nan"}, "Latitude is 'nan'"),
        ({"longitude": "west"}, "Longitude is 'west'"),
        ({"country": "Atlantis"}, "country 'Atlantis' is not known"),
        ({"country": "", "unlocode": ""}, "country '' is not known"),
    ],
)
def test_a_bad_row_refuses_the_file_with_its_line(tmp_path, cells, said):
    ((line, what),) = refused(
        write(tmp_path, GOOD, changed(wpi_number="20", **cells) if "wpi_number" not in cells else changed(**cells))
    )
    assert line == 3
    assert said in what


def test_one_number_for_two_ports_refuses_and_for_one_port_twice_warns(tmp_path):
    ((line, what),) = refused(write(tmp_path, GOOD, changed(name="Elsewhere", latitude="40")))
    assert line == 3
    assert "already stands for Port Invented" in what
    imported = read_world_port_index(write(tmp_path, GOOD, changed(name="Port Invented Harbour")))
    assert imported.ports[0].alternate_name == "Port Invented Harbour"
    assert len(imported.warnings) == 1


def test_wrong_header_cut_row_and_no_rows(tmp_path):
    assert refused(write(tmp_path, GOOD, header=[*HEADER[:-1], "Other"]))[0][0] == 1
    assert refused(write(tmp_path, GOOD, GOOD[:4]))[0] == (3, "The line has 4 columns instead of 10.")
    assert "holds no port" in refused(write(tmp_path))[0][1]


@pytest.mark.parametrize("head", [b"%PDF-1.7", b"<!DOCTYPE html>", b"PK\x03\x04", b"\xff\xfeW\x00", b"", b"Name\x00\n"])
def test_another_kind_of_file_is_refused(tmp_path, head):
    path = tmp_path / "wpi.csv"
    path.write_bytes(head)
    assert len(refused(path)) == 1


def test_the_report_keeps_fifty_problems_and_counts_all(tmp_path):
    path = write(tmp_path, *[changed(wpi_number="x")] * 60)
    with pytest.raises(FileRefused) as caught:
        read_world_port_index(path)
    assert len(caught.value.problems) == 50
    assert caught.value.found == 60


def test_ports_of_entry():
    codes = [port.code for port in ports_of_entry()]
    assert len(codes) == len(set(codes)) >= 60
    assert all(is_schedule_d_form(code) for code in codes)
    assert port_of_entry("2704").name == "Los Angeles"
    assert port_of_entry("2304").modes == ("land",)
    assert not is_schedule_d_form("270")
    with pytest.raises(UnknownPortOfEntry, match="2704"):
        port_of_entry("9999")
