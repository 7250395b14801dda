"""Files of names as people have them: other signs, other encodings, other programs, and whatever a machine invents."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from greenlane.vetting.lists.entries import Identifier, PartyType
from greenlane.vetting.naming.columns import HEADINGS, NUMBER_HEADINGS, field_of
from greenlane.vetting.naming.days import day_of
from greenlane.vetting.naming.files import Checked, NamesFile, check, names_file
from greenlane.vetting.naming.objects import quoted, read_jsonl
from greenlane.vetting.naming.problems import NamesRefused
from greenlane.vetting.naming.rows import LONGEST_NAME, Named, Read

pytestmark = pytest.mark.clause("6 USC 964(b)")
ON = date(2026, 3, 2)
QUICK = settings(
    max_examples=100, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def opened(folder: Path, content: str | bytes, **how: Any) -> NamesFile:
    path = folder / "names"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return names_file(path, ON, **how)


def named(folder: Path, content: str | bytes, **how: Any) -> list[Named]:
    records = list(opened(folder, content, **how).records())
    assert not [str(problem) for record in records for problem in record.problems]
    return [record.named for record in records if record.named]


def names(folder: Path, content: str | bytes, **how: Any) -> list[str]:
    return [one.party.names[0] for one in named(folder, content, **how)]


def wrong(folder: Path, content: str | bytes, **how: Any) -> list[str]:
    """What is wrong, each with a way to mend it."""
    with pytest.raises(NamesRefused) as caught:
        check(opened(folder, content, **how))
    assert all(str(one.mend) for one in caught.value.problems)
    return [f"{one.where}: {one.what}" for one in caught.value.problems]


# layouts


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_whatever_sign_and_line_end_divide_it(tmp_path: Path, sign: str, ends: str) -> None:
    rows = [["Party Name", "COUNTRY"], ["Zarnovia Ltd", "Peru"], [f'"Odd{sign} Name"', "PE"]]
    text = ends.join(sign.join(row) for row in rows) + ends
    assert names(tmp_path, text) == ["Zarnovia Ltd", " ".join(f"Odd{sign} Name".split())]


def test_every_field_under_any_of_its_headings(tmp_path: Path) -> None:
    text = (
        "Réf.;First name;Surname;Middle name;A.K.A.;Entity type;Capacity;Nationality;"
        "D.O.B.;IDs;Passport No.;Address 1;Address 2\n"
        '7;Ilse;Volkanik;Q.;"I. Volk; ""Ilsa""";Individual;owner;Peru;04.05.1961;tax:77 (PE);X123;1 Mole St;Lima\n'
    )
    [one] = named(tmp_path, text)
    party = one.party
    assert (one.line, one.id, party.party_key) == (2, "7", "2")
    assert party.names == ("Ilse Q. Volkanik", "I. Volk", '"Ilsa"')
    assert (party.party_type, party.role, party.countries) == (PartyType.PERSON, "owner", ("PE",))
    assert party.birth_date == date(1961, 5, 4)
    assert party.identifiers == (Identifier("tax", "77", "PE"), Identifier("passport", "X123"))
    assert party.addresses == ("1 Mole St", "Lima")


def test_headings_are_known_once() -> None:
    every = [heading for group in (HEADINGS, NUMBER_HEADINGS) for found in group.values() for heading in found]
    assert len(every) == len(set(every))
    assert field_of("Company Name") == field_of("company_name") == field_of("COMPANY-NAME ") == "name"
    assert field_of("IMO No.") == "number:imo"
    assert field_of("turnover") is None


def test_quotations_may_hold_line_ends_and_signs(tmp_path: Path) -> None:
    text = 'name,address\n"Zarnovia\nTrading","1 Mole St,\r\nLima"\n5" Pipe Co,"say ""yes"""\n'
    first, second = named(tmp_path, text)
    assert (first.party.names, first.party.addresses) == (("Zarnovia Trading",), ("1 Mole St, Lima",))
    assert (second.line, second.party.names, second.party.addresses) == (5, ('5" Pipe Co',), ('say "yes"',))


def test_an_open_quotation_costs_one_line_not_the_file(tmp_path: Path) -> None:
    text = 'name,country\n"Open,PE\n' + "".join(f"Company {n} Ltd,PE\n" for n in range(40))
    file = opened(tmp_path, text)
    bad = [record.line for record in file.records() if record.problems]
    assert bad == [2]
    assert check(file, aside=bad.append) == Checked(40, 1)


def test_what_spreadsheets_add_is_passed_over(tmp_path: Path) -> None:
    text = "\ufeffsep=;\r\nname;country;;\r\n\r\nZarnovia;PE;;\r\n;;;\r\nVolkanik;;;;\r\n\x1a"
    assert names(tmp_path, text) == ["Zarnovia", "Volkanik"]


