"""The consolidated list of the United Nations Security Council, as XML (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from greenlane.law.sentences import N_
from greenlane.places.files import DOWNLOAD_AGAIN, Problems, inspect
from greenlane.vetting.lists.dates import birth_date, parse_date
from greenlane.vetting.lists.entries import (
    BirthDate,
    Identifier,
    ListedName,
    ListEntry,
    ListFileRefused,
    ListImport,
    ListKind,
    NameKind,
    PartyType,
    country_or_raw,
    counts_of,
    unique,
)

_ROOT = "CONSOLIDATED_LIST"
_PARTIES = {"INDIVIDUAL": PartyType.PERSON, "ENTITY": PartyType.ORGANISATION}
_WEAK = frozenset({"low"})
_QUALITIES = frozenset({"", "good", "low", "a.k.a.", "f.k.a."})


@dataclass
class _Node:
    """An element of one party, kept only until the party is read."""

    tag: str
    line: int
    text: str = ""
    children: list[_Node] = field(default_factory=list)

    def all(self, tag: str) -> list[_Node]:
        return [child for child in self.children if child.tag == tag]

    def get(self, tag: str) -> str:
        """The text of the first child with this tag, with single spaces; '' when there is none."""
        return next((" ".join(child.text.split()) for child in self.children if child.tag == tag), "")


class _Reader(ContentHandler):
    """Builds one party at a time, so that the file is never held whole."""

    def __init__(self, problems: Problems) -> None:
        super().__init__()
        self.problems = problems
        self.entries: dict[str, ListEntry] = {}
        self.published_on: date | None = None
        self.rows = 0
        self._lines: dict[str, int] = {}
        self._open: list[_Node] = []
        self._depth = 0
        self._locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        self._locator = locator

    def startElement(self, name: str, attrs: Any) -> None:
        line = self._locator.getLineNumber()
        if self._depth == 0:
            if name != _ROOT:
                what = N_("This is not the consolidated list of the Security Council: it begins with <%(tag)s>.")
                mend = N_("Download the list as XML from the United Nations and import that file.")
                self.problems.add("list", line, what, mend, tag=name)
                self.problems.refuse_if_any()
            self.published_on = parse_date(attrs.get("dateGenerated", ""))
        self._depth += 1
        if self._open or name in _PARTIES:
            node = _Node(name, line)
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)

    def characters(self, content: str) -> None:
        if self._open:
            self._open[-1].text += content

    def endElement(self, name: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._take(node)

    def _take(self, node: _Node) -> None:
        self.rows += 1
        key, before = node.get("DATAID"), self.problems.found
        if not key:
            self.problems.add("list", node.line, N_("The entry has no DATAID."), DOWNLOAD_AGAIN)
        elif key in self._lines:
            what = N_("The entry %(key)s stands on line %(line)d already.")
            self.problems.add("list", node.line, what, DOWNLOAD_AGAIN, key=key, line=self._lines[key])
        if not _name(node):
            self.problems.add("list", node.line, N_("The entry has no name."), DOWNLOAD_AGAIN)
        for alias in node.all(f"{node.tag}_ALIAS"):
            if alias.get("QUALITY").lower() not in _QUALITIES:
                what = N_("The quality of an alias is %(text)s, which is none of Good, Low, a.k.a. and f.k.a.")
                self.problems.add("list", alias.line, what, DOWNLOAD_AGAIN, text=repr(alias.get("QUALITY")))
        if self.problems.found == before:
            self._lines[key] = node.line
            self.entries[key] = _entry(key, node)


def read_un(files: Mapping[str, Path]) -> ListImport:
    """Read the one file, role 'list'. Raises ListFileRefused. Document types and entities are forbidden."""
    problems = Problems(ListFileRefused)
    seen = inspect(files["list"], "list", problems)
    problems.refuse_if_any()
    assert seen is not None
    reader = _Reader(problems)
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(reader)
    try:
        with files["list"].open("rb") as stream:
            parser.parse(stream)
    except SAXParseException as error:
        line, why = error.getLineNumber() or 1, error.getMessage()
        what = N_("The XML is broken here (%(why)s), so the file is damaged or cut off.")
        problems.add("list", line, what, DOWNLOAD_AGAIN, why=why)
    except DefusedXmlException:
        what = N_("The XML declares a document type or entities, which the list never does and which could do harm.")
        problems.add("list", parser.getLineNumber() or 1, what, DOWNLOAD_AGAIN)
    if not reader.rows and not problems.found:
        problems.add("list", 0, N_("The file holds no entry."), DOWNLOAD_AGAIN)
    problems.refuse_if_any()
    entries, counts = tuple(reader.entries.values()), {"list": reader.rows}
    return ListImport(
        ListKind.UN_CONSOLIDATED,
        "UN-SC",
        entries,
        counts_of(entries, counts),
        {"list": seen.sha256},
        reader.published_on,
        (),
    )


def _name(node: _Node) -> str:
    parts = (node.get(f"{number}_NAME") for number in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    return " ".join(part for part in parts if part)


def _entry(key: str, node: _Node) -> ListEntry:
    names, births, numbers = [ListedName(_name(node), NameKind.PRIMARY)], _births(node), []
    for alias in node.all(f"{node.tag}_ALIAS"):
        if text := alias.get("ALIAS_NAME"):
            weak = alias.get("QUALITY").lower() in _WEAK
            names.append(ListedName(text, NameKind.WEAK_ALIAS if weak else NameKind.ALIAS))
        if born := alias.get("DATE_OF_BIRTH"):
            births.append(birth_date(born))
    if script := node.get("NAME_ORIGINAL_SCRIPT"):
        names.append(ListedName(script, NameKind.ORIGINAL_SCRIPT))
    addresses = [_joined(address) for address in node.all(f"{node.tag}_ADDRESS")]
    countries = [country_or_raw(address.get("COUNTRY")) for address in node.all(f"{node.tag}_ADDRESS")]
    countries += [country_or_raw(v.text) for nation in node.all("NATIONALITY") for v in nation.all("VALUE")]
    for paper in node.all("INDIVIDUAL_DOCUMENT"):
        if number := paper.get("NUMBER"):
            kind = "passport" if "pas" in paper.get("TYPE_OF_DOCUMENT").lower() else "national_id"
            issuer = paper.get("ISSUING_COUNTRY") or paper.get("COUNTRY_OF_ISSUE")
            numbers.append(Identifier(kind, number, country_or_raw(issuer)))
    if reference := node.get("REFERENCE_NUMBER"):
        numbers.append(Identifier("un_reference", reference))
    titles = [v.text.strip() for tag in ("TITLE", "DESIGNATION") for group in node.all(tag) for v in group.all("VALUE")]
    return ListEntry(
        "UN-SC",
        key,
        _PARTIES[node.tag],
        unique(names),
        unique(country for country in countries if country),
        unique(address for address in addresses if address),
        unique(births),
        unique(numbers),
        (node.get("UN_LIST_TYPE"),) if node.get("UN_LIST_TYPE") else (),
        "; ".join(text for text in (*titles, node.get("COMMENTS1")) if text),
        parse_date(node.get("LISTED_ON")),
    )


def _births(node: _Node) -> list[BirthDate]:
    births = []
    for born in node.all("INDIVIDUAL_DATE_OF_BIRTH"):
        if day := born.get("DATE"):
            births.append(birth_date(day))
        elif year := born.get("YEAR"):
            about = "circa " if born.get("TYPE_OF_DATE") == "APPROXIMATELY" else ""
            births.append(birth_date(about + year))
        elif born.get("FROM_YEAR"):
            births.append(birth_date(f"{born.get('FROM_YEAR')} to {born.get('TO_YEAR')}"))
    return births


def _joined(address: _Node) -> str:
    parts = (address.get(tag) for tag in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY"))
    return ", ".join(part for part in parts if part)
