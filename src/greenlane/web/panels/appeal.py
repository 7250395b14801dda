"""What an appeal shows of itself: the days, the grounds, both sides, the record, the determination (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from greenlane.appeals.facts import FILING
from greenlane.appeals.models import Appeal, RecordOfAppeal
from greenlane.appeals.queries import appeal_of
from greenlane.casework.models import Case, Deadline, Document
from greenlane.casework.queue import DueItem, due_item
from greenlane.consequences.models import Consequence
from greenlane.law.authority import Office
from greenlane.people.visibility import Viewer
from greenlane.web import components as c
from greenlane.web.panels.registry import Panel, panel

TONES: dict[str, c.Tone] = {
    "upheld": "bad", "modified": "warn", "reversed": "good", "remanded": "info",
}  # fmt: skip
OUTCOMES = {
    "upheld": _("Upheld: the decision stands"),
    "modified": _("Modified: the decision is a lesser one"),
    "reversed": _("Reversed: all is restored"),
    "remanded": _("Remanded: it is decided anew"),
}
MEASURES = {
    "denial": _("Denial of benefits"),
    "emergency": _("Emergency action"),
    "suspension": _("Suspension"),
    "expulsion": _("Expulsion"),
}


@panel("appeal", title=_("The appeal"))
def appeal(case: Case, viewer: Viewer, on: date) -> Panel:
    """Both sides read the same; five queries, however long the appeal is."""
    row = appeal_of(case.pk)
    statements = list(row.statements.order_by("submitted_at", "pk"))
    records = list(RecordOfAppeal.objects.filter(appeal=row).defer("items").order_by("-number"))
    deadline = Deadline.objects.filter(case=case).first()
    named = _documents(row, [key for one in statements for key in one.documents])
    context = {
        "appeal": row,
        "facts": _facts(row),
        "due": due_item(deadline, on) if deadline else None,
        "grounds": row.grounds,
        "documents": _of(named, row.documents),
        "statements": [{"row": one, "documents": _of(named, one.documents)} for one in statements],
        "records": records,
        "outcome": c.Chip(OUTCOMES[row.outcome], TONES[row.outcome]) if row.outcome else None,
        "case": case,
        "own": row.participant_id in viewer.participants,
    }
    return Panel("panels/appeal.html", context)


def _facts(row: Appeal) -> list[c.Fact]:
    cite = "6 USC 967(c)(2)" if row.decision == "967(b)" else "6 USC 967(c)(1)"
    facts = [
        c.Fact(_("Decision that is appealed"), MEASURES.get(row.measure, row.measure), cite=f"6 USC {row.decision}"),
        c.Fact(_("Day of the decision"), row.decided_on),
        c.Fact(_("Last day to file"), row.last_day, cite=cite),
        c.Fact(_("Filed on"), row.filed_on),
        c.Fact(_("Determination due by"), row.due_on, cite=cite),
        c.Fact(_("Appeal officer"), row.officer_name or _("not assigned yet")),
    ]
    if row.relief:
        facts.append(c.Fact(_("What the company asks for"), row.relief))
    if row.withdrawn_on:
        facts.append(c.Fact(_("Withdrawn on"), row.withdrawn_on))
    return facts


def _documents(row: Appeal, more: list[str]) -> dict[str, Document]:
    keys = {*row.documents, *more}
    return {str(one.pk): one for one in Document.objects.filter(pk__in=[UUID(key) for key in keys])} if keys else {}


def _of(named: dict[str, Document], keys: list[str]) -> list[Any]:
    return [named[key] for key in keys if key in named]


@dataclass(frozen=True)
class Offer:
    """What the company is told at a decision: its appeal, or the last day to file one and where to do so."""

    appeal_href: str = ""
    file_href: str = ""
    last_day: date | None = None
    over: bool = False


def offer(row: Consequence, dues: Iterable[DueItem], viewer: Viewer, on: date) -> Offer | None:
    """The way from a decision to its appeal; no query. None where nothing can be appealed."""
    own = row.participant_id in viewer.participants
    if row.appeal_id is not None:
        href = (
            reverse("web:trader-case", kwargs={"participant": row.participant_id, "key": row.appeal_id})
            if own
            else reverse("web:case", args=[row.appeal_id])
        )
        return Offer(appeal_href=href)
    open_ones = [due for due in dues if due.row.clock in FILING.values() and due.row.met_on is None]
    if not open_ones:
        return None
    last = open_ones[-1].due_on
    files = Office.APPLICANT_OFFICER in viewer.offices_for(row.participant_id) and on <= last
    address = reverse("web:trader-give", kwargs={"participant": row.participant_id, "command": "FileAppeal"})
    return Offer(file_href=f"{address}?consequence_id={row.pk}" if files else "", last_day=last, over=on > last)
