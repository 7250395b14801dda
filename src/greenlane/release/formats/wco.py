"""Declarations and notifications of the WCO Data Model 3.6 in XML: read into entries, with whom they say is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from greenlane.law.sentences import N_
from greenlane.release.engine.entries import CargoEntry, Claim
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.formats.reading import BadFile, Read, checked
from greenlane.release.formats.xml_tree import children, descendants, name, read_tree, text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MODE_OF = {"1": "sea", "2": "rail", "3": "truck", "4": "air", "5": "parcel"}
"""The mode of an entry, by the code of the means of transport at the border; every other code is 'other'."""
ROLE_OF = {"MF": "maker"}
"""Which party of an entry a recognised party is, by its role; consolidator (CS), forwarder (FW) and warehouse
keeper (WH) are none that the policy reads."""
OPERATOR = ("AEOC", "AEOS", "AEOF")
"""Authorisations of an operator trusted abroad: for customs, for security, for both."""
TARIFF_PARTS = ("TSP", "TRC")
"""The kinds of classification that make up a tariff code, in their order."""
ORIGINAL = "9"
KINDS = {
    "01": "accepted",
    "02": "received",
    "03": "rejected",
    "05": "control",
    "06": "documents",
    "07": "amended",
    "08": "released",
    "09": "cleared",
    "10": "invalidated",
    "11": "request_granted",
    "13": "tax",
    "14": "insufficient_balance",
    "15": "balance_released",
    "16": "inventory_linking",
    "18": "exit",
}
"""What a notification says, by its function code; another code is 'other'."""


@dataclass(frozen=True)
class Notification:
    """A response of a customs administration: what it says (``KINDS``), of which declaration, issued when."""

    kind: str
    function: str
    reference: str
    declaration: str
    functional_reference: str
    issued_at: datetime | None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A message about an earlier declaration, such as an amendment ('COR'), an invalidation or an arrival of goods."""

    kind: str
    declaration: str
    functional_reference: str


@dataclass(frozen=True)
class Other:
    """A message of another family, by the name of its root: inventory linking and the like; nothing is read from it."""

    root: str


Message = CargoEntry | Notification | Change | Other


def read_wco(source: BinaryIO, received_at: datetime) -> list[Message]:
    """All that one XML file holds, in the order of the document. Raises BadFile for what is no safe, well-formed XML.

    *received_at* (aware) is the time of filing of a declaration that does not say when it was accepted or issued.
    An entry is not checked here: a declaration may leave out what a decision needs; ``read_entries`` says what.
    """
    root = read_tree(source)
    responses = list(descendants(root, "Response"))
    if responses:
        return [_notification(one) for one in responses]
    found = [_declaration(one, received_at) for meta in _wrappers(root) for one in children(meta, "Declaration")]
    return list(found) or [Other(name(root))]


def _wrappers(root: Element) -> Iterator[Element]:
    """What a declaration may stand in: MetaData, alone or inside a request that submits it."""
    return descendants(root, "MetaData")


def read_entries(source: BinaryIO, received_at: datetime, version: PolicyVersion | None = None) -> Iterator[Read]:
    """The declarations of one XML file as records, each checked; other messages are left out with their reason."""
    try:
        messages = read_wco(source, received_at)
    except BadFile as wrong:
        yield Read(1, None, wrong.problems)
        return
    for number, one in enumerate(messages, start=1):
        if isinstance(one, CargoEntry):
            yield checked(Read(number, one), version)
        else:
            yield Read(number, None, (_no_declaration(one),))


def _no_declaration(one: Notification | Change | Other) -> Problem:
    return problem(
        "",
        N_("The message is no original declaration: %(kind)s."),
        N_("Only an original declaration is an entry to decide."),
        N_("Send the declaration itself."),
        kind=one.root if isinstance(one, Other) else one.kind,
    )


def _notification(one: Element) -> Notification:
    function = text(one, "FunctionCode")
    about = next(children(one, "Declaration"), None)
    return Notification(
        kind=KINDS.get(function, "other"),
        function=function,
        reference=text(one, "FunctionalReferenceID"),
        declaration=text(about, "ID"),
        functional_reference=text(about, "FunctionalReferenceID"),
        issued_at=_instant(text(one, "IssueDateTime", "DateTimeString")),
        errors=tuple(text(error, "ValidationCode") for error in children(one, "Error")),
    )


