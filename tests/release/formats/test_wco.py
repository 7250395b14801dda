"""WCO messages: the public samples are read, dangerous XML is refused, and what is written is read back."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.release.engine.entries import CargoEntry, Claim, check
from greenlane.release.engine.inputs import EXAMINATIONS, GOVERNMENT
from greenlane.release.formats.reading import BadFile
from greenlane.release.formats.wco import Change, Message, Notification, Other, read_entries, read_wco
from greenlane.release.formats.wco_response import META, RES, WRITTEN, Response, kinds_of, write_response
from greenlane.release.formats.xml_tree import DEEPEST, LARGEST
from tests.release.formats.invented import FILED
from tests.shared_data import shared_data

SAMPLES = "release/hmrc-cds-wco-xml/public/api/conf/1.0/examples/annotated_XML_samples"
SCHEMAS = "release/xsd/public/api/conf/1.0/schemas/wco/notification"
UNCLOSED = {"TT_IM084a.xml": 157, "TT_EX022a_Declaration1_(Step1).xml": 47, "TT_EX002a.xml": 65}
"""Public samples with a comment that is never closed, and the line where it begins: declared goods would vanish."""
DECLARATION = """\
<?xml version="1.0" encoding="UTF-8"?>
<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">
<md:WCOTypeName>DEC</md:WCOTypeName>
<Declaration>
<AcceptanceDateTime><DateTimeString formatCode="304">20260301140500Z</DateTimeString></AcceptanceDateTime>
<FunctionCode>9</FunctionCode><FunctionalReferenceID>INVENTED-1</FunctionalReferenceID><TypeCode>IMA</TypeCode>
<AuthorisationHolder><ID>XX100</ID><CategoryCode>AEOC</CategoryCode></AuthorisationHolder>
<AuthorisationHolder><ID>XX100</ID><CategoryCode>DPO</CategoryCode></AuthorisationHolder>
<AuthorisationHolder><ID>XX900</ID><CategoryCode>AEOS</CategoryCode></AuthorisationHolder>
<BorderTransportMeans><ModeCode>4</ModeCode></BorderTransportMeans>
<Declarant><ID>XX200</ID></Declarant><Exporter><ID>XX300</ID></Exporter>
<Agent><FunctionCode>2</FunctionCode></Agent>
<GoodsShipment>
<AEOMutualRecognitionParty><ID>XX400</ID><RoleCode>MF</RoleCode></AEOMutualRecognitionParty>
<AEOMutualRecognitionParty><ID>XX500</ID><RoleCode>CS</RoleCode></AEOMutualRecognitionParty>
<Consignment><Carrier><ID>XX600</ID></Carrier></Consignment>
<GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric><Commodity>
<Classification><ID>84713001</ID><IdentificationTypeCode>TSP</IdentificationTypeCode></Classification>
<Classification><ID>00</ID><IdentificationTypeCode>TRC</IdentificationTypeCode></Classification>
</Commodity><Origin><CountryCode>CN</CountryCode></Origin></GovernmentAgencyGoodsItem>
<Importer><ID>XX100</ID></Importer>
</GoodsShipment></Declaration></md:MetaData>
"""


def messages(text: str | bytes) -> list[Message]:
    return read_wco(io.BytesIO(text if isinstance(text, bytes) else text.encode()), FILED)


@pytest.fixture(scope="module")
def samples() -> dict[Path, list[Message] | BadFile]:
    """Every public sample, with what was read from it."""
    found: dict[Path, list[Message] | BadFile] = {}
    for path in sorted(shared_data(SAMPLES).rglob("*")):
        if path.suffix.lower() == ".xml":
            with open(path, "rb") as file:
                try:
                    found[path] = read_wco(file, FILED)
                except BadFile as refused:
                    found[path] = refused
    return found


def test_the_public_samples_are_read(samples: dict[Path, list[Message] | BadFile]) -> None:
    """825 files of XML; all but the three that hide declared data in a comment without end."""
    refused = {path.name: one.problems[0] for path, one in samples.items() if isinstance(one, BadFile)}
    assert len(samples) == 825
    assert {name: one.line for name, one in refused.items()} == UNCLOSED
    assert all("not closed before the next one" in str(one) for one in refused.values())
    kinds = Counter(type(one).__name__ for found in samples.values() if isinstance(found, list) for one in found)
    assert kinds == {"Notification": 450, "CargoEntry": 300, "Other": 48, "Change": 24}


def test_the_sampled_declarations_make_entries(samples: dict[Path, list[Message] | BadFile]) -> None:
    """All but four: those name an importer without an identifier, or none, and an agent declares for it."""
    read = [one for found in samples.values() if isinstance(found, list) for one in found]
    entries = [one for one in read if isinstance(one, CargoEntry)]
    wrong = [problem for one in entries for problem in check(one)]
    assert [one.field for one in wrong] == ["importer"] * 4
    assert Counter(one.mode for one in entries)["sea"] > 200
    assert all(len(one.tariff) in (0, 4, 6, 8, 10) for one in entries)
    claims = Counter((claim.party, claim.role) for one in entries for claim in one.claims)
    assert claims == {("importer", "AEOC"): 25, ("", "CS"): 1}


def test_the_sampled_notifications_are_recognised(samples: dict[Path, list[Message] | BadFile]) -> None:
    named = {
        "DMSACC": "accepted",
        "DMSRCV": "received",
        "DMSREJ": "rejected",
        "DMSCTL": "control",
        "DMSDOC": "documents",
        "DMSRES": "amended",
        "DMSROG": "released",
        "DMSCLE": "cleared",
        "DMSINV": "invalidated",
        "DMSTAX": "tax",
    }
    for path, found in samples.items():
        kind = next((kind for name, kind in named.items() if path.stem.endswith(name)), "")
        if path.parent.name == "Example_DMS_notifications" and kind:
            assert isinstance(found, list)
            [one] = found
            assert isinstance(one, Notification)
            assert (one.kind, one.issued_at is None, bool(one.declaration)) == (kind, False, True)


def test_a_declaration_is_read_into_an_entry() -> None:
    [entry] = messages(DECLARATION)
    assert entry == CargoEntry(
        entry_number="INVENTED-1",
        filed_at=datetime(2026, 3, 1, 14, 5, tzinfo=UTC),
        importer="XX100",
        carrier="XX600",
        broker="XX200",
        maker="XX300",
        origin="CN",
        tariff="8471300100",
        mode="air",
        claims=(
            Claim("maker", "XX400", "MF"),
            Claim("", "XX500", "CS"),
            Claim("importer", "XX100", "AEOC"),
            Claim("", "XX900", "AEOS"),
        ),
    )
    assert check(entry) == []


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("<Agent><FunctionCode>2</FunctionCode></Agent>", "<Agent><ID>XX250</ID></Agent>", {"broker": "XX250"}),
        ("<Agent><FunctionCode>2</FunctionCode></Agent>", "", {"broker": ""}),
        ("<Importer><ID>XX100</ID></Importer>", "<Importer><Name>X</Name></Importer>", {"importer": ""}),
        ("<TypeCode>IMA", "<TypeCode>EXD", {"importer": "XX300", "maker": ""}),
        ("<ModeCode>4", "<ModeCode>9", {"mode": "other"}),
        ("</Commodity>", "</Commodity><Manufacturer><ID>XX700</ID></Manufacturer>", {"maker": "XX700"}),
        ("AcceptanceDateTime", "OtherDateTime", {"filed_at": FILED}),
        ("20260301140500Z", "20260301150500+01", {"filed_at": datetime(2026, 3, 1, 14, 5, tzinfo=UTC)}),
        ("20260301140500Z", "20261399999999Z", {"filed_at": FILED}),
        ("<FunctionalReferenceID>", "<ID>26XX1</ID><FunctionalReferenceID>", {"entry_number": "26XX1"}),
    ],
)
def test_what_a_declaration_says_otherwise_the_entry_says_otherwise(
    old: str, new: str, changed: dict[str, object]
) -> None:
    [entry] = messages(DECLARATION.replace(old, new))
    assert {name: getattr(entry, name) for name in changed} == changed


def test_lines_that_differ_have_nothing_in_common() -> None:
    item = DECLARATION[DECLARATION.index("<GovernmentAgencyGoodsItem>") : DECLARATION.index("<Importer>")]
    other = item.replace("84713001", "87031000").replace("CN", "DE")
    [entry] = messages(DECLARATION.replace(item, item + other))
    assert isinstance(entry, CargoEntry)
    assert (entry.tariff, entry.origin) == ("", "")


def test_a_message_about_an_earlier_declaration_is_none_itself() -> None:
    text = DECLARATION.replace("<FunctionCode>9<", "<FunctionCode>13<").replace("IMA", "COR")
    [change] = messages(text)
    assert change == Change("COR", "", "INVENTED-1")
    [record] = read_entries(io.BytesIO(text.encode()), FILED)
    assert record.entry is None
    assert "no original declaration: COR" in str(record.problems[0])
    assert messages("<inventoryLinking/>") == [Other("inventoryLinking")]


def test_records_of_a_file_are_checked() -> None:
    [record] = read_entries(io.BytesIO(DECLARATION.encode()), FILED)
    assert record.entry is not None
    [bad] = read_entries(io.BytesIO(DECLARATION.replace("XX100", "").encode()), FILED)
    assert [one.field for one in bad.problems] == ["importer"]
    [broken] = read_entries(io.BytesIO(b"<a>"), FILED)
    assert "no well-formed XML" in str(broken.problems[0])


BOMB = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "declares entities or a document type"),
        (OUTSIDE, "declares entities or a document type"),
        ('<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a/>', "declares entities or a document type"),
        ("<a>&unknown;</a>", "no well-formed XML"),
        ("<a><b></a>", "line 1, column 9"),
        ("\n\n<a>\n<b></a>", "line 4"),
        ("", "no element found"),
        ("plain text", "no well-formed XML"),
        ('<?xml version="1.0" encoding="EBCDIC-NONE"?><a/>', "encoding"),
        (b'<?xml version="1.0" encoding="UTF-8"?><a>\xff</a>', "no well-formed XML"),
        ("<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1), "nests deeper"),
        ("<a>" + "x" * LARGEST + "</a>", "larger than 16 MiB"),
        ("<a><!-- never closed > <b>1</b> <!-- closed --></a>", "not closed before the next one"),
    ],
)
def test_what_is_dangerous_or_no_xml_is_refused(text: str | bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        messages(text)


def test_a_comment_against_the_rules_is_passed_over() -> None:
    text = DECLARATION.replace("<TypeCode>", "<!-- two -- hyphens -->\n<TypeCode>")
    assert messages(text) == messages(DECLARATION)
    kept = DECLARATION.replace("INVENTED-1", "<![CDATA[A<!--B-->C]]>").replace("<TypeCode>", "<!-- -- --><TypeCode>")
    [entry] = messages(kept)
    assert isinstance(entry, CargoEntry)
    assert entry.entry_number == "A<!--B-->C"


def test_namespaces_lost_on_the_way_and_blanks_at_the_start_do_no_harm() -> None:
    text = DECLARATION.replace("md:", "md").replace('xmlnsmd="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" ', "")
    assert messages("\r\n" + text[text.index("<mdMeta") :]) == messages(DECLARATION)


@given(place=st.integers(0, len(DECLARATION)), put=st.binary(max_size=6), cut=st.integers(0, len(DECLARATION)))
@settings(max_examples=120, deadline=None)
def test_damaged_messages_never_break_the_reader(place: int, put: bytes, cut: int) -> None:
    data = DECLARATION.encode()
    for damaged in (data[:place] + put + data[place:], data[:cut], put):
        for record in read_entries(io.BytesIO(damaged), FILED):
            assert record.entry is None or not record.problems


def response(kind: str) -> Response:
    asked = {"statement": "ACA", "limit": FILED} if kind == "documents" else {}
    return Response(
        kind=kind,
        reference="0123456789abcdef0123456789abcdef",
        issued_at=FILED,
        functional_reference="INVENTED-1",
        declaration="26XXINVENTED00001",
        accepted_at=FILED if kind == "accepted" else None,
        **asked,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("kind", WRITTEN)
def test_responses_are_read_back(kind: str) -> None:
    one = response(kind)
    [found] = messages(write_response(one))
    assert isinstance(found, Notification)
    assert (found.kind, found.reference, found.issued_at) == (kind, one.reference, FILED)
    assert (found.declaration, found.functional_reference) == (one.declaration, one.functional_reference)


XS = "{http://www.w3.org/2001/XMLSchema}"


def places(element: Element) -> dict[str, tuple[int, Element]]:
    """The children that a schema's element may have, with their place in the sequence."""
    children = element.findall(f"{XS}complexType/{XS}sequence/{XS}element")
    return {child.get("name", ""): (place, child) for place, child in enumerate(children)}


