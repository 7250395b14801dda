"""The positions of the records of the cargo release messages and the agencies' message set.

Where they are from: docs/reference/release-formats.md. Facts only: which columns hold what.
"""

from __future__ import annotations

from greenlane.release.formats.fixed import ANY, DIGITS, EITHER, LETTERS, Field, Layout

Row = tuple[str, int, int, str] | tuple[str, int, int, str, bool] | tuple[str, int, int, str, bool, bool]


def _layout(tag: str, *fields: Row) -> Layout:
    """Name, first and last column, what it holds, whether it is required, whether it fills its columns."""
    return Layout(tag, tuple(Field(*one) for one in fields))


ADDRESS = (
    ("first_kind", 5, 6, EITHER, True),
    ("first_line", 7, 41, ANY, True),
    ("second_kind", 42, 43, EITHER),
    ("second_line", 44, 78, ANY),
)
AREA = (
    ("city", 5, 39, ANY, True),
    ("subdivision", 40, 42, EITHER),
    ("postcode", 49, 63, ANY),
    ("country", 64, 65, LETTERS, True),
)
ENTITY = (
    ("role", 5, 7, LETTERS, True),
    ("name", 8, 42, ANY),
    ("identifier_kind", 43, 45, ANY),
    ("identifier", 46, 65, ANY),
)
WORLD_IDENTIFIER = (("kind", 5, 8, LETTERS, True), ("identifier", 9, 28, EITHER, True))

CARGO_RELEASE = (
    _layout(
        "SE10",
        ("action", 5, 5, LETTERS, True),
        ("filer", 6, 8, EITHER, True, True),
        ("entry_number", 11, 18, DIGITS, True, True),
        ("entry_type", 20, 21, EITHER, True),
        ("importer_kind", 22, 24, EITHER),
        ("importer", 25, 36, ANY),
        ("mode", 37, 38, EITHER),
        ("bond_type", 39, 39, DIGITS),
        ("value", 40, 49, DIGITS),
        ("port", 50, 54, EITHER),
        ("split_release", 55, 55, EITHER),
        ("port_of_unlading", 56, 60, EITHER),
    ),
    _layout(
        "SE11",
        ("date_election", 5, 5, ANY),
        ("elected_date", 6, 11, DIGITS),
        ("goods_location", 12, 15, EITHER),
        ("examination_site", 16, 19, EITHER),
        ("conveyance", 20, 39, ANY),
        ("voyage", 40, 44, ANY),
        ("general_order", 45, 64, EITHER),
        ("warehouse", 65, 68, EITHER),
        ("warehouse_filer", 69, 71, EITHER),
        ("warehouse_entry", 72, 79, EITHER),
        ("immediate_delivery", 80, 80, ANY),
    ),
    _layout(
        "SE13",
        ("contact", 5, 44, ANY),
        ("telephone", 45, 59, ANY),
        ("cancellation_reason", 60, 61, EITHER),
        ("several_dispositions", 62, 62, DIGITS),
        ("documents_sent", 63, 63, DIGITS),
        ("split_shipment", 64, 64, DIGITS),
    ),
    _layout(
        "SE15",
        ("bill_kind", 5, 5, LETTERS, True),
        ("issuer", 6, 9, EITHER),
        ("bill", 10, 59, ANY, True),
        ("quantity", 60, 67, DIGITS),
        ("not_in_manifest", 73, 73, ANY),
    ),
    _layout(
        "SE16",
        ("carrier", 5, 8, EITHER, True),
        ("voyage", 9, 13, ANY),
        ("arrival", 14, 19, DIGITS),
        ("quantity", 20, 27, DIGITS),
        ("unit", 28, 32, ANY),
        ("conveyance", 33, 52, ANY),
    ),
    _layout("SE17", ("equipment", 5, 24, EITHER, True)),
    _layout("SE20", ("kind", 5, 7, EITHER, True), ("reference", 8, 57, ANY, True)),
    _layout("SE30", *ENTITY),
    _layout("SE31", *WORLD_IDENTIFIER),
    _layout("SE35", *ADDRESS),
    _layout("SE36", *AREA),
    _layout(
        "SE40", ("line", 5, 7, DIGITS, True, True), ("origin", 8, 9, LETTERS, True, True), ("description", 11, 80, ANY)
    ),
    _layout("SE41", ("zone_status", 5, 5, LETTERS, True), ("filed", 6, 11, DIGITS), ("quantity", 12, 19, DIGITS)),
    _layout("SE50", *ENTITY),
    _layout("SE51", *WORLD_IDENTIFIER),
    _layout("SE55", *ADDRESS),
    _layout("SE56", *AREA),
    _layout("SE60", ("tariff", 5, 14, EITHER, True), ("value", 15, 24, DIGITS)),
    _layout("SE61", ("tariff", 5, 14, EITHER, True)),
)
"""What a filer sends, in their order."""

