"""Charts and maps: readable without seeing them, drawn once, and within the content policy."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from greenlane.web import charts, maps

ROWS = [("Importers", 412), ("A & B <carriers>", 268)]
NODES = [
    maps.Node("a", "Busan", "Port", 35.1, 129.0),
    maps.Node("b", "Long Beach", "Port", 33.8, -118.2),
]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    charts._memory.clear()


def pictures() -> list[charts.Chart]:
    return [
        charts.bar_chart("Certified", ROWS, category="Kind", measure="Companies"),
        charts.timeline_svg(
            "A case",
            [charts.Span("Review", date(2026, 1, 5), date(2026, 2, 20)), charts.Span("Due", *[date(2026, 4, 5)] * 2)],
            today=date(2026, 3, 2),
        ),
        maps.supply_chain_map("A chain", NODES, [maps.Leg("a", "b", "Sea")]),
    ]


def test_pictures_are_named_and_hold_no_style_or_script() -> None:
    for picture in pictures():
        root = ElementTree.fromstring(picture.svg)
        space = "{http://www.w3.org/2000/svg}"
        assert root.attrib["role"] == "img"
        title, description = root.find(f"{space}title"), root.find(f"{space}desc")
        assert title is not None
        assert description is not None
        assert title.text == picture.title
        assert description.text == picture.description
        assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
        for part in root.iter():
            assert "style" not in part.attrib
            assert not any(name.startswith("on") for name in part.attrib)
            assert part.tag not in (f"{space}style", f"{space}script", f"{space}foreignObject")


def test_the_table_under_a_picture_holds_its_data() -> None:
    bars, spans, chain = pictures()
    assert [tuple(row.cells) for row in bars.table.rows] == ROWS
    assert spans.table.rows[0].cells[1] == date(2026, 1, 5)
    assert [str(cell) for cell in chain.table.rows[0].cells] == ["Busan (Port)", "Long Beach (Port)", "Sea"]
    assert "The dashed line is March 2, 2026." in spans.description


def test_a_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pictures()
    monkeypatch.setattr(charts.vl_convert, "vegalite_to_svg", lambda _spec: pytest.fail("drawn again"))
    assert [one.svg for one in pictures()] == [one.svg for one in first]


def test_pictures_are_kept_on_disk_where_the_operator_says(settings: Any, tmp_path: Path) -> None:
    settings.GREENLANE_CHARTS = tmp_path / "charts"
    first = charts.bar_chart("Certified", ROWS, category="Kind", measure="Companies")
    files = list((tmp_path / "charts").iterdir())
    assert [file.suffix for file in files] == [".svg"]
    charts._memory.clear()
    files[0].write_text("<svg>kept</svg>", encoding="utf-8")
    assert first.svg != "<svg>kept</svg>"
    assert charts.bar_chart("Certified", ROWS, category="Kind", measure="Companies").svg == "<svg>kept</svg>"


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "KEPT", 2)
    for number in range(3):
        charts.bar_chart("x", [("a", number)], category="Kind", measure="Companies")
    assert len(charts._memory) == 2


def test_empty_data_still_gives_a_picture() -> None:
    assert "<svg" in charts.bar_chart("x", [], category="Kind", measure="Companies").svg
    assert "<svg" in maps.supply_chain_map("x", [], []).svg
    assert "<svg" in maps.supply_chain_map("x", NODES[:1], []).svg


def test_a_way_to_a_place_that_is_not_given_is_a_fault() -> None:
    with pytest.raises(KeyError):
        maps.supply_chain_map("x", NODES, [maps.Leg("a", "nowhere", "Sea")])


def test_equal_earth_agrees_with_its_published_shape() -> None:
    # the poles lie at 1.31733 and the map is 2.05458 times as wide as high (Šavrič, Patterson and Jenny 2018)
    assert maps.equal_earth(0, 0) == (0.0, 0.0)
    x, _y = maps.equal_earth(180, 0)
    _x, pole = maps.equal_earth(0, 90)
    assert pole == pytest.approx(1.31733, abs=1e-4)
    assert x / pole == pytest.approx(2.05458, abs=1e-4)


def test_a_pacific_chain_is_drawn_over_the_pacific() -> None:
    assert maps._middle_longitude(NODES) == pytest.approx(-174.6)
    assert maps._middle_longitude(NODES[:1]) == pytest.approx(129.0)


def test_every_place_lies_inside_the_map() -> None:
    picture = maps.supply_chain_map("x", NODES, [])
    spots = re.findall(r'transform="translate\(([\d.-]+),([\d.-]+)\)"[^>]*fill="#0d351e"', picture.svg)
    assert len(spots) == len(NODES)
    for x, y in spots:
        assert 0 <= float(x) <= maps.WIDTH
        assert 0 <= float(y) <= maps.HEIGHT


def test_the_outlines_are_small_and_their_licence_is_beside_them() -> None:
    assert maps.OUTLINES.stat().st_size <= 120 * 1024
    assert (maps.OUTLINES.parent / "LICENSE-world-atlas.txt").exists()