def against(found: Element, declared: Element, types: dict[str, int]) -> Iterator[str]:
    """What a schema has against an element: strangers, wrong order, what stands twice or is too long."""
    known, last = places(declared), -1
    longest = types.get(declared.get("type", "").rpartition(":")[2])
    if longest is not None and len(found.text or "") > longest:
        yield f"{found.tag} is too long"
    for child in found if known else ():
        local = child.tag.rpartition("}")[2]
        if local not in known:
            yield f"{local} is a stranger"
            continue
        place, rule = known[local]
        if place < last or (place == last and rule.get("maxOccurs") != "unbounded"):
            yield f"{local} stands in the wrong place"
        last = place
        yield from against(child, rule, types)


@pytest.mark.parametrize("kind", WRITTEN)
def test_responses_have_the_elements_of_the_published_schema_in_its_order(kind: str) -> None:
    schema = ElementTree.parse(shared_data(f"{SCHEMAS}/WCO_RES_2_DMS.xsd")).getroot()
    [declared] = schema.findall(f"{XS}element")
    types = {
        one.get("name", ""): int(limit.get("value", "0"))
        for one in ElementTree.parse(shared_data(f"{SCHEMAS}/WCO_DS/WCO_RES_DS_2_DMS.xsd")).getroot()
        for limit in one.findall(f"{XS}simpleContent/{XS}restriction/{XS}maxLength")
    }
    assert len(types) > 20
    body = ElementTree.fromstring(write_response(response(kind)))[-1]
    assert list(against(body, declared, types)) == []
    body.append(body[0])
    body[1].text = "x" * 36
    body.insert(0, Element("Stranger"))
    assert len(list(against(body, declared, types))) == 3


