"""Bad list files are refused whole, by line, with what to do (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import pytest

from greenlane.places import files as files_module
from greenlane.vetting.lists import csl, denied
from greenlane.vetting.lists.dates import birth_date, parse_date
from greenlane.vetting.lists.entries import ListFile, ListFileRefused, NameKind
from greenlane.vetting.lists.reading import ROLES, read_list

pytestmark = pytest.mark.clause("6 USC 964(b)")

END = b"\x1a"
_NULLS = b"-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
ONE = b'1,"INVENTED TRADING CO.",-0- ,"TEST",' + _NULLS + b"\"a.k.a. 'ITC'; Tax ID No. 77 (Peru).\"\r\n"
TWO = b'2,"SAMPLE, Ann","individual","TEST] [MORE",' + _NULLS + b'"DOB circa 1960; nationality Peru."\r\n'
ALT = b'1,10,"aka","INVENTADA",-0- \r\n'
ADD = b'1,20,"1 Mole St","Lima","Peru",-0- \r\n'


def ofac(tmp_path, primary=ONE + TWO + END, alt=ALT + END, add=ADD + END, **more):
    files = {}
    for role, content in {"primary": primary, "alt": alt, "add": add, **more}.items():
        files[role] = tmp_path / f"{role}.csv"
        files[role].write_bytes(content)
    return files


def refused(kind, files):
    with pytest.raises(ListFileRefused) as caught:
        read_list(kind, files)
    assert all(str(problem.how_to_mend) for problem in caught.value.problems)
    return [(problem.file, problem.line, str(problem.what)) for problem in caught.value.problems]


def one(tmp_path, content, name="list"):
    path = tmp_path / name
    path.write_bytes(content)
    return {"list": path}


def test_a_good_trio(tmp_path):
    imported = read_list("ofac_sdn", [ListFile(role, path) for role, path in ofac(tmp_path).items()])
    first, second = imported.entries
    assert [(n.text, n.kind) for n in first.names] == [
        ("INVENTED TRADING CO.", NameKind.PRIMARY),
        ("INVENTADA", NameKind.ALIAS),
        ("ITC", NameKind.WEAK_ALIAS),
    ]
    assert first.addresses == ("1 Mole St, Lima, Peru",)
    assert first.countries == second.countries == ("PE",)
    assert second.programmes == ("TEST", "MORE")
    assert imported.warnings == ()


def test_a_missing_end_mark_must_be_accepted(tmp_path):
    (warning,) = read_list("ofac_sdn", ofac(tmp_path, alt=ALT)).warnings
    assert warning.needs_acceptance
    assert "end mark" in str(warning.sentence)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"primary": ONE + ONE + END}, ("primary", 2, "The entry 1 stands on line 1 already.")),
        ({"primary": ONE + TWO.replace(b'"SAMPLE, Ann"', b"-0- ") + END}, ("primary", 2, "The entry has no name.")),
        (
            {"primary": ONE + TWO.replace(b"individual", b"ghost") + END},
            ("primary", 2, "The type 'ghost' is none of individual, entity, vessel and aircraft."),
        ),
        ({"primary": b"x" + ONE + END}, ("primary", 1, "The number of the entry is 'x1', not a whole number.")),
        ({"primary": ONE + b"2,SAMPLE\r\n" + END}, ("primary", 2, "The line has 2 columns instead of 12.")),
        (
            {"primary": ONE + TWO[:60]},
            ("primary", 2, "The line has 8 columns instead of 12; the file seems to be cut off."),
        ),
        ({"alt": ALT.replace(b"1,10", b"9,10") + END}, ("alt", 1, "The line belongs to entry '9', which")),
        ({"alt": ALT.replace(b"aka", b"zka") + END}, ("alt", 1, "The type of alias 'zka' is none of aka")),
        ({"alt": ALT.replace(b'"INVENTADA"', b"-0- ") + END}, ("alt", 1, "The alias has no name.")),
        ({"add": ADD.replace(b"1,20", b"9,20") + END}, ("add", 1, "The line belongs to entry '9', which")),
        ({"comments": b'9,"more"\r\n' + END}, ("comments", 1, "The line belongs to entry '9', which")),
        ({"alt": END}, ("alt", 0, "The file holds no record.")),
        ({"alt": b""}, ("alt", 0, "The file is empty.")),
        ({"alt": ALT.rstrip()}, ("alt", 0, "The last line is not finished, so the file is cut off.")),
        ({"alt": ALT + b'1,11,"aka","CUT OFF HE'}, ("alt", 2, "The file stops inside a quotation")),
        ({"alt": b'1,10,"aka"x,"I",-0- \r\n' + END}, ("alt", 1, "A quotation mark stands where none can be")),
        ({"alt": ADD + END}, ("alt", 1, "This is not OFAC's alt file: it has 6 columns and not 5.")),
        ({"alt": b"%PDF-1.7"}, ("alt", 0, "This is a PDF file, not a data file.")),
        ({"alt": b"\n<!doctype html><p>"}, ("alt", 0, "This is a HTML file, not a data file.")),
        ({"alt": b"PK\x03\x04...."}, ("alt", 0, "This is a ZIP archive, not the list itself.")),
        ({"alt": ALT.decode().encode("utf-16")}, ("alt", 1, "The file is written in UTF-16")),
        ({"alt": ALT + b"1,11,\x00\r\n" + END}, ("alt", 2, "There is a zero byte in the text")),
        ({"alt": ALT + ALT.replace(b"AD", b"\x81\xc3") + END}, ("alt", 2, "The text is not in the encoding")),
    ],
)
def test_bad_ofac_files(tmp_path, changes, expected):
    found = refused("ofac_sdn", ofac(tmp_path, **changes))
    file, line, what = expected
    assert [(f, n) for f, n, said in found if said.startswith(what)] == [(file, line)], found


def test_latin_1_is_read_where_the_publisher_writes_it(tmp_path):
    imported = read_list("ofac_sdn", ofac(tmp_path, alt='1,10,"aka","CAFÉ",-0- \r\n'.encode("latin-1") + END))
    assert imported.entries[0].names[1].text == "CAFÉ"
    imported = read_list("ofac_sdn", ofac(tmp_path, alt='1,10,"aka","CAFÉ",-0- \r\n'.encode() + END))
    assert imported.entries[0].names[1].text == "CAFÉ"


def test_missing_and_foreign_files(tmp_path):
    files = ofac(tmp_path)
    files["extra"] = files.pop("alt")
    assert [(file, line) for file, line, _ in refused("ofac_sdn", files)] == [("extra", 0), ("alt", 0)]
    ((file, line, what),) = refused("csl", {"list": tmp_path / "nowhere.csv"})
    assert (file, line) == ("list", 0)
    assert "is not there" in what
    with pytest.raises(ValueError, match="nonsense"):
        read_list("nonsense", files)


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    problems = files_module.Problems()
    path = one(tmp_path, b"x" * 100)["list"]
    assert files_module.inspect(path, "list", problems, most_bytes=99) is None
    with pytest.raises(files_module.FileRefused, match="has 100 bytes; at most 99 are read"):
        problems.refuse_if_any()


def test_every_role_says_what_the_publisher_calls_it():
    assert all(role.official_name for roles in ROLES.values() for role in roles)


def csl_file(*rows):
    header = ",".join(csl.COLUMNS)
    lines = [header]
    for row in rows:
        cells = {"_id": "a", "source": "Entity List (EL) - X", "name": "Invented Co.", **row}
        lines.append(",".join(f'"{cells.get(column, "")}"' for column in csl.COLUMNS))
    return "\n".join([*lines, ""]).encode()


def test_csl_rows_of_one_party_are_one_entry(tmp_path):
    content = csl_file(
        {"addresses": "1 Quay, Lima, PE", "start_date": "2020-01-02", "alt_names": "InvCo; Inv;"},
        {"_id": "b", "addresses": "2 Quay, EL PASO, TX, 79905", "start_date": "2020-01-02"},
        {
            "_id": "c",
            "start_date": "2021-01-02",
            "name": "Invented Co.; and any successor, sub-unit, or subsidiary thereof",
        },
    )
    first, second = read_list("csl", one(tmp_path, content)).entries
    assert first.addresses == ("1 Quay, Lima, PE", "2 Quay, EL PASO, TX, 79905")
    assert first.countries == ("PE", "US")
    assert [name.text for name in first.names] == ["Invented Co.", "InvCo", "Inv"]
    assert second.primary_name == "Invented Co."
    assert "successor" in second.remarks


def test_csl_with_a_new_list_is_read_and_said(tmp_path):
    (warning,) = read_list("csl", one(tmp_path, csl_file({"source": "Some New List (SNL) - X"}))).warnings
    assert "Some New List (SNL)" in str(warning.sentence)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (csl_file({}, {}), 3, "stands on line 2 already"),
        (csl_file({"name": " "}), 2, "has no name"),
        (csl_file({"type": "Ghost"}), 2, "The type 'Ghost'"),
        (csl_file({"source": "Nameless"}), 2, "names no list"),
        (csl_file(), 0, "holds no entry"),
        (csl_file({})[:-40], 2, "16 columns instead of 29; the file seems to be cut off"),
        (csl_file({})[:-2], 2, "its end is missing"),
        (csl_file({}).replace(b"_id,", b"id,"), 1, "Missing: _id. Not expected: id."),
        (b"a,b\n1,2\n", 1, "not the header"),
        (csl_file({}) + b"1,2\n", 3, "2 columns instead of 29"),
        (csl_file({"name": "x" * 140_000}), 2, "longer than any"),
        (csl_file({"name": "Caf\u00e9"}).decode().encode("latin-1"), 2, "not in the encoding"),
    ],
)
def test_bad_csl_files(tmp_path, content, line, what):
    ((_, at, said),) = refused("csl", one(tmp_path, content))
    assert at == line
    assert what in said


def dpl_file(*rows):
    good = [
        "INVENTED ANN",
        "1 Quay",
        "LIMA",
        "",
        "PE",
        "",
        "06/19/2003",
        "06/29/2056",
        "Y",
        "2007-01-31",
        "A",
        "68 F.R. 1",
    ]
    lines = [denied.COLUMNS, *[[row.get(c, g) for c, g in zip(denied.COLUMNS, good, strict=True)] for row in rows]]
    return "".join("\t".join(f'"{cell}"' for cell in line) + "\n" for line in lines).encode("latin-1")


def test_denied_persons_in_latin_1(tmp_path):
    (entry,) = read_list(
        "bis_dpl", one(tmp_path, dpl_file({"Name": "INVENTED JOSÉ"}, {"Name": "INVENTED JOSÉ"}))
    ).entries
    assert entry.primary_name == "INVENTED JOSÉ"
    assert entry.countries == ("PE",)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (dpl_file({}, {"Name": ""}), 3, "has no name"),
        (dpl_file({"Effective_Date": "2003-13-45"}), 2, "not a date written month/day/year"),
        (dpl_file(), 0, "holds no entry"),
        (dpl_file({}).replace(b"\t", b","), 1, "not the header"),
        (dpl_file({}) + b'"A"\t"B"\n', 3, "2 columns instead of 12"),
    ],
)
def test_bad_denied_persons_files(tmp_path, content, line, what):
    _, at, said = refused("bis_dpl", one(tmp_path, content))[-1]
    assert at == line
    assert what in said


UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"><INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Ann</FIRST_NAME><SECOND_NAME>Sample</SECOND_NAME>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Annie</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>
</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>
"""


