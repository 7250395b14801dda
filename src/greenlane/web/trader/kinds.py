"""What each kind of entity is, in plain words, for a person who chooses one (6 USC 962)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.law.terms import BusinessType, Terms
from greenlane.participants.identifiers import FORMATS

EXPLAINED: Mapping[str, Any] = {
    "importer": gettext_lazy("You bring goods into the United States and are named as importer of record."),
    "exporter": gettext_lazy("You send goods abroad and are the principal party in interest of the export."),
    "highway_carrier_us_canada": gettext_lazy("Your trucks cross the border between the United States and Canada."),
    "highway_carrier_us_mexico": gettext_lazy("Your trucks cross the border between the United States and Mexico."),
    "mexican_long_haul_carrier": gettext_lazy("Your trucks haul cargo inside Mexico up to the border, not across it."),
    "air_carrier": gettext_lazy("You fly cargo to the United States."),
    "sea_carrier": gettext_lazy("Your ships carry cargo to ports of the United States."),
    "rail_carrier": gettext_lazy("Your trains carry cargo across the border of the United States."),
    "consolidator": gettext_lazy("You put the shipments of several shippers together, by air or by sea."),
    "customs_broker": gettext_lazy("You hold a licence and file entries with customs for others."),
    "foreign_manufacturer": gettext_lazy("You make goods outside the United States that are shipped there."),
    "marine_terminal_operator": gettext_lazy("You run a terminal or a port where international cargo is handled."),
    "third_party_logistics": gettext_lazy("You manage cargo for others with trucks, warehouses or depots of your own."),
    "other": gettext_lazy("You do something else in the supply chain; an officer determines whether you may apply."),
}


def explanation(kind: BusinessType) -> str:
    """One or two lines under the name of a kind: what it is, and which numbers it needs."""
    parts = [str(EXPLAINED.get(kind.code, ""))]
    if kind.identifiers:
        groups = (_(" or ").join(identifier_title(code) for code in group) for group in kind.identifiers)
        parts.append(_("You need: %(identifiers)s.") % {"identifiers": "; ".join(groups)})
    if kind.by_invitation:
        parts.append(_("By invitation only."))
    return " ".join(part for part in parts if part)


def identifier_title(code: str) -> str:
    """What people call a kind of identifier."""
    form = FORMATS.get(code)
    return _(form.title) if form else code.replace("_", " ")


def identifier_choices(terms: Terms, business_type: str) -> list[tuple[str, str]]:
    """Kinds of identifier, those that this kind of entity needs first."""
    kind = terms.business_type(business_type)
    needed = [code for group in (kind.identifiers if kind else ()) for code in group]
    return [(code, identifier_title(code)) for code in dict.fromkeys([*needed, *FORMATS])]


def hints_for(choices: list[tuple[str, str]]) -> dict[str, str]:
    """What a value of each kind of identifier looks like."""
    return {
        code: _("Looks like %(example)s") % {"example": FORMATS[code].looks_like}
        for code, _title in choices
        if code in FORMATS
    }