AGENCY_RECORDS = (
    _layout("OI", ("description", 11, 80, ANY, True)),
    _layout("PG00", ("substitution", 5, 5, ANY, True), ("number", 6, 9, EITHER)),
    _layout(
        "PG01",
        ("line", 5, 7, DIGITS, True, True),
        ("agency", 8, 10, EITHER, True, True),
        ("program", 11, 13, ANY, True),
        ("processing", 14, 16, EITHER),
        ("image_sent", 17, 17, LETTERS),
        ("confidential", 18, 18, LETTERS),
        ("product_number_kind", 19, 22, EITHER),
        ("product_number", 23, 41, ANY),
        ("intended_use", 42, 57, ANY),
        ("use_description", 58, 78, ANY),
        ("correction", 79, 79, ANY),
        ("disclaimer", 80, 80, LETTERS),
    ),
    _layout(
        "PG02",
        ("item_kind", 5, 5, LETTERS, True),
        ("first_code_kind", 6, 9, EITHER),
        ("first_code", 10, 28, ANY),
        ("second_code_kind", 29, 32, EITHER),
        ("second_code", 33, 51, ANY),
        ("third_code_kind", 52, 55, EITHER),
        ("third_code", 56, 74, ANY),
    ),
    _layout(
        "PG06",
        ("source_kind", 5, 7, EITHER, True),
        ("country", 8, 9, ANY),
        ("place", 10, 29, ANY),
        ("processing_from", 30, 37, DIGITS),
        ("processing_to", 38, 45, DIGITS),
        ("processing_kind", 46, 50, EITHER),
        ("processing", 51, 80, ANY),
    ),
    _layout(
        "PG07",
        ("brand", 5, 39, ANY),
        ("model", 40, 54, ANY),
        ("made", 55, 60, DIGITS),
        ("identity_kind", 61, 63, EITHER),
        ("identity", 64, 80, ANY),
    ),
    _layout("PG08", *((f"identity_{n}", 17 * n - 12, 17 * n + 4, ANY) for n in range(1, 5))),
    _layout(
        "PG10",
        ("category_kind", 5, 10, EITHER),
        ("category", 11, 15, EITHER),
        ("qualifier", 16, 19, ANY),
        ("characteristic_kind", 20, 23, EITHER),
        ("characteristic", 24, 80, ANY),
    ),
    _layout(
        "PG19",
        ("role", 5, 7, EITHER, True),
        ("identifier_kind", 8, 10, EITHER),
        ("identifier", 11, 25, ANY),
        ("name", 26, 57, ANY),
        ("address", 58, 80, ANY),
    ),
    _layout(
        "PG20",
        ("address", 5, 36, ANY),
        ("unit", 37, 41, ANY),
        ("city", 42, 62, ANY),
        ("subdivision", 63, 65, EITHER),
        ("country", 66, 67, LETTERS),
        ("postcode", 68, 76, ANY),
    ),
    _layout("PG21", ("role", 5, 7, EITHER), ("name", 8, 30, ANY), ("telephone", 31, 45, ANY), ("mail", 46, 80, ANY)),
    _layout("PG50"),
    _layout("PG51"),
    _layout("PG60", ("kind", 5, 7, EITHER, True), ("information", 8, 80, ANY, True)),
)
"""The agencies' message set: those of its records whose positions are read field by field."""