def test_columns_that_are_not_used_are_said(tmp_path: Path) -> None:
    file = opened(tmp_path, "name,turnover,city\nA Co,1,2\n")
    assert file.unused == ("turnover", "city")
    assert "turnover, city" in str(file.notices()[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vendor no,town\n1,2\n", "line 1: No column is called 'name'. The first line reads: vendor no | town."),
        ("Zarnovia Ltd\nVolkanik\n", "line 1: No column is called 'name'. The first line reads: Zarnovia Ltd."),
        ("name,company\na,b\n", "line 1: name: The columns 'name' and 'company' are both the name."),
        ("name,country\na\n", "line 2: Values on the line: 1. Columns that the first line names, divided by ',': 2."),
        (
            "name,country\na,b,c\n",
            "line 2: Values on the line: 3. Columns that the first line names, divided by ',': 2.",
        ),
        ('name\n"a"b\n', "line 2: A quotation mark on this line is never closed, or stands where none may."),
        ("name\n", "The file names nobody."),
        ("\n\n", "The file is empty."),
        ("name,country\n,PE\n", "line 2: name: The name is empty."),
        ("name,country\n\u200b\u202e,PE\n", "line 2: name: The name is empty."),
        ("name\n1234-5\n", "line 2: name: '1234-5' has no letter, so it is compared with nothing."),
        ("name,aka\nA Co,77\n", "line 2: other_names: '77' has no letter, so it is compared with nothing."),
        (f"name\n{'x' * 10_000}\n", f"line 2: name: The text has 10000 characters; at most {LONGEST_NAME}"),
        (f"name\n{'x' * 70_000}\n", "line 2: The line is longer than 65536 characters."),
        ("name\nA\x00B\n", "line 2: There is a control character (U+0000) in the line."),
        ("name\nA\x9bB\n", "line 2: name: There is a control character (U+009B) in the text."),
        ("name\nA\ufffdB\n", "line 2: name: Letters were lost before: 'A\ufffdB' has the sign"),
        ("name,type\nA,ghost\n", "line 2: type: 'ghost' is no type of party."),
        ("name,country\nA,Ruritania\n", "line 2: country: 'Ruritania' is no country that is known here."),
        ("name,dob\nA,04/05/1961\n", "line 2: birth_date: '04/05/1961' is no day that can be read without doubt"),
        ("name,dob\nA,2027-01-01\n", "line 2: birth_date: '2027-01-01' is no day that can be read without doubt"),
        ("name,identifier\nA,9074729\n", "line 2: identifier: '9074729' does not say what kind of number it is."),
        (f"name,role\nA,{'r' * 41}\n", "line 2: role: The text has 41 characters; at most 40"),
        (f"name,aka\nA,{';'.join(f'B{n}' for n in range(60))}\n", "line 2: other_names: There are 60 values."),
    ],
)
def test_what_is_wrong_is_said_by_line_and_field(tmp_path: Path, text: str, said: str) -> None:
    found = wrong(tmp_path, text)
    assert len(found) == 1
    assert said in found[0]


def test_a_hundred_problems_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    file = opened(tmp_path, "name,type\n" + "A,ghost\n" * 500)
    with pytest.raises(NamesRefused) as caught:
        check(file)
    assert (len(caught.value.problems), caught.value.found) == (100, 500)


def test_no_more_names_than_allowed(tmp_path: Path) -> None:
    [said] = wrong_with(tmp_path, "name\n" + "Aa\n" * 11, most=10)
    assert "more than 10 names" in said


def wrong_with(folder: Path, text: str, most: int) -> list[str]:
    with pytest.raises(NamesRefused) as caught:
        check(opened(folder, text), most=most)
    return [str(one) for one in caught.value.problems]


# encodings


TEXT = "name;country\nSoci\u00e9t\u00e9 M\u00fcller;FR\nSmith Ltd;GB\n"
CYRILLIC = "name;country\n\u041e\u041e\u041e \u0420\u043e\u043c\u0430\u0448\u043a\u0430;Russia\n"
CHINESE = "name;country\n\u4e2d\u56fd\u8fdc\u6d0b\u8fd0\u8f93;China\n"
JAPANESE = "name;country\n\u65e5\u672c\u6d77\u904b\u682a\u5f0f\u4f1a\u793e;Japan\n"
POLISH = "name;country\nSp\u00f3\u0142ka \u0141\u00f3d\u017a;Poland\n"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_encodings_that_can_be_told(tmp_path: Path, codec: str) -> None:
    file = opened(tmp_path, TEXT.encode(codec))
    assert [r.named.party.names[0] for r in file.records() if r.named] == ["Soci\u00e9t\u00e9 M\u00fcller", "Smith Ltd"]
    guessed = codec in ("cp1252", "latin-1", "utf-16-le", "utf-16-be")
    assert file.encoding is not None
    assert (file.encoding.guessed, bool(file.notices())) == (guessed, guessed)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CYRILLIC, "cp1251"), (CYRILLIC, "koi8-r"), (CHINESE, "gb18030"), (CHINESE, "big5"), (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"), (POLISH, "cp1250"), (POLISH, "iso8859-2"),
    ],
)  # fmt: skip
def test_other_encodings_are_not_guessed_and_are_read_when_named(tmp_path: Path, text: str, codec: str) -> None:
    content = text.encode(codec, "ignore")
    [said] = wrong(tmp_path, content)
    assert said.startswith("line 2: The text is not in UTF-8, and its encoding cannot be told")
    assert names(tmp_path, content, encoding=codec) == [content.decode(codec).splitlines()[1].split(";")[0]]


