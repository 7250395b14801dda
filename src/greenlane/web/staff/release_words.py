"""The words of release on its pages: examinations, priorities, ways, answers of agencies (19 USC 4311(b)(4))."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.release.commands_entries import ANSWERS
from greenlane.web.components import Chip, Tone

ROLES = {
    "importer": gettext_lazy("Importer"),
    "carrier": gettext_lazy("Carrier"),
    "broker": gettext_lazy("Customs broker"),
    "maker": gettext_lazy("Manufacturer"),
}
EXAMINATIONS: dict[str, tuple[Any, Tone]] = {
    "none": (gettext_lazy("No examination"), "good"),
    "document": (gettext_lazy("Documents are examined"), "warn"),
    "scan": (gettext_lazy("Cargo is scanned"), "warn"),
    "intensive": (gettext_lazy("Intensive examination"), "bad"),
}
PRIORITIES = {
    "none": gettext_lazy("No priority"),
    "search": gettext_lazy("Its search has priority"),
    "front_of_line": gettext_lazy("Front of the line"),
}
GOVERNMENT: dict[str, tuple[Any, Tone]] = {
    "waiting": (gettext_lazy("Waiting"), "info"),
    "released": (gettext_lazy("Released by all of government"), "good"),
    "stopped": (gettext_lazy("Stopped"), "bad"),
}
PATHWAYS: dict[str, tuple[Any, Tone]] = {
    "standard": (gettext_lazy("Standard"), "neutral"),
    "expedited": (gettext_lazy("Expedited"), "good"),
    "immediate_clearance": (gettext_lazy("Cleared at once"), "good"),
    "preclearance": (gettext_lazy("Cleared before arrival"), "good"),
    "hold": (gettext_lazy("Hold"), "bad"),
}
MODES = {
    "sea": gettext_lazy("Sea"),
    "air": gettext_lazy("Air"),
    "truck": gettext_lazy("Truck"),
    "rail": gettext_lazy("Rail"),
    "parcel": gettext_lazy("Parcel"),
    "other": gettext_lazy("Other"),
}
UNITS = {
    "permille": gettext_lazy("Thousandths of the threshold"),
    "in_ten_thousand": gettext_lazy("Of 10,000 entries"),
    "percent": gettext_lazy("Per cent more"),
}
ANSWERED = {code: gettext_lazy(words) for code, words in ANSWERS}
ANSWER_TONES: dict[str, Tone] = {"proceed": "good", "under_review": "info"}
STATUSES: dict[str, tuple[Any, Tone]] = {
    "draft": (gettext_lazy("Draft"), "info"),
    "published": (gettext_lazy("Published"), "good"),
    "withdrawn": (gettext_lazy("Withdrawn"), "quiet"),
}


def tier(rank: int) -> str:
    """A tier by its number, 0 for none."""
    return _("Tier %(tier)s") % {"tier": rank} if rank else _("No tier")


def chip(words: dict[str, tuple[Any, Tone]], code: str) -> Chip:
    """The chip of a code."""
    text, tone = words[code]
    return Chip(text, tone)


def answer_chip(code: str) -> Chip:
    """The chip of an agency's answer, '-' while there is none."""
    if code not in ANSWERED:
        return Chip(_("No answer yet"), "neutral")
    return Chip(ANSWERED[code], ANSWER_TONES.get(code, "bad"))