STATUS = (
    _layout(
        "SO10",
        ("port", 5, 8, EITHER),
        ("filer", 9, 11, EITHER, True, True),
        ("entry_number", 14, 21, DIGITS, True, True),
        ("entry_type", 23, 24, EITHER),
        ("importer", 25, 36, ANY),
        ("carrier", 37, 40, EITHER),
        ("vessel", 41, 60, ANY),
        ("voyage", 61, 65, ANY),
        ("arrival", 66, 71, DIGITS),
        ("split_release", 72, 72, EITHER),
    ),
    _layout("SO20", ("kind", 5, 7, EITHER, True), ("reference", 8, 57, ANY, True)),
    _layout("SO30", ("line", 5, 7, DIGITS, True, True), ("origin", 8, 9, LETTERS), ("tariff", 10, 19, EITHER)),
    _layout(
        "SO40",
        ("bill_kind", 5, 5, LETTERS, True),
        ("issuer", 6, 9, EITHER),
        ("bill", 10, 59, ANY, True),
        ("quantity", 60, 67, DIGITS),
        ("unit", 68, 72, ANY),
        ("manifested", 73, 80, DIGITS),
    ),
    _layout(
        "SO42",
        ("in_bond", 5, 16, ANY, True),
        ("entry_type", 17, 18, EITHER),
        ("from_port", 19, 22, EITHER),
        ("to_port", 23, 26, EITHER),
        ("created", 27, 32, DIGITS),
        ("arrival", 33, 38, DIGITS),
        ("quantity", 39, 46, DIGITS),
    ),
    _layout(
        "SO50",
        ("date", 5, 10, DIGITS, True, True),
        ("time", 11, 14, DIGITS, True, True),
        ("code", 15, 16, EITHER, True),
        ("says", 17, 56, ANY),
        ("split", 57, 57, ANY),
        ("carrier", 58, 61, EITHER),
        ("voyage", 62, 66, ANY),
        ("arrival", 67, 72, DIGITS),
        ("port", 73, 76, EITHER),
    ),
    _layout(
        "SO60",
        ("date", 5, 10, DIGITS, True, True),
        ("time", 11, 14, DIGITS, True, True),
        ("code", 15, 16, EITHER, True),
        ("says", 17, 56, ANY),
        ("release_date", 57, 62, DIGITS),
        ("release_origin", 63, 64, EITHER),
        ("document_kind", 65, 70, EITHER),
    ),
    _layout(
        "SO70",
        ("agency", 5, 7, EITHER, True, True),
        ("program", 8, 10, EITHER),
        ("date", 11, 16, DIGITS, True, True),
        ("time", 17, 20, DIGITS, True, True),
        ("entry_code", 21, 22, EITHER),
        ("says", 23, 50, ANY),
        ("entry_line_code", 51, 52, EITHER),
        ("agency_line_code", 53, 54, EITHER),
        ("reason", 55, 56, EITHER),
        ("from_line", 57, 60, DIGITS),
        ("from_tariff", 61, 61, DIGITS),
        ("from_agency_line", 62, 64, DIGITS),
        ("to_line", 65, 68, DIGITS),
        ("to_tariff", 69, 69, DIGITS),
        ("to_agency_line", 70, 72, DIGITS),
        ("document_kind", 73, 77, EITHER),
        ("hold_kind", 78, 78, ANY),
        ("group_version", 79, 80, DIGITS),
    ),
    _layout(
        "SO71",
        ("reference_kind", 5, 6, EITHER),
        ("reference", 7, 18, ANY),
        ("received_on", 19, 24, DIGITS),
        ("received_at", 25, 30, DIGITS),
        *((f"sub_reason_{n}", 28 + 3 * n, 30 + 3 * n, EITHER) for n in range(1, 11)),
        ("other_reference_kind", 61, 62, EITHER),
        ("other_reference", 63, 80, ANY),
    ),
    _layout("SO72", ("comment", 5, 80, ANY, True)),
)
"""What the filer is sent: who acted how and when on an entry."""

LAYOUTS = {one.tag: one for one in (*CARGO_RELEASE, *AGENCY_RECORDS, *STATUS)}
ENVELOPE = ("A", "B", "Y", "Z")
"""Records around a message begin with one of these letters and a digit or a blank; they are passed over."""
