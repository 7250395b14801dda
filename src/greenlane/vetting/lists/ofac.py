"""OFAC's Specially Designated Nationals and consolidated non-SDN lists, in their legacy CSV files (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from greenlane.law.sentences import N_, Sentence
from greenlane.places.files import DOWNLOAD_AGAIN, Inspected, Problems, Row, check_columns, inspect, read_rows
from greenlane.vetting.lists.entries import (
    Identifier,
    ListedName,
    ListEntry,
    ListFileRefused,
    ListImport,
    ListKind,
    ListWarning,
    NameKind,
    PartyType,
    country_or_raw,
    counts_of,
    unique,
)
from greenlane.vetting.lists.remarks import read_remarks

_WIDTH = {"primary": 12, "alt": 5, "add": 6, "comments": 2}
_TYPES = {
    "": PartyType.ORGANISATION,
    "individual": PartyType.PERSON,
    "entity": PartyType.ORGANISATION,
    "vessel": PartyType.VESSEL,
    "aircraft": PartyType.AIRCRAFT,
}
_ALIASES = frozenset({"aka", "fka", "nka"})
_CODES = {ListKind.OFAC_SDN: "OFAC-SDN", ListKind.OFAC_CONSOLIDATED: "OFAC-CONS"}
_SAME_DAY = N_("Download all files of the list on the same day and import them together.")


@dataclass
class _Draft:
    """An entry while its aliases, addresses and comments are still being read."""

    line: int
    cells: list[str]
    party_type: PartyType
    remarks: str
    names: list[ListedName] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)


def read_ofac(kind: ListKind, files: Mapping[str, Path]) -> ListImport:
    """Read the files by role: 'primary', 'alt', 'add' and, optionally, 'comments'. Raises ListFileRefused."""
    problems, warnings = Problems(ListFileRefused), list[ListWarning]()
    inspected = {role: inspect(path, role, problems, latin_1=True) for role, path in files.items()}
    problems.refuse_if_any()
    rows: dict[str, int] = {}
    drafts: dict[str, _Draft] = {}
    for role in ("primary", "alt", "add", "comments"):
        if role not in files:
            continue
        seen = inspected[role]
        assert seen is not None
        rows[role] = _read_file(role, files[role], seen, drafts, problems, warnings)
        if role == "primary" and problems.found:
            break  # without sound entries every alias would look like an orphan
    problems.refuse_if_any()
    entries = tuple(_entry(_CODES[kind], key, draft) for key, draft in drafts.items())
    sha256 = {role: seen.sha256 for role, seen in inspected.items() if seen}
    return ListImport(kind, _CODES[kind], entries, counts_of(entries, rows), sha256, None, tuple(warnings))


def _read_file(
    role: str, path: Path, seen: Inspected, drafts: dict[str, _Draft], problems: Problems, warnings: list[ListWarning]
) -> int:
    reader = {"primary": _primary, "alt": _alias, "add": _address, "comments": _comment}[role]
    count = 0
    for row in _rows(role, path, seen, problems):
        count += 1
        reader(row, drafts, problems)
    if not count and not problems.found:
        problems.add(role, 0, N_("The file holds no record."), DOWNLOAD_AGAIN)
    if not seen.complete_last_line:
        problems.add(role, 0, N_("The last line is not finished, so the file is cut off."), DOWNLOAD_AGAIN)
    elif not seen.has_end_mark:
        text = N_(
            "The file %(role)s has no end mark (0x1A), with which OFAC ends its files; its last lines may be missing."
        )
        warnings.append(ListWarning("no_end_mark", Sentence(text, {"role": role}), needs_acceptance=True))
    return count


def _rows(role: str, path: Path, seen: Inspected, problems: Problems) -> Iterator[Row]:
    """Records of the right width with '-0-' made empty; a first line of another width is another file."""
    for number, row in enumerate(read_rows(path, role, seen, problems)):
        row.cells[-1] = row.cells[-1].rstrip("\x1a")
        if number == 0 and len(row.cells) != _WIDTH[role]:
            what = N_("This is not OFAC's %(role)s file: it has %(found)d columns and not %(expected)d.")
            mend = N_("Check that each file was chosen for its own place, and that nothing was added to it.")
            problems.add(role, row.line, what, mend, role=role, found=len(row.cells), expected=_WIDTH[role])
            return
        if check_columns(row, _WIDTH[role], role, seen, problems):
            yield Row(row.line, ["" if cell.strip() == "-0-" else cell for cell in row.cells])


def _primary(row: Row, drafts: dict[str, _Draft], problems: Problems) -> None:
    key, name, type_name = row.cells[0].strip(), row.cells[1].strip(), row.cells[2].strip().lower()
    before = problems.found
    if not key.isdigit():
        what = N_("The number of the entry is %(text)s, not a whole number.")
        problems.add("primary", row.line, what, DOWNLOAD_AGAIN, text=repr(key))
    elif key in drafts:
        what = N_("The entry %(key)s stands on line %(line)d already.")
        problems.add("primary", row.line, what, DOWNLOAD_AGAIN, key=key, line=drafts[key].line)
    if not name:
        problems.add("primary", row.line, N_("The entry has no name."), DOWNLOAD_AGAIN)
    if type_name not in _TYPES:
        what = N_("The type %(text)s is none of individual, entity, vessel and aircraft.")
        problems.add("primary", row.line, what, DOWNLOAD_AGAIN, text=repr(type_name))
    if problems.found == before:
        drafts[key] = _Draft(
            row.line, row.cells, _TYPES[type_name], row.cells[11], [ListedName(name, NameKind.PRIMARY)]
        )


def _of_entry(role: str, row: Row, drafts: dict[str, _Draft], problems: Problems) -> _Draft | None:
    draft = drafts.get(row.cells[0].strip())
    if draft is None:
        what = N_("The line belongs to entry %(key)s, which the primary file does not have.")
        problems.add(role, row.line, what, _SAME_DAY, key=repr(row.cells[0].strip()))
    return draft


def _alias(row: Row, drafts: dict[str, _Draft], problems: Problems) -> None:
    draft = _of_entry("alt", row, drafts, problems)
    name, alias_type = row.cells[3].strip(), row.cells[2].strip().lower()
    if not name:
        problems.add("alt", row.line, N_("The alias has no name."), DOWNLOAD_AGAIN)
    if alias_type not in _ALIASES:
        what = N_("The type of alias %(text)s is none of aka, fka and nka.")
        problems.add("alt", row.line, what, DOWNLOAD_AGAIN, text=repr(alias_type))
    if draft is not None:
        draft.names.append(ListedName(name, NameKind.ALIAS))


def _address(row: Row, drafts: dict[str, _Draft], problems: Problems) -> None:
    draft = _of_entry("add", row, drafts, problems)
    if draft is None:
        return
    text = ", ".join(cell.strip() for cell in row.cells[2:5] if cell.strip())
    if text:
        draft.addresses.append(text)
    draft.countries.append(country_or_raw(row.cells[4]))


def _comment(row: Row, drafts: dict[str, _Draft], problems: Problems) -> None:
    draft = _of_entry("comments", row, drafts, problems)
    if draft is not None:
        draft.remarks += row.cells[1]  # the comments file goes on, in the middle of a word, where Remarks were cut


def _entry(list_code: str, key: str, draft: _Draft) -> ListEntry:
    cells, facts = draft.cells, read_remarks(draft.remarks)
    title, call_sign, vessel_type, flag, owner = (cells[at].strip() for at in (4, 5, 6, 9, 10))
    numbers = [*facts.identifiers, *([Identifier("call_sign", call_sign)] if call_sign else [])]
    countries = [*draft.countries, *facts.countries, country_or_raw(flag)]
    said = (("Title", title), ("Vessel type", vessel_type), ("Vessel owner", owner), ("", draft.remarks.strip()))
    return ListEntry(
        list_code,
        key,
        draft.party_type,
        unique([*draft.names, *facts.weak_names]),
        unique(country for country in countries if country),
        unique(draft.addresses),
        unique(facts.birth_dates),
        unique(numbers),
        tuple(programme.strip() for programme in cells[3].split("] [") if programme.strip()),
        "; ".join(f"{label}: {text}" if label else text for label, text in said if text),
    )
