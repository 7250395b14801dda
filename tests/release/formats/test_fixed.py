"""Records of 80 columns: every field where it belongs, nothing lost between reading and writing, errors by column."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.release.formats.fixed import ALLOWED, WIDTH, Field, Layout, read_record, write_record
from greenlane.release.formats.layouts import LAYOUTS

POSITIONS = {
    "SE10": {"action": (5, 5), "filer": (6, 8), "entry_number": (11, 18), "importer": (25, 36), "port": (50, 54)},
    "SE16": {"carrier": (5, 8), "arrival": (14, 19)},
    "SE30": {"role": (5, 7), "identifier_kind": (43, 45), "identifier": (46, 65)},
    "SE40": {"line": (5, 7), "origin": (8, 9), "description": (11, 80)},
    "SE60": {"tariff": (5, 14), "value": (15, 24)},
    "OI": {"description": (11, 80)},
    "PG01": {"line": (5, 7), "agency": (8, 10), "program": (11, 13), "disclaimer": (80, 80)},
    "PG02": {"item_kind": (5, 5), "first_code": (10, 28), "third_code": (56, 74)},
    "SO10": {"port": (5, 8), "filer": (9, 11), "entry_number": (14, 21), "importer": (25, 36)},
    "SO30": {"line": (5, 7), "tariff": (10, 19)},
    "SO40": {"bill": (10, 59), "manifested": (73, 80)},
    "SO42": {"in_bond": (5, 16), "quantity": (39, 46)},
    "SO70": {"agency": (5, 7), "date": (11, 16), "time": (17, 20), "entry_code": (21, 22), "says": (23, 50)},
    "SO71": {"reference": (7, 18), "sub_reason_1": (31, 33), "sub_reason_10": (58, 60), "other_reference": (63, 80)},
}
"""Of each record some fields whose columns stand in public sources; see docs/reference/release-formats.md."""


@pytest.mark.parametrize("tag", sorted(POSITIONS))
def test_fields_stand_where_they_are_published(tag: str) -> None:
    found = {name: (LAYOUTS[tag].by_name[name].first, LAYOUTS[tag].by_name[name].last) for name in POSITIONS[tag]}
    assert found == POSITIONS[tag]


def values_of(layout: Layout) -> st.SearchStrategy[dict[str, str]]:
    """Values that a layout can hold, the required ones among them."""

    def one(field: Field) -> st.SearchStrategy[str]:
        letters = sorted(ALLOWED[field.holds])
        least = field.width if field.full else 1
        text = st.text(letters, min_size=least, max_size=field.width).map(str.strip)
        return text.filter(bool) if field.required else text

    return st.fixed_dictionaries({field.name: one(field) for field in layout.fields})


@given(data=st.data(), tag=st.sampled_from(sorted(LAYOUTS)))
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back_and_written_alike(data: st.DataObject, tag: str) -> None:
    layout = LAYOUTS[tag]
    values = data.draw(values_of(layout))
    line = write_record(layout, values)
    assert len(line) == WIDTH
    record, problems = read_record(line, layout, 7)
    assert (record.values, problems, record.line) == (values, [], 7)
    assert write_record(layout, record.values) == line
    assert read_record(line.rstrip(), layout)[0].values == values


@given(tag=st.sampled_from(sorted(LAYOUTS)), rest=st.text(st.characters(codec="ascii"), max_size=100))
@settings(max_examples=150, deadline=None)
def test_no_line_breaks_the_reader(tag: str, rest: str) -> None:
    record, problems = read_record(tag + rest, LAYOUTS[tag], 1)
    assert set(record.values) == set(LAYOUTS[tag].by_name)
    for one in problems:
        assert one.line == 1
        assert 1 <= one.column <= WIDTH + 1
        assert one.field.startswith(tag)


SE40 = "SE40001CN GOODS"


@pytest.mark.parametrize(
    ("line", "field", "column", "says"),
    [
        ("SE40   CN", "SE40 line", 5, "It is blank."),
        ("SE4000ACN", "SE40 line", 7, "digits only"),
        ("SE400 1CN", "SE40 line", 6, "digits only"),
        ("SE40001cn", "SE40 origin", 8, "capital letters only"),
        ("SE40001CNX", "SE40", 10, "'X' stands where the record is blank."),
        ("SE40001CN G\N{LATIN SMALL LETTER U WITH DIAERESIS}", "SE40 description", 12, "printable characters"),
        ("SE40001CN ".ljust(80, "x") + "yz", "SE40", 81, "The record has 82 columns."),
    ],
)
def test_what_is_wrong_is_said_by_field_and_column(line: str, field: str, column: int, says: str) -> None:
    _, [found] = read_record(line, LAYOUTS["SE40"], 3)
    assert (found.field, found.column, found.line) == (field, column, 3)
    assert says in str(found)
    assert read_record(SE40, LAYOUTS["SE40"], 3)[1] == []


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"line": "1234", "origin": "CN"}, "does not fit 5 to 7"),
        ({"line": "001", "origin": "cn"}, "capital letters only"),
        ({"line": "001"}, "It is blank"),
        ({"line": "001", "origin": "CN", "description": " x"}, "does not fit"),
        ({"line": "001", "origin": "CN", "colour": "red"}, "has no colour"),
    ],
)
def test_what_does_not_fit_is_not_written(values: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        write_record(LAYOUTS["SE40"], values)


def test_a_layout_whose_fields_overlap_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="do not follow column 8"):
        Layout("XX10", (Field("a", 5, 8), Field("b", 8, 9)))
