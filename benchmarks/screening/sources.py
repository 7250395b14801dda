"""Where the names come from: official lists through the product's readers, companies, factories, persons (964(b))."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.shared_data import shared_data

from greenlane.vetting.lists.entries import ListEntry, NameKind
from greenlane.vetting.lists.reading import read_list

_ISSUE = re.compile(
    r"\s+(?:-\s|common (?:stock|shares?|units?)|class [a-z]\b|ordinary shares?|american deposit|depositary|warrants?\b|"
    r"units?\b|rights?\b|\(each|each repres|\$|\d+(?:\.\d+)?%|preferred|subordinate voting|series [a-z]\b|ads\b|"
    r"beneficial interest|shares? of|limited partner|new york registry|sponsored|cumulative).*$",
    re.I,
)
_NOT_A_COMPANY = re.compile(
    r"\b(?:etf|etn|fund|index|portfolio|test|tick pilot|trust pref\w*|s&p|acwi|bond|notes?)\b", re.I
)


@dataclass(frozen=True)
class Pair:
    """Two names of which people have said whether they name one party."""

    one: str
    two: str
    schema: str
    same: bool

    @property
    def kind(self) -> str:
        return {"Person": "person", "Vessel": "vessel"}.get(self.schema, "organisation")


def _file(name: str) -> Path:
    return shared_data(f"screening/{name}")


def listed() -> list[ListEntry]:
    """The entries of all public lists at hand; those of the SDN list have the aliases of both years."""
    with tempfile.TemporaryDirectory(prefix="greenlane-bench-") as folder:
        place = Path(folder)
        sdn = {"primary": _file("ofac/sdn_2021-07.csv")}
        for role in ("alt", "add"):
            sdn[role] = _both_years(role, sdn["primary"], place / f"{role}.csv")
        imports = [
            read_list("ofac_sdn", sdn),
            read_list(
                "ofac_consolidated",
                {
                    role: _file(f"ofac/cons_{name}_2025-12.csv")
                    for role, name in (("primary", "prim"), ("alt", "alt"), ("add", "add"), ("comments", "comments"))
                },
            ),
            read_list("csl", {"list": _whole_rows(_file("csl/csl_2023-11.csv"), place / "csl.csv")}),
            read_list("bis_dpl", {"list": _file("bis/dpl_2022-09.txt")}),
            read_list("un_consolidated", {"list": _file("un/UN_consolidated_2026-02.xml")}),
        ]
    return [entry for imported in imports for entry in imported.entries]


def _both_years(role: str, primary: Path, target: Path) -> Path:
    """The rows of 2021 and of 2025 of entries that the list of 2021 has; one with the number of another once."""
    known = {line.split(",", 1)[0] for line in primary.read_text("latin-1").splitlines()}
    rows: dict[tuple[str, ...], None] = {}
    for year in ("2021-07", "2025-12"):
        with _file(f"ofac/{role}_{year}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                if len(row) > 1 and row[0] in known:
                    rows.setdefault(tuple(cell.strip() for cell in row))
    numbered: dict[tuple[str, str], tuple[str, ...]] = {row[:2]: row for row in rows}  # type: ignore[misc]
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(numbered.values())
        stream.write("\x1a")
    return target


def _whole_rows(source: Path, target: Path) -> Path:
    """The public copy without its last record, which is cut off."""
    content = source.read_bytes()
    target.write_bytes(content[: content.rstrip(b"\n").rfind(b"\n") + 1])
    return target


def without_original_script(entry: ListEntry) -> ListEntry:
    """The entry as most lists have it: their files give no name in the original script."""
    kept = tuple(name for name in entry.names if name.kind is not NameKind.ORIGINAL_SCRIPT)
    return entry if kept == entry.names else replace(entry, names=kept)


def names_of(entry: ListEntry) -> list[str]:
    """The names that the matchers are given."""
    return [name.text for name in without_original_script(entry).names]


def companies() -> list[str]:
    """Companies listed on exchanges in the United States, and real factories; each name once."""
    found: dict[str, None] = {}
    for file, column in (("nasdaq-listed-symbols", "Company Name"), ("other-listed", "Company Name")):
        with _file(f"companies/{file}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["ETF"] == "N" and row["Test Issue"] == "N" and not _NOT_A_COMPANY.search(row[column]):
                    found.setdefault(_ISSUE.sub("", row[column].strip()).strip(" ,-"))
    with _file("companies/osh_facility_names.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(" ".join(row["name"].split()))
    return [name for name in found if len(name) > 1]


def persons() -> Iterator[str]:
    """Synthetic persons of all countries, one in two of the United States; without end of the two files."""
    streams = []
    for file in ("us", "global"):
        with _file(f"people/yente_negatives_{file}.csv").open(encoding="utf-8", newline="") as stream:
            streams.append([row["full_name"] for row in csv.DictReader(stream)])
    for pair in zip(*streams, strict=True):
        yield from pair


def labelled_pairs() -> list[Pair]:
    """The public pairs of names that people have judged."""
    with _file("pairs/nomenklatura_name_bench_cases.csv").open(encoding="utf-8", newline="") as stream:
        return [Pair(r["name1"], r["name2"], r["schema"], r["is_match"] == "true") for r in csv.DictReader(stream)]


def frozen_scores() -> dict[tuple[str, str, str], float]:
    """The score that logic-v2's own authors published for each pair, by schema and both names."""
    with _file("pairs/nomenklatura_logicv2_frozen_scores.csv").open(encoding="utf-8", newline="") as stream:
        return {(r["schema"], r["name1"], r["name2"]): float(r["score"]) for r in csv.DictReader(stream)}


def portal_scores() -> list[tuple[str, str, int]]:
    """What OFAC's search page showed: the query, the listed name, the score."""
    with _file("pairs/nomenklatura_ofac_portal_scores_164.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["ofac_score"]]
    return [(row["query_name"], row["result_name"], int(row["ofac_score"])) for row in rows]


def factory_pairs() -> list[Pair]:
    """Factories that people have called one or two, by their names alone."""
    judged = json.loads(_file("pairs/osh_facility_pairs_training.json").read_text(encoding="utf-8"))
    return [
        Pair(pair["__value__"][0]["name"], pair["__value__"][1]["name"], "Company", label == "match")
        for label in ("match", "distinct")
        for pair in judged[label]
    ]


def script_pairs() -> list[Pair]:
    """The same person in two scripts."""
    with _file("pairs/watchman_cross_script_pairs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(line for line in stream if line.strip() and not line.startswith("#")))
    return [Pair(row[0], row[1], "Person", True) for row in rows]
