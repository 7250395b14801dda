"""From the place that a reason names to the page and field where it is mended (6 USC 962, 963)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from greenlane.criteria.catalogue import NUMBER
from greenlane.law.s962 import questions_for
from greenlane.law.verdicts import Reason
from greenlane.web.trader.access import OwnApplication

ELIGIBILITY = frozenset({"business_type", "invitation", "determination"})
HISTORY = {
    "history": "moved_from_month",
    "history.evidence": "evidence",
    "history.shipments": "shipments",
    "history.period": "moved_to_month",
}
CHAIN = frozenset({"site", "partner", "leg"})
SIGNING = frozenset({"agreement", "consent", "signature"})


def section_of(own: OwnApplication, where: str) -> str:
    """Which task of the application a place belongs to: 'eligibility', 'criteria:4', 'risk', 'submit' and so on."""
    if where in ELIGIBILITY or where in {q.key for q in questions_for(own.application.business_type, own.terms)}:
        return "eligibility"
    if where.startswith("identifier:"):
        return "identifier"
    if where in HISTORY:
        return "history"
    if where in CHAIN:
        return "chain"
    if where in SIGNING:
        return "agreement"
    number = NUMBER.fullmatch(where)
    if number is not None:
        return f"criteria:{number['category']}"
    area = where.partition(":")[0]
    if own.terms.area(area) is not None:
        return "risk"
    return "criteria" if where == "criteria" else "submit"


def address_of(own: OwnApplication, where: str) -> str:
    """The page, and on it the field, where what a reason names is mended."""
    section = section_of(own, where)
    if section == "eligibility":
        return own.page("eligibility") + (f"#id_{where}" if where not in ELIGIBILITY else "")
    if section == "identifier":
        kind = where.removeprefix("identifier:").partition("/")[0]
        return own.href("part-add", part="identifier") + f"?kind={kind}"
    if section == "history":
        return own.page("history") + f"#id_{HISTORY[where]}"
    if section == "chain":
        return own.href("part-add", part=where)
    if section == "risk":
        return _risk(own, where)
    if section.startswith("criteria:"):
        return own.page("category", category=int(section.partition(":")[2])) + f"#criterion-{where}"
    if section == "agreement":
        return own.page("agreement")
    if where == "submission":
        return own.href("parts", part="person")
    return own.page("overview" if section == "criteria" else "check")


def _risk(own: OwnApplication, where: str) -> str:
    area, _colon, node = where.partition(":")
    try:
        return own.page("risk-node", node=UUID(node)) + f"#area-{area}"
    except ValueError:
        return own.page("risk")


def links_for(own: OwnApplication, reasons: Iterable[Reason]) -> dict[str, str]:
    """An address for every place that the failing reasons name."""
    return {reason.where: address_of(own, reason.where) for reason in reasons if reason.where and not reason.holds}