def _declaration(one: Element, received_at: datetime) -> CargoEntry | Change:
    kind, number = text(one, "TypeCode"), text(one, "ID")
    functional = text(one, "FunctionalReferenceID")
    if text(one, "FunctionCode") != ORIGINAL:
        return Change(kind or "?", number, functional)
    dates = (text(one, field, "DateTimeString") for field in ("AcceptanceDateTime", "IssueDateTime"))
    filed = next((found for found in map(_instant, dates) if found is not None), received_at)
    parties = _parties(one, kind.startswith("EX"))
    return CargoEntry(
        entry_number=number or functional,
        filed_at=filed,
        origin=_common([text(item, "Origin", "CountryCode") for item in _items(one)]),
        tariff=_tariff([_tariff_code(item) for item in _items(one)]),
        mode=MODE_OF.get(text(one, "BorderTransportMeans", "ModeCode"), "other"),
        claims=_claims(one, parties),
        importer=parties["importer"],
        carrier=parties["carrier"],
        broker=parties["broker"],
        maker=parties["maker"],
    )


def _items(one: Element) -> list[Element]:
    return list(children(one, "GoodsShipment", "GovernmentAgencyGoodsItem"))


def _parties(one: Element, export: bool) -> dict[str, str]:
    """Who is importer, carrier, broker and maker; '' for a party that is named without an identifier.

    The declarant is the importer where no importer has a number and no agent acts, else the broker. Of an export the
    exporter answers for the goods, and stands where the importer does.
    """
    shipment = next(children(one, "GoodsShipment"), None)
    agent = next(children(one, "Agent"), None)
    exporter = text(one, "Exporter", "ID") or text(shipment, "Exporter", "ID")
    importer = exporter if export else text(shipment, "Importer", "ID")
    declarant = text(one, "Declarant", "ID")
    return {
        "importer": importer or ("" if agent is not None else declarant),
        "carrier": text(one, "Consignment", "Carrier", "ID") or text(shipment, "Consignment", "Carrier", "ID"),
        "broker": "" if agent is None else text(agent, "ID") or declarant,
        "maker": _maker(one) or ("" if export else exporter),
    }


def _maker(one: Element) -> str:
    """The manufacturer of the goods, where every item that names one names the same."""
    return _common([found for item in _items(one) if (found := text(item, "Manufacturer", "ID"))])


def _claims(one: Element, parties: dict[str, str]) -> tuple[Claim, ...]:
    """Parties recognised under an arrangement, and holders of an operator's authorisation, each once.

    A holder is the party of the entry that has its identifier, and none otherwise.
    """
    found: dict[Claim, None] = {}
    for party in descendants(one, "AEOMutualRecognitionParty"):
        role = text(party, "RoleCode")
        found[Claim(ROLE_OF.get(role, ""), text(party, "ID"), role)] = None
    for holder in descendants(one, "AuthorisationHolder"):
        category, identifier = text(holder, "CategoryCode"), text(holder, "ID")
        if category in OPERATOR:
            roles = [party for party, number in parties.items() if number and number == identifier] or [""]
            found.update(dict.fromkeys(Claim(party, identifier, category) for party in roles))
    return tuple(claim for claim in found if claim.identifier)


def _tariff_code(item: Element) -> str:
    codes = {text(c, "IdentificationTypeCode"): text(c, "ID") for c in children(item, "Commodity", "Classification")}
    return "".join(codes.get(part, "") for part in TARIFF_PARTS)[:10]


def _tariff(codes: list[str]) -> str:
    """The first code when all have its heading, else ''; a code that is none is given as it is, for the check."""
    return codes[0] if codes and len({code[:4] for code in codes}) == 1 else ""


def _common(values: list[str]) -> str:
    return values[0] if values and len(set(values)) == 1 else ""


def _instant(written: str) -> datetime | None:
    """A time as written under format 304: '20260320113918Z' or with an offset '+01'; None for anything else."""
    digits, zone = written[:14], written[14:].replace(":", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 14):
        return None
    offset = "+0000" if zone in ("", "Z") else zone.ljust(5, "0")
    try:
        return datetime.strptime(digits + offset, "%Y%m%d%H%M%S%z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