def test_an_unknown_encoding_is_refused_by_name(tmp_path: Path) -> None:
    for name in ("klingon", "base64", "rot13", "zip", ""):
        content = "name\nA Co\n"
        if not name:
            assert names(tmp_path, content, encoding=name) == ["A Co"]
            continue
        [said] = wrong(tmp_path, content, encoding=name)
        assert f"'{name}' is no encoding that is read here." in said


def test_two_encodings_in_one_file_are_told_by_line(tmp_path: Path) -> None:
    content = "name\nSoci\u00e9t\u00e9\nPlain\n".encode() + "M\u00fcller\n".encode("cp1252")
    [said] = wrong(tmp_path, content)
    assert said.startswith("line 4: The line has letters that are not in UTF-8")


def test_a_name_saved_in_two_encodings_or_with_hidden_signs_is_noticed(tmp_path: Path) -> None:
    twice = "Soci\u00e9t\u00e9 Inventive".encode().decode("cp1252")
    joined = "\u0645\u06cc\u200c\u0631\u0648\u062f \u06a9\u0648\u0647"
    text = f"name\n{twice}\nVol\u200bka\u202enik\nTrading Company Ltd\n{joined}\n"
    first, second, third, persian = named(tmp_path, text)
    assert persian.notices == ()
    assert ["two encodings" in str(one) for one in first.notices] == [True]
    assert ["invisible signs" in str(one) for one in second.notices] == [True]
    assert ["common words" in str(one) for one in third.notices] == [True]


# other files


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + b"x" * 99, "ZIP archive or a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document of an office program"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"<!doctype html><p>", "HTML"),
        (b'<?xml version="1.0"?><list/>', "XML"),
        (b'[{"name": "A"}]', "one list in JSON"),
        (b"SQLite format 3\x00" + bytes(99), "zero bytes"),
        (b"PAR1" + b"\x00" * 50, "no Parquet file"),
        (b"", "empty"),
    ],
)
def test_files_of_other_kinds_say_what_they_look_like(tmp_path: Path, content: bytes, said: str) -> None:
    [found] = wrong(tmp_path, content)
    assert said in found


def test_a_file_that_is_absent_too_large_or_not_taken(tmp_path: Path) -> None:
    with pytest.raises(NamesRefused, match="is not there"):
        names_file(tmp_path / "nowhere.csv", ON)
    with pytest.raises(NamesRefused, match="at most 3 are read"):
        opened(tmp_path, "name\nA\n", most_bytes=3)
    with pytest.raises(NamesRefused, match="A jsonl file is not taken here"):
        opened(tmp_path, '{"name": "A"}\n', formats=("csv",))


# JSON lines and Parquet


def test_json_lines_take_lists_and_numbers_as_objects(tmp_path: Path) -> None:
    row = {
        "name": "A; B", "aliases": ["C; D", "E"], "nationality": ["Peru", None], "imo": 9074729,
        "ids": [{"kind": "passport", "value": "X1", "country": "PE"}, "lei:5493"], "date_of_birth": "19610504",
    }  # fmt: skip
    [one] = named(tmp_path, json.dumps(row) + "\n\n")
    assert one.party.names == ("A; B", "C; D", "E")
    assert one.party.identifiers == (
        Identifier("passport", "X1", "PE"), Identifier("lei", "5493"), Identifier("imo", "9074729"),
    )  # fmt: skip
    assert (one.party.countries, one.party.birth_date) == (("PE",), date(1961, 5, 4))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "line 2: The line is no JSON object."),
        ('{"name": "A"', "line 2: The line is no JSON object."),
        ('{"name": "A", "name": "B"}', "line 2: A name stands twice in the line."),
        ('{"name": "A", "nmae": "B"}', "line 2: nmae: 'nmae' is no field of a party."),
        ('{"country": "PE"}', "line 2: No field is called 'name'. The fields are: country."),
        ('{"name": {"a": 1}}', "line 2: name: 'dict' is no text."),
        ('{"name": true}', "line 2: name: 'bool' is no text."),
        ('{"name": 1e999}', "line 2: name: 'inf' is no text."),
        ('{"name": ["A", "B"]}', "line 2: name: There is more than one value."),
        ('{"name": "\\ud800"}', "line 2: name: There is half a character in the text."),
        ('{"name": "A", "ids": {"kind": "ghost", "value": "1"}}', "line 2: identifier: 'ghost:1' does not say"),
        ('{"name": ' + "[" * 300 + "]" * 300 + "}", "line 2: The line nests too deeply"),
    ],
)
def test_bad_json_lines(tmp_path: Path, line: str, said: str) -> None:
    [found] = wrong(tmp_path, '{"name": "Good"}\n' + line + "\n")
    assert said in found


