"""The real lists, every count verified by other means than the parsers (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import csv
import hashlib
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date

import pytest

from greenlane.vetting.lists.difference import difference
from greenlane.vetting.lists.entries import ListFileRefused, ListKind, NameKind, PartyType
from greenlane.vetting.lists.reading import read_list
from tests.shared_data import shared_data

pytestmark = pytest.mark.clause("6 USC 964(b)")

SDN = {"primary": "sdn_2021-07", "alt": "alt_2021-07", "add": "add_2021-07"}
CONS = {role: f"cons_{name}_2025-12" for role, name in (("primary", "prim"), ("alt", "alt"), ("add", "add"))}


def ofac(roles):
    return {role: shared_data(f"screening/ofac/{name}.csv") for role, name in roles.items()}


def lines(path):
    """Number of records, counted as line ends: OFAC's files hold no line end inside a cell."""
    return path.read_bytes().count(b"\r\n")


def quoted(path, pattern):
    return len(re.findall(pattern, path.read_bytes().decode("latin-1")))


def names_of(imported, kind):
    return [name.text for entry in imported.entries for name in entry.names if name.kind is kind]


def test_ofac_sdn():
    files = ofac(SDN)
    imported = read_list(ListKind.OFAC_SDN, files)
    assert imported.counts["rows"] == {role: lines(path) for role, path in files.items()}
    assert imported.counts["rows"] == {"primary": 8976, "alt": 11910, "add": 13837}
    individuals = quoted(files["primary"], r',"individual",')
    vessels, aircraft = quoted(files["primary"], r',"vessel",'), quoted(files["primary"], r',"aircraft",')
    assert imported.counts["types"] == {
        "person": individuals,
        "vessel": vessels,
        "aircraft": aircraft,
        "organisation": 8976 - individuals - vessels - aircraft,
    }
    assert (individuals, vessels, aircraft) == (4620, 406, 277)
    assert imported.warnings == ()
    assert imported.published_on is None
    assert imported.sha256["alt"] == hashlib.sha256(files["alt"].read_bytes()).hexdigest()


def test_ofac_sdn_aliases_strong_and_weak():
    files = ofac(SDN)
    imported = read_list(ListKind.OFAC_SDN, files)
    pairs = set(re.findall(r'(?m)^(\d+),\d+,"[afn]ka","([^"]*)"', files["alt"].read_bytes().decode("latin-1")))
    assert len(names_of(imported, NameKind.ALIAS)) == len(pairs) == 11908  # two of the 11,910 lines repeat a name
    weak = quoted(files["primary"], r"[ \"][afn]\.k\.a\. '")
    kept = len(names_of(imported, NameKind.WEAK_ALIAS))
    assert weak - 5 <= kept <= weak
    assert kept == imported.counts["names"]["weak_alias"] == 2438


def test_ofac_facts_of_one_entry():
    entries = {entry.entry_key: entry for entry in read_list("ofac_sdn", ofac(SDN)).entries}
    bank = entries["306"]
    assert bank.primary_name == "BANCO NACIONAL DE CUBA"
    assert bank.programmes == ("CUBA",)
    assert ("BNC", NameKind.WEAK_ALIAS) in [(name.text, name.kind) for name in bank.names]
    assert {"CH", "ES"} <= set(bank.countries)
    vessel = entries["25319"]
    assert vessel.party_type is PartyType.VESSEL
    assert [(n.kind, n.value) for n in vessel.identifiers] == [("imo", "9820312")]
    assert vessel.countries == ("IR",)
    person = entries["10119"]
    assert person.birth_dates[0].exact == date(1958, 6, 15)
    assert ("national_id", "4203016171", "FR") in [(n.kind, n.value, n.country) for n in person.identifiers]
    circa = entries["10609"].birth_dates[0]
    assert (circa.text, circa.first_year, circa.exact) == ("circa 1960", 1960, None)


def test_ofac_files_of_different_days_are_refused_by_line():
    """Aliases of December 2025 name entries that the list of July 2021 does not have."""
    files = ofac({**SDN, "alt": "alt_2025-12"})
    known = {row.split(b",", 1)[0] for row in files["primary"].read_bytes().split(b"\r\n")}
    rows = files["alt"].read_bytes().split(b"\r\n")[:-1]
    orphans = [line for line, row in enumerate(rows, 1) if row.split(b",", 1)[0] not in known]
    with pytest.raises(ListFileRefused) as caught:
        read_list("ofac_sdn", files)
    assert caught.value.found == len(orphans) == 8889
    assert [problem.line for problem in caught.value.problems] == orphans[:50]
    assert {problem.file for problem in caught.value.problems} == {"alt"}
    assert "same day" in str(caught.value.problems[0].how_to_mend)


def test_ofac_consolidated_with_comments():
    files = ofac({**CONS, "comments": "cons_comments_2025-12"})
    imported = read_list("ofac_consolidated", files)
    assert imported.counts["rows"] == {role: lines(path) for role, path in files.items()}
    assert imported.counts["rows"] == {"primary": 442, "alt": 1073, "add": 574, "comments": 10}
    assert imported.counts["types"] == {"organisation": 363, "person": 79}
    entry = next(entry for entry in imported.entries if entry.entry_key == "17014")
    assert "RUSAG" in [name.text for name in entry.names]  # stands in the comments file alone
    assert ("registration", "1027700342890", "RU") in [(n.kind, n.value, n.country) for n in entry.identifiers]


