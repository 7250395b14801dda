"""Cargo release filings and status notifications: the public lines, entries and answers from them, errors by line."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.release.engine.entries import ANSWERS, Answer, CargoEntry, latest_answers
from greenlane.release.engine.numbers import entry_number
from greenlane.release.engine.versions import EXAMPLE
from greenlane.release.formats.catair import ERRORS, error_code, read_se, write_se
from greenlane.release.formats.reading import BadFile, Read
from greenlane.release.formats.status import Status, answers_of, read_so, restored, status_records, write_so
from greenlane.release.formats.transactions import MOST_LINES
from tests.release.formats.invented import AGENCIES, FILED, invented_entry

PUBLIC = (
    "SO70FDADEV052616091901DATA UNDER PGA REVIEW 01 00011001 01",
    "SO70FDADEV052616093207MAY PROCEED 072200011001 01",
)
"""The two lines that U.S. Customs published in CSMS 16-000461, as a page shows them: many blanks became one."""
DIGIT = entry_number("ZZ9", 1234567)[-1]
FILING = f"""\
A2704ZZ9      030126
B  2704ZZ9SE
SE10AZZ9  1234567{DIGIT} 01   99-99999990011           2704
SE11       XXXX
SE15RZZZZINVENTED0001
SE20CR INVENTED-REFERENCE
SE30MF                                    MIDXXINVENTED1
SE30BY INVENTED BUYER
{"SE36INVENTED CITY":<63}CN
SE40001CN INVENTED GOODS
SE608471300100
OI        INVENTED GOODS
PG01001FDADEV
PG02PFDP 12ABC34
PG14anything that no rule reads
{"PG01001EPATS1":<79}A
SE40002CN MORE INVENTED GOODS
SE608471900000
OI        MORE
{"PG01001NHTMVS":<79}D
Y  2704ZZ9SE00000
"""


def filed(text: str, **settings_: bool) -> list[Read]:
    return list(read_se(io.BytesIO(text.encode()), FILED, **settings_))


def statuses(text: str) -> list[Status]:
    return list(read_so(io.BytesIO(text.encode())))


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_the_public_status_lines_are_read_exactly() -> None:
    [found] = statuses("\n".join(PUBLIC))
    assert found.problems == ()
    first, second = found.records
    assert (first["agency"], first["program"], first["date"], first["time"]) == ("FDA", "DEV", "052616", "0919")
    assert (first["entry_code"], first["says"], first["agency_line_code"]) == ("01", "DATA UNDER PGA REVIEW", "01")
    assert (second["entry_code"], second["says"], second["reason"]) == ("07", "MAY PROCEED", "22")
    for one in found.records:
        assert (one["from_line"], one["from_tariff"], one["from_agency_line"]) == ("0001", "1", "001")
        assert one["group_version"] == "01"
    review, proceed = answers_of(found)
    assert review == Answer("FDA", "under_review", datetime(2016, 5, 26, 13, 19, tzinfo=UTC), "DEV")
    assert proceed == Answer("FDA", "proceed", datetime(2016, 5, 26, 13, 32, tzinfo=UTC), "DEV")
    assert latest_answers([proceed, review]) == latest_answers([review, proceed]) == {"FDA": proceed}


def test_squeezed_lines_are_restored_to_their_columns() -> None:
    for line in PUBLIC:
        wide = restored(line)
        assert len(wide) == 80
        assert " ".join(wide.split()) == line
        assert restored(wide) == wide
    assert restored("SO70FDADEV05261609190") == "SO70FDADEV05261609190"


def test_the_records_of_a_notification_are_written_as_they_were_read() -> None:
    text = "\n".join(
        [
            "SO102704ZZ9  12345676 0199-999999900ZZZZINVENTED VESSEL     40W  030226".ljust(80),
            "SO20CR INVENTED-REFERENCE".ljust(80),
            "SO30001CN8471300100".ljust(80),
            "SO40RZZZZINVENTED0001".ljust(59) + "00000012BO   00000012",
            "SO42123456789   612704460103012603052600000012".ljust(80),
            restored(PUBLIC[0]),
            "SO71061166458126340301260937240010021".ljust(80),
        ]
    )
    [found] = statuses(text)
    assert found.problems == ()
    assert [one.tag for one in found.records] == ["SO10", "SO20", "SO30", "SO40", "SO42", "SO70", "SO71"]
    assert "\n".join(write_so(found.records)) == text
    assert found.entry_number == "ZZ9-1234567-6"


@given(
    said=st.lists(
        st.builds(
            Answer,
            agency=st.sampled_from(AGENCIES),
            answer=st.sampled_from(ANSWERS),
            at=st.integers(0, 400_000).map(lambda minutes: FILED + timedelta(minutes=minutes)),
            program=st.sampled_from(("", "DEV")),
        ),
        max_size=5,
    )
)
@settings(max_examples=40, deadline=None)
def test_answers_are_read_back_from_the_notification_of_them(said: list[Answer]) -> None:
    entry = invented_entry()
    text = "\n".join(write_so(status_records(entry, said)))
    [found] = statuses(text)
    assert found.problems == ()
    assert found.entry_number == entry.entry_number
    again = [replace(one, at=one.at + timedelta(hours=hours)) for one in said for hours in (0, 1)]
    assert len(answers_of(found)) == len(said)
    assert set(answers_of(found)) <= set(again)  # an hour that the clock repeats in autumn is read as its first


@pytest.mark.parametrize(
    ("code", "line_code", "says", "answer"),
    [
        ("02", "", "HOLD INTACT", "hold"),
        ("04", "", "DATA REJECTED PER PGA REVIEW", "rejected"),
        ("06", "", "DO NOT DEVAN", "hold"),
        ("07", "02", "MAY PROCEED", "proceed"),
        ("08", "", "", "refused"),
        ("10", "", "DOCUMENTS REQUIRED", "documents_required"),
        ("11", "", "INTENSIVE - EXAM/SAMPLE", "intensive"),
        ("12", "", "DOCS REQUIRED - SATISFIED", "under_review"),
        ("13", "", "FAILURE TO PRESENT", "hold"),
        ("13", "", "EXAM-RESOLVED", "under_review"),
        ("", "07", "", "under_review"),
        ("", "02", "", "hold"),
    ],
)
def test_each_code_is_an_answer(code: str, line_code: str, says: str, answer: str) -> None:
    line = f"SO70FDADEV0526160919{code:2}{says:28}  {line_code:2}"
    [found] = statuses(line)
    assert found.problems == ()
    assert [one.answer for one in answers_of(found)] == [answer]


@pytest.mark.parametrize(
    ("line", "field", "column", "says"),
    [
        ("SO70FDADEV052616091915NEW", "SO70 entry_code", 21, "The code '15' is not known."),
        ("SO70FDADEV0526160919  NEW", "SO70 entry_code", 21, "It is blank."),
        ("SO70FDADEV132616091901X", "SO70 date", 11, "132616 0919 is no date and time."),
        ("SO70FDADEV052616240001X", "SO70 date", 11, "no date and time"),
        ("SO70F ADEV052616091901X", "SO70 agency", 6, "capital letters and digits"),
        ("SO70FD DEV052616091901X", "SO70 agency", 7, "does not stand where it should"),
        ("SO99 anything", "SO99", 1, "There is no record 'SO99' in this message."),
        ("SE10AZZ9  12345676 01", "SE10", 1, "Records of this message begin with SO"),
    ],
)
def test_what_is_wrong_with_a_status_is_said_and_nothing_is_let_go(
    line: str, field: str, column: int, says: str
) -> None:
    [found] = statuses(line)
    [wrong] = found.problems
    assert (wrong.field, wrong.column, wrong.line) == (field, column, 1)
    assert says in str(wrong)
    assert answers_of(found) == []


def test_a_filing_is_read_into_an_entry() -> None:
    [record] = filed(FILING, advance_data=True)
    assert record.problems == ()
    assert record.line == 3
    assert record.entry == CargoEntry(
        entry_number=entry_number("ZZ9", 1234567),
        filed_at=FILED,
        importer="99-999999900",
        carrier="ZZZZ",
        broker="ZZ9",
        maker="XXINVENTED1",
        port="2704",
        origin="CN",
        tariff="8471300100",
        mode="sea",
        advance_data=True,
        authority=("FDA", "NHT"),
    )


def test_lines_that_differ_have_nothing_in_common() -> None:
    """An agency's criterion that names origins or tariff codes must not be met by one line alone."""
    text = FILING.replace("SE40002CN", "SE40002DE").replace("SE608471900000", "SE608703100000")
    text = text.replace("SE40002DE MORE", "SE40002DE MORE\nSE50MF                                    MIDXXINVENTED2\n#")
    [record] = filed("\n".join(one for one in text.splitlines() if not one.startswith("#")))
    assert record.entry is not None
    assert (record.entry.origin, record.entry.tariff, record.entry.maker) == ("", "", "")