def test_parquet_takes_dates_numbers_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "names.parquet"
    rows = [
        {"Name": "A Co", "DOB": date(1961, 5, 4), "IMO": 9074729.0, "aliases": ["B", "C"], "turnover": 1},
        {"Name": "D Co", "DOB": None, "IMO": None, "aliases": None, "turnover": 2},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    file = names_file(path, ON)
    first, second = (record.named for record in file.records())
    assert file.unused == ("turnover",)
    assert first is not None
    assert second is not None
    assert (first.line, first.party.names, first.party.birth_date) == (1, ("A Co", "B", "C"), date(1961, 5, 4))
    assert first.party.identifiers == (Identifier("imo", "9074729"),)
    assert second.party.names == ("D Co",)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1961-05-04", date(1961, 5, 4)), ("1961-05-04T00:00:00Z", date(1961, 5, 4)), ("4 May 1961", date(1961, 5, 4)),
        ("04.05.1961", date(1961, 5, 4)), ("25/12/1961", date(1961, 12, 25)), ("12/25/1961", date(1961, 12, 25)),
        ("05/05/1961", date(1961, 5, 5)), ("1961/05/04", date(1961, 5, 4)), ("19610504", date(1961, 5, 4)),
        ("04/05/1961", None), ("1961", None), ("31.02.1961", None), ("4 Mai 1961", None), ("1961-05-0412", None),
    ],
)  # fmt: skip
def test_days_are_read_only_where_they_mean_one_day(text: str, day: date | None) -> None:
    assert day_of(text) == day


# whatever a machine invents: an answer in words, or parties; never anything else


def read_all(folder: Path, content: bytes, encoding: str = "") -> None:
    path = folder / "fuzzed"
    path.write_bytes(content)
    refused = None
    try:
        file = names_file(path, ON, encoding=encoding)
        for record in file.records():
            answered(record)
    except NamesRefused as told:
        refused = told
    if refused:
        assert refused.problems
        assert all(str(one.mend) for one in refused.problems)
        str(refused).encode()


def answered(record: Read) -> None:
    """Either a party or problems, and both can be written down."""
    assert bool(record.named) is not bool(record.problems)
    "".join(map(str, record.problems)).encode()
    json.dumps(quoted(record))
    if record.named:
        assert record.named.party.names[0].strip()
        json.dumps(record.named.party.names, ensure_ascii=False).encode()


TEXTS = st.text(st.characters(), max_size=40)
HEADS = st.sampled_from(["name", "name,country,dob", "Name;type;IDs", "name\taka|x", "name,name", "imo,name", "x", ""])
CELLS = st.one_of(TEXTS, st.sampled_from(['"', '""', '"a', "1", "PE", "=1", "\u202e", "\x85", "\ud800", "9" * 5000]))


@QUICK
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00\x00")
@example(b"\xef\xbb\xbf")
@example(b"PAR1\x00\x00PAR1")
@example(b"name\n\xe9\xe9")
def test_any_bytes_are_answered(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_all(tmp_path_factory.getbasetemp(), content)


@QUICK
@given(HEADS, st.lists(st.lists(CELLS, max_size=5), max_size=6), st.sampled_from(",;\t|"), st.booleans(),
       st.sampled_from(["utf-8", "utf-16", "cp1252", "cp1251", "utf-16-be"]))  # fmt: skip
def test_any_table_is_answered(
    tmp_path_factory: pytest.TempPathFactory, head: str, rows: list[list[str]], sign: str, said: bool, codec: str
) -> None:
    text = "\n".join([head, *(sign.join(row) for row in rows)])
    errors = "surrogatepass" if codec.startswith("utf") else "replace"
    read_all(tmp_path_factory.getbasetemp(), text.encode(codec, errors), codec if said else "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "value", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = st.sampled_from([*HEADINGS, *NUMBER_HEADINGS, "x"])


@QUICK
@given(st.lists(st.dictionaries(FIELDS, JSON, max_size=6), max_size=3))
def test_any_object_is_answered(rows: list[dict[str, Any]]) -> None:
    body = "\n".join(map(json.dumps, rows)).encode()
    for record in read_jsonl(io.BytesIO(body), ON):
        answered(record)
