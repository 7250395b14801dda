"""Compile what compares names before it is needed: seconds that would be waited for within a transaction (964(b))."""

from __future__ import annotations

from functools import cache

from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching.parties import Party


@cache
def warm_up() -> None:
    """Compare one invented party with one invented entry, both ways, so that every loop is compiled or read from disk.

    Only the first screening after an installation compiles: about twenty seconds of one processor. A writer who held
    the lock of an embedded database meanwhile would keep all others waiting.
    """
    from greenlane.vetting.matching.screener import NameScreener

    listed = ListedName("INVENTED TRADING HOUSE LTD", NameKind.PRIMARY)
    entry = ListEntry("INVENTED", "1", PartyType.ORGANISATION, (listed,))
    party = Party("invented", "applicant", PartyType.ORGANISATION, ("Invented Tradin House",))
    screener = NameScreener([entry])
    screener.query(party)
    list(screener.screen_against([party], [entry]))