def test_a_good_un_list(tmp_path):
    (entry,) = read_list("un_consolidated", one(tmp_path, UN.encode())).entries
    assert [(name.text, name.kind) for name in entry.names] == [
        ("Ann Sample", NameKind.PRIMARY),
        ("Annie", NameKind.WEAK_ALIAS),
    ]
    assert (entry.birth_dates[0].first_year, entry.birth_dates[0].last_year) == (1960, 1962)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (UN.replace("<DATAID>1</DATAID>", ""), 3, "has no DATAID"),
        (UN.replace("<FIRST_NAME>Ann</FIRST_NAME><SECOND_NAME>Sample</SECOND_NAME>", ""), 3, "has no name"),
        (UN.replace(">Low<", ">Fair<"), 4, "The quality of an alias is 'Fair'"),
        (
            UN.replace("<ENTITIES>", "<ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>B</FIRST_NAME></ENTITY>"),
            7,
            "stands on line 3",
        ),
        (UN[: UN.index("</INDIVIDUALS>")], 7, "damaged or cut off"),
        (UN.replace("</DATAID>", "</DATUM>"), 3, "mismatched tag"),
        ("<feed/>", 1, "begins with <feed>"),
        ("<CONSOLIDATED_LIST/>", 0, "holds no entry"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>\n' + UN[39:], 1, "document type or entities"),
    ],
)
def test_bad_un_files(tmp_path, content, line, what):
    ((_, at, said),) = refused("un_consolidated", one(tmp_path, content.encode()))
    assert at == line
    assert what in said


def test_an_entity_bomb_is_refused_before_it_grows(tmp_path):
    bomb = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";" * 1}{("&" + chr(97 + n) + ";") * 9}">' for n in range(9)
    )
    ((_, _, what),) = refused("un_consolidated", one(tmp_path, (bomb + "]><l>&j;</l>").encode()))
    assert "could do harm" in what


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("10 Dec 1948", (1948, 1948)),
        ("circa 1951", (1951, 1951)),
        ("1962 to 1964", (1962, 1964)),
        ("unknown", (None, None)),
    ],
)
def test_birth_dates(text, years):
    born = birth_date(text)
    assert (born.first_year, born.last_year) == years


@pytest.mark.parametrize("text", ["31 Feb 2000", "02/30/2000", "2000-13-01", "12 Zzz 2000", "", "yesterday"])
def test_days_that_are_none(text):
    assert parse_date(text) is None
