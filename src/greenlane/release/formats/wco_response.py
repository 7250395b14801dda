"""Responses of the WCO Data Model 3.6 in XML (RES): accepted, control, documents, released, cleared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from greenlane.release.engine.inputs import EXAMINATIONS, GOVERNMENT
from greenlane.release.formats.wco import KINDS

META = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
RES = "urn:wco:datamodel:WCO:RES-DMS:2"
DATES = "urn:wco:datamodel:WCO:Response_DS:DMS:2"
WRITTEN = ("accepted", "control", "documents", "released", "cleared")
"""What can be written."""
FUNCTION_OF = {kind: code for code, kind in KINDS.items() if kind in WRITTEN}
LONGEST = {"reference": 35, "functional_reference": 35, "declaration": 70, "statement": 17}
"""Most characters of each text."""


@dataclass(frozen=True, kw_only=True)
class Response:
    """What is said of a declaration; instants are aware.

    ``kind``: one of ``WRITTEN``. ``reference``: of this message. ``declaration``: the number that customs gave it;
    ``functional_reference``: the trader's own. ``issued_at``; ``accepted_at``: of an acceptance. ``statement``: the
    code of a document that is asked for, ``limit``: by when.
    """

    kind: str
    reference: str
    issued_at: datetime
    functional_reference: str = ""
    declaration: str = ""
    version: int = 1
    accepted_at: datetime | None = None
    statement: str = ""
    limit: datetime | None = None


def write_response(response: Response) -> bytes:
    """The XML of a response, in UTF-8. Raises ValueError for a kind that is not written or a text that is too long."""
    if response.kind not in WRITTEN:
        raise ValueError(f"{response.kind!r} is none of {', '.join(WRITTEN)}")
    for field, most in LONGEST.items():
        said = getattr(response, field)
        if len(said) > most or not said.isprintable():
            raise ValueError(f"{field}: {said[:most]!r} takes at most {most} visible characters")
    if not 1 <= response.version <= 999:
        raise ValueError(f"version {response.version} is none from 1 to 999")
    register_namespace("md", META)
    register_namespace("res", RES)
    register_namespace("ds", DATES)
    root = Element(f"{{{META}}}MetaData")
    _add(root, META, "WCODataModelVersionCode", "3.6")
    _add(root, META, "WCOTypeName", "RES")
    body = SubElement(root, f"{{{RES}}}Response")
    _add(body, RES, "FunctionCode", FUNCTION_OF[response.kind])
    _add(body, RES, "FunctionalReferenceID", response.reference)
    _add_time(body, "IssueDateTime", response.issued_at)
    _add_statement(body, response)
    about = SubElement(body, f"{{{RES}}}Declaration")
    _add_time(about, "AcceptanceDateTime", response.accepted_at)
    _add(about, RES, "FunctionalReferenceID", response.functional_reference)
    _add(about, RES, "ID", response.declaration)
    _add(about, RES, "VersionID", str(response.version))
    indent(root)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _add(parent: Element, space: str, name: str, said: str) -> None:
    if said:
        SubElement(parent, f"{{{space}}}{name}").text = said


def _add_time(parent: Element, name: str, at: datetime | None) -> None:
    if at is not None:
        outer = SubElement(parent, f"{{{RES}}}{name}")
        inner = SubElement(outer, f"{{{DATES}}}DateTimeString", {"formatCode": "304"})
        inner.text = at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")


def _add_statement(body: Element, response: Response) -> None:
    if response.statement or response.limit is not None:
        outer = SubElement(body, f"{{{RES}}}AdditionalInformation")
        _add(outer, RES, "StatementCode", response.statement)
        _add_time(outer, "LimitDateTime", response.limit)
        _add(outer, RES, "StatementTypeCode", response.statement)


def kinds_of(outputs: Mapping[str, int]) -> tuple[str, ...]:
    """What is to be said of an entry by the outputs of the policy, in order, ``WRITTEN``; acceptance comes first."""
    found = ["accepted"]
    examination = EXAMINATIONS[outputs["examination"]]
    if examination == "document":
        found.append("documents")
    elif examination != "none":
        found.append("control")
    if outputs["customs_release"]:
        found.append("released")
    if GOVERNMENT[outputs["government"]] == "released":
        found.append("cleared")
    return tuple(found)