def test_a_filing_that_withdraws_its_entry_is_neither_entry_nor_problem() -> None:
    [record] = filed(FILING.replace("SE10A", "SE10D"))
    assert (record.entry, record.problems) == (None, ())


@given(
    serial=st.integers(0, 9_999_999),
    agencies=st.lists(st.sampled_from(AGENCIES), unique=True).map(sorted).map(tuple),
    mode=st.sampled_from(("sea", "rail", "truck", "air", "parcel", "other")),
)
@settings(max_examples=30, deadline=None)
def test_entries_are_read_back_from_their_filings(serial: int, agencies: tuple[str, ...], mode: str) -> None:
    first = invented_entry(entry_number=entry_number("ZZ9", serial), authority=agencies, mode=mode)
    second = invented_entry(maker="", carrier="", authority=agencies)
    text = "\n".join(write_se([first, second]))
    assert [one.entry for one in filed(text)] == [first, second]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "column", "says"),
    [
        ("SE10AZZ9", "SE10AZZ ", 3, "SE10 filer", 8, "Its 3 columns begin at column 6."),
        ("SE10AZZ9", "SE10AzZ9", 3, "SE10 filer", 6, "capital letters and digits only"),
        ("99-999999900", "            ", 3, "importer", 0, "It is empty."),
        ("12345", "12445", 3, "entry_number", 0, "Its last digit is checked"),
        ("SE60847130", "SX60847130", 11, "SX60", 1, "There is no record 'SX60'"),
        ("SE608471300100", "SE618471300100", 12, "OI", 1, "There is no SE60 before this OI."),
        ("SE40001CN INVENTED GOODS", "SE17EQUIPMENT", 11, "SE60", 1, "There is no SE40 before this SE60."),
        ("PG01001FDADEV", "PG01001   DEV", 13, "PG01 agency", 8, "It is blank."),
        ("PG01001FDADEV", "PG01   FDADEV", 13, "PG01 line", 5, "It is blank."),
        ("OI        INVENTED GOODS", "OI", 12, "OI description", 11, "It is blank."),
        ("SE40002CN", "SE40002C\N{LATIN CAPITAL LETTER N WITH TILDE}", 17, "", 9, "A byte here is not ASCII."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_filing_is_said_by_line_and_column(
    old: str, new: str, line: int, field: str, column: int, says: str
) -> None:
    [record] = filed(FILING.replace(old, new, 1))
    found = record.problems[0]
    assert record.entry is None
    assert (found.field, found.column) == (field, column)
    assert found.line == line
    assert says in str(found)


def test_errors_have_their_published_codes() -> None:
    text = FILING.replace("OI        INVENTED GOODS", "OI").replace("PG01001FDADEV", "PG01001   DEV")
    codes = [error_code(one) for one in filed(text)[0].problems]
    assert codes == ["P02", "P05"]
    assert [ERRORS[one] for one in codes] == ["MISSING OI PGA LINE ITEM DESCRIPTION", "MISSING GOVERNMENT AGENCY CODE"]
    without = FILING.replace("OI        INVENTED GOODS\n", "")
    assert error_code(filed(without)[0].problems[0]) == "P01"


def test_records_without_an_entry_are_said_to_belong_to_none() -> None:
    [lost, read] = filed("SE11\n" + FILING)
    assert "belong to no entry" in str(lost.problems[-1])
    assert read.entry is not None


def test_one_bad_filing_leaves_the_others() -> None:
    bad = FILING.replace("SE40001CN", "SE40001C1")
    records = filed(FILING + bad + FILING)
    assert [one.entry is not None for one in records] == [True, False, True]


@pytest.mark.parametrize("start", ["PK\x03\x04", "PAR1", "<?xml version='1.0'?>", '{"a": 1}', "%PDF-1.7"])
def test_another_kind_of_file_is_refused(start: str) -> None:
    with suppress(BadFile):
        assert all(one.entry is None for one in filed(start))
    if start.isprintable():
        with pytest.raises(BadFile, match="another kind of file"):
            filed(start)


def test_a_filing_without_end_is_refused() -> None:
    with pytest.raises(BadFile, match="More than"):
        filed("SE10\n" + "SE11\n" * MOST_LINES)


@given(data=st.binary(max_size=400))
@settings(max_examples=80, deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for head in (b"", b"SE10AZZ9  12345676 01\n", b"SO102704ZZ9  12345676\nSO70"):
        with suppress(BadFile):
            for record in read_se(io.BytesIO(head + data), FILED, version=EXAMPLE):
                assert record.entry is None or not record.problems
        with suppress(BadFile):
            for status in read_so(io.BytesIO(head + data)):
                answers_of(status)


@given(
    line=st.sampled_from(FILING.splitlines()), cut=st.integers(0, 80), place=st.integers(0, 80), put=st.text(max_size=3)
)
@settings(max_examples=80, deadline=None)
def test_damaged_lines_never_break_the_reader(line: str, cut: int, place: int, put: str) -> None:
    damaged = (line[:place] + put + line[place:])[:cut]
    for record in filed(FILING.replace(line, damaged)):
        assert record.entry is None or not record.problems


@given(line=st.sampled_from(PUBLIC), place=st.integers(0, 60), put=st.text("aZ_9 -", max_size=2), cut=st.integers(0, 2))
@settings(max_examples=80, deadline=None)
def test_damaged_status_lines_never_break_the_reader(line: str, place: int, put: str, cut: int) -> None:
    for status in statuses(line[:place] + put + line[place + cut :]):
        assert not status.problems or answers_of(status) == []


def test_an_entry_without_an_entry_number_has_no_notification() -> None:
    with pytest.raises(ValueError, match="no entry number"):
        status_records(invented_entry(entry_number="R1"), [])
