"""The name of a port by its code: the imported edition first, then what ships with the product (6 USC 963(2))."""

from __future__ import annotations

from greenlane.places.models import PortRow
from greenlane.places.ports import find_port
from greenlane.places.ports_of_entry import UnknownPortOfEntry, port_of_entry
from greenlane.places.unlocode import NotAnUnLocode, UnLocode


def is_unlocode(text: str) -> bool:
    """Has the text the form of a UN/LOCODE of a country that exists?"""
    try:
        UnLocode.parse(text)
    except NotAnUnLocode:
        return False
    return True


def port_name(code: str) -> str:
    """The name of a U.S. port of entry (Schedule D) or of a seaport (UN/LOCODE), or ''."""
    try:
        return port_of_entry(code).name
    except UnknownPortOfEntry:
        pass
    if not is_unlocode(code):
        return ""
    name = PortRow.objects.filter(unlocode=UnLocode.parse(code).code).order_by("number").values_list("name", flat=True)
    shipped = find_port(code)
    return name.first() or (shipped.name if shipped else "")
