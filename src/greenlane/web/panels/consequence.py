"""What a consequence shows of itself: grounds, notice, response, decision, plan, appeal (6 USC 967, 971(b))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from greenlane.casework.models import Case, Document
from greenlane.casework.queue import due_item
from greenlane.consequences.models import SANCTIONS, Consequence, EvidenceRow, GoalRow
from greenlane.consequences.queries import consequence_of
from greenlane.people.visibility import Viewer
from greenlane.programs.queries import terms_of
from greenlane.web import components as c
from greenlane.web.panels.appeal import offer
from greenlane.web.panels.registry import Panel, panel

MEASURES = {
    "denial": _("Denial of benefits"),
    "suspension": _("Suspension"),
    "expulsion": _("Expulsion"),
    "emergency": _("Action to protect national security"),
}
ENDINGS: dict[str, tuple[Any, c.Tone]] = {
    "restored": (_("Benefits restored"), "good"),
    "reinstated": (_("Reinstated"), "good"),
    "period_over": (_("Period over, no reinstatement"), "neutral"),
    "lifted": (_("Lifted"), "good"),
    "dropped": (_("Dropped"), "good"),
    "reversed": (_("Reversed"), "good"),
}
BEFORE_NOTICE = ("opened", "emergency")
"""States in which the company has had no notice yet: it reads its grounds in the notice."""


@panel("consequence", title=_("The consequence"))
def consequence(case: Case, viewer: Viewer, on: date) -> Panel:
    """Staff see all of it; the company what its notices told. Six queries, however much is on file."""
    row = consequence_of(case.pk)
    told = viewer.is_staff or not (case.state in BEFORE_NOTICE or (case.state == "dropped" and not row.notice_on))
    failures = list(row.failures.order_by("recorded_on", "requirement", "pk")) if told else []
    evidence = list(row.evidence.order_by("recorded_at", "pk")) if told else []
    if not viewer.is_staff:
        failures, evidence = [f for f in failures if f.noticed], [e for e in evidence if e.noticed]
    goals = list(row.goals.order_by("number"))
    documents = _documents(row, evidence, goals)
    dues = [due_item(d, on) for d in case.deadlines.order_by("due_on", "pk")]
    context = {
        "row": row,
        "told": told,
        "staff": viewer.is_staff,
        "facts": _facts(row, viewer.is_staff, told),
        "measure": MEASURES.get(row.measure, row.measure),
        "sanction": row.measure in SANCTIONS,
        "benefits": _benefits(row, on),
        "outcome": c.Chip(*ENDINGS[row.ended_as]) if row.ended_as else None,
        "failures": [{"row": f, "evidence": _shown(f.requirement, evidence, documents)} for f in failures],
        "misinformation": _misinformation(row, evidence, documents) if told else None,
        "response_documents": _links(row.response_documents, documents),
        "goals": [{"row": g, "chip": _goal(g, on), "documents": _links(g.documents, documents)} for g in goals],
        "dues": dues,
        "offer": offer(row, dues, viewer, on),
    }
    return Panel("panels/consequence.html", context)


def _facts(row: Consequence, staff: bool, told: bool) -> list[c.Fact]:
    cite = "6 USC 967(b)" if (row.measure or row.proposed) in SANCTIONS else "6 USC 967(a)"
    facts = [c.Fact(_("Proposed"), MEASURES.get(row.proposed, row.proposed), cite=cite)] if told else []
    dated = (
        (_("Notice given on"), row.notice_on or row.emergency_notice_on),
        (_("Response possible until"), row.response_until),
        (_("Responded on"), row.responded_on),
        (_("Replied to on"), row.replied_on),
        (_("Decided on"), row.decided_on),
        (_("Lost from"), row.lost_on),
        (_("Last day of the period"), row.period_until),
        (_("Appealed on"), row.appealed_on),
        (_("Ended on"), row.ended_on),
        (_("Published on"), row.published_on),
    )
    facts += [c.Fact(term, day) for term, day in dated if day]
    if row.tier_before:
        facts.append(c.Fact(_("Tier held before"), row.tier_before))
    if row.modified_to:
        facts.append(c.Fact(_("Modified to"), row.modified_to, cite="6 USC 967(c)"))
    if staff and row.recommended:
        facts.append(c.Fact(_("Recommended"), MEASURES.get(row.recommended, ""), cite="6 USC 971(a)"))
    if staff and row.grounds:
        facts.append(c.Fact(_("What threatens national security"), row.grounds, cite="6 USC 967(a)"))
    return facts


def _benefits(row: Consequence, on: date) -> list[Any]:
    """The titles of the benefits that it denies, or is proposed to deny."""
    codes = row.benefits or ([] if row.decision else row.recommended_benefits or row.proposed_benefits)
    return [benefit.title for benefit in terms_of(row.programme, on).benefits if benefit.code in codes]


def _documents(row: Consequence, evidence: Iterable[EvidenceRow], goals: Iterable[GoalRow]) -> dict[str, Document]:
    """The documents that any of them names, read at once."""
    keys = {*row.response_documents, *(key for one in evidence for key in one.documents)}
    keys |= {key for goal in goals for key in goal.documents}
    rows = Document.objects.filter(pk__in=[UUID(key) for key in keys]) if keys else []
    return {str(one.pk): one for one in rows}


def _links(keys: Iterable[str], documents: dict[str, Document]) -> list[c.Link]:
    return [c.Link(documents[key].title, reverse("web:document", args=[key])) for key in keys if key in documents]


def _shown(requirement: str, evidence: Iterable[EvidenceRow], documents: dict[str, Document]) -> list[dict[str, Any]]:
    return [
        {"statement": one.statement, "documents": _links(one.documents, documents)}
        for one in evidence
        if one.requirement == requirement
    ]


def _misinformation(
    row: Consequence, evidence: Iterable[EvidenceRow], documents: dict[str, Document]
) -> dict[str, Any] | None:
    if not row.misinformation:
        return None
    given_on = date.fromisoformat(row.misinformation["given_on"])
    return {**row.misinformation, "given_on": given_on, "evidence": _shown("", evidence, documents)}


def _goal(goal: GoalRow, on: date) -> c.Chip:
    if goal.done_on:
        return c.Chip(_("Done"), "good")
    if goal.reported_on:
        return c.Chip(_("Reported, waits for review"), "info")
    if goal.goal_on and goal.goal_on < on:
        return c.Chip(_("Overdue"), "bad")
    return c.Chip(_("Open"), "neutral")