def test_responses_are_valid_by_the_published_schemas(tmp_path: Path) -> None:
    """With a whole validator, where one is installed."""
    xmlschema = pytest.importorskip("xmlschema", reason="xmlschema is not installed")
    folder, both = shared_data(SCHEMAS), tmp_path / "both.xsd"
    imports = {META: folder / "DocumentMetaData_2_DMS.xsd", RES: folder / "WCO_RES_2_DMS.xsd"}
    lines = [f'<xs:import namespace="{name}" schemaLocation="{path.as_uri()}"/>' for name, path in imports.items()]
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:both">'
    both.write_text("".join([head, *lines, "</xs:schema>"]))
    schema = xmlschema.XMLSchema(str(both))
    for kind in WRITTEN:
        written = write_response(response(kind)).decode()
        assert [str(one.reason) for one in schema.iter_errors(written)] == []
        assert list(schema.iter_errors(written.replace("FunctionCode>", "FunctionCodes>")))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "tax"}, "none of accepted"),
        ({"reference": "x" * 36}, "at most 35"),
        ({"declaration": "a\x00"}, "visible characters"),
        ({"version": 0}, "none from 1"),
    ],
)
def test_a_response_that_the_schemas_would_refuse_is_not_written(changes: dict[str, object], says: str) -> None:
    values = {**vars(response("cleared")), **changes}
    with pytest.raises(ValueError, match=says):
        write_response(Response(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("examination", "released", "government", "kinds"),
    [
        ("none", 1, "released", ("accepted", "released", "cleared")),
        ("none", 1, "waiting", ("accepted", "released")),
        ("document", 0, "waiting", ("accepted", "documents")),
        ("intensive", 0, "stopped", ("accepted", "control")),
    ],
)
def test_what_is_said_follows_from_what_is_decided(
    examination: str, released: int, government: str, kinds: tuple[str, ...]
) -> None:
    outputs = {
        "examination": EXAMINATIONS.index(examination),
        "customs_release": released,
        "government": GOVERNMENT.index(government),
    }
    assert kinds_of(outputs) == kinds