def csl_rows():
    """The rows as another reader sees them: header repeated once, and the public copy is cut off in its last row."""
    with shared_data("screening/csl/csl_2023-11.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == rows[1]
    return rows[0], [row for row in rows[2:] if len(row) == len(rows[0])]


def whole_csl(tmp_path):
    content = shared_data("screening/csl/csl_2023-11.csv").read_bytes()
    path = tmp_path / "consolidated.csv"
    path.write_bytes(content[: content.rstrip(b"\n").rfind(b"\n") + 1])
    return path


def test_csl_that_is_cut_off_is_refused():
    """The public copy ends inside its last record; to take the rest as if it were the list would hide that."""
    path = shared_data("screening/csl/csl_2023-11.csv")
    with pytest.raises(ListFileRefused) as caught:
        read_list("csl", {"list": path})
    (problem,) = caught.value.problems
    assert problem.line == path.read_bytes().count(b"\n") + 1 == 4233
    assert "its end is missing" in str(problem.what)


def test_csl_of_the_whole_rows(tmp_path):
    header, rows = csl_rows()
    imported = read_list("csl", {"list": whole_csl(tmp_path)})
    assert imported.counts["rows"] == {"list": len(rows)} == {"list": 4226}
    types = Counter(row[header.index("type")] for row in rows)
    assert imported.counts["types"]["person"] == types["Individual"] == 1124
    assert imported.counts["types"]["organisation"] == types["Entity"] == 1060
    assert imported.counts["types"]["vessel"] == types["Vessel"] == 3
    assert imported.warnings == ()


def test_csl_every_row_is_in_an_entry(tmp_path):
    """Rows of one order (same list, name and date, or name and notice) are one entry with all their addresses."""
    _header, rows = csl_rows()
    imported = read_list("csl", {"list": whole_csl(tmp_path)})
    by_list = Counter(re.search(r"\((?:NS-)?([A-Z]+)", row[1])[1] for row in rows)
    assert {code.removeprefix("CSL-") for code in imported.counts["lists"]} == {*by_list} - {"NS"} | {"MBS"}
    for code in ("SDN", "SSI", "CMIC", "PLC", "UVL", "MEU", "ISN", "DTC"):
        assert imported.counts["lists"][f"CSL-{code}"] == by_list[code]
    held = {(name.text, address) for entry in imported.entries for name in entry.names for address in entry.addresses}
    for row in rows:
        if " and any successor" in row[5] or " and its sub-units" in row[5] or not row[7].strip():
            continue
        assert (row[5].strip(), row[7].split(";")[0].strip()) in held


def test_csl_names_lose_the_words_about_successors(tmp_path):
    imported = read_list("csl", {"list": whole_csl(tmp_path)})
    texts = {name.text for entry in imported.entries for name in entry.names}
    assert "Zhengzhou Nanbei Instrument Equipment Co. Ltd" in texts
    assert not [text for text in texts if "successor" in text.lower()]


def test_denied_persons():
    path = shared_data("screening/bis/dpl_2022-09.txt")
    imported = read_list("bis_dpl", {"list": path})
    rows = [line.split('"\t"') for line in path.read_text(encoding="latin-1").splitlines()[1:]]
    orders = {(re.sub(r"[\W_]+", " ", row[0]).strip().casefold(), row[6]) for row in rows}
    assert imported.counts["rows"] == {"list": len(rows)} == {"list": 581}
    assert len(imported.entries) == len(orders) == 460
    assert imported.counts["types"] == {"unknown": 460}
    villa = next(entry for entry in imported.entries if entry.primary_name == "AARON ABRAHAM VILLA")
    assert villa.countries == ("US",)  # the file leaves the country blank
    assert villa.listed_on == date(2022, 8, 24)
    zimo = next(entry for entry in imported.entries if entry.primary_name == "ZIMO SHENG")
    assert len(zimo.addresses) == sum(row[0] == '"ZIMO SHENG' for row in rows) == 2
    assert set(zimo.countries) == {"US", "CN"}


def test_un_consolidated():
    path = shared_data("screening/un/UN_consolidated_2026-02.xml")
    imported = read_list("un_consolidated", {"list": path})
    root = ET.parse(path).getroot()
    individuals, entities = root.findall(".//INDIVIDUAL"), root.findall(".//ENTITY")
    assert imported.counts["types"] == {"person": len(individuals), "organisation": len(entities)}
    assert (len(individuals), len(entities)) == (730, 273)
    assert {e.entry_key for e in imported.entries} == {e.findtext("DATAID") for e in [*individuals, *entities]}
    scripts = [e for e in root.iter("NAME_ORIGINAL_SCRIPT") if (e.text or "").strip()]
    assert imported.counts["names"]["original_script"] == len(scripts) == 378
    low = [a for a in root.iter("INDIVIDUAL_ALIAS") if a.findtext("QUALITY") == "Low" and a.findtext("ALIAS_NAME")]
    assert imported.counts["names"]["weak_alias"] == len(low) == 615
    assert imported.published_on == date(2026, 2, 27)
    entry = next(entry for entry in imported.entries if entry.entry_key == "6907993")
    assert (entry.primary_name, entry.listed_on) == ("ERIC BADEGE", date(2012, 12, 31))
    assert set(entry.countries) == {"RW", "CD"}
    assert entry.birth_dates[0].first_year == 1971


def test_reading_twice_gives_the_same_and_differs_from_nothing():
    path = {"list": shared_data("screening/un/UN_consolidated_2026-02.xml")}
    one, two = read_list("un_consolidated", path), read_list("un_consolidated", path)
    assert one == two
    nothing = difference(one.entries, two.entries)
    assert (nothing.added, nothing.changed, nothing.removed, nothing.needs_acceptance) == ((), (), (), False)
