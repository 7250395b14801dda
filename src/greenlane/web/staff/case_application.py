"""What the company said: profile, supply chain on a map, history of moving cargo, assessment of risk (962, 963)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.casework.models import Document
from greenlane.law.s962 import questions_for
from greenlane.law.terms import Terms
from greenlane.participants import queries
from greenlane.people.visibility import audiences_of
from greenlane.programs.queries import terms_of
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared
from greenlane.web.staff import wording
from greenlane.web.staff.case_head import Head, open_case
from greenlane.web.staff.chain import Chain
from greenlane.web.staff.risk_picture import risk_picture

PARTS = {
    "profile": gettext_lazy("Profile"),
    "chain": gettext_lazy("Supply chain"),
    "history": gettext_lazy("Eligibility and history"),
    "risk": gettext_lazy("Risk assessment"),
}


@declared(*STAFF)
@require_safe
def application(request: HttpRequest, key: UUID) -> HttpResponse:
    """One part of the application at a time, so that each look is written to the log for what it was."""
    asked = request.GET.get("part", "profile")
    part = asked if asked in PARTS else "profile"
    head = open_case(request, key, "case-application", what=f"application: {part}")
    if head.application is None:
        raise Http404
    base = head.href("case-application")
    context = head.context(
        part=part,
        parts=[c.Tab(title, f"{base}?part={code}", code == part) for code, title in PARTS.items()],
        **_BUILDERS[part](head),
    )
    return render(request, "web/staff/application.html", context)


def _profile(head: Head) -> dict[str, Any]:
    company = head.participant
    cargo = ", ".join(wording.readable(kind) for kind in company.cargo_kinds)
    facts = [
        c.Fact(_("Legal name"), company.legal_name),
        c.Fact(_("Trade name"), company.trade_name or "-"),
        c.Fact(_("Business type"), head.business_type, cite="6 USC 962"),
        c.Fact(_("Address"), f"{company.address}, {company.city}, {company.country}"),
        c.Fact(_("Website and telephone"), " · ".join(t for t in (company.website, company.phone) if t) or "-"),
        c.Fact(_("Kinds of cargo"), cargo or "-"),
    ]
    numbers = c.Table(
        _("Identifiers"),
        (c.Column(_("Kind"), heads_row=True), c.Column(_("Number")), c.Column(_("On record since"))),
        [
            c.Row(
                (row.kind.upper() if len(row.kind) < 5 else wording.readable(row.kind), row.value, row.effective_from)
            )
            for row in queries.identifiers(company.pk)
        ],
    )
    persons = c.Table(
        _("Owners and officers"),
        (
            c.Column(_("Name"), heads_row=True), c.Column(_("Role")), c.Column(_("Title")), c.Column(_("Born")),
            c.Column(_("Country")), c.Column(_("Share"), numeric=True),
        ),
        [
            c.Row((row.name, wording.ROLES.get(row.role, row.role), row.title or "-", row.birth_date or "-",
                   row.country or "-", f"{row.share_percent} %" if row.share_percent else "-"))
            for row in queries.persons(company.pk)
        ],
    )  # fmt: skip
    return {"facts": facts, "tables": [numbers, persons]}


def _chain(head: Head) -> dict[str, Any]:
    chain = Chain.of(head.participant.pk)
    return {"picture": chain.picture(), "tables": chain.tables(), "unplaced": chain.unplaced}


def _history(head: Head) -> dict[str, Any]:
    row = head.application
    assert row is not None
    terms = terms_of(row.programme, head.on)
    facts = [c.Fact(_("History of moving cargo"), _("Not recorded yet."), cite="6 USC 963(1)")]
    documents: list[Document] = []
    if row.shipments is not None:
        facts = [
            c.Fact(_("First shipment"), row.moved_from, cite="6 USC 963(1)"),
            c.Fact(_("Last shipment"), row.moved_to, cite="6 USC 963(1)"),
            c.Fact(_("Shipments"), f"{row.shipments:,}"),
        ]
        documents = list(
            Document.objects.filter(
                pk__in=row.history_evidence, audience__in=audiences_of(head.viewer, head.participant.pk)
            )
        )
    if row.agreement_signed_on:
        facts.append(c.Fact(_("Agreement signed"), row.agreement_signed_on, cite="6 USC 961(a)"))
    if row.determination:
        words = f"{wording.readable(row.determination)}: {row.determination_reason}"
        facts.append(c.Fact(_("Determination"), words, cite="6 USC 962"))
    offered = head.offered("DetermineEligibility") if head.case.kind == "application" else frozenset()
    return {
        "facts": facts,
        "evidence": documents,
        "tables": [_eligibility(head, terms)],
        "determine_href": head.give_href("DetermineEligibility") if offered else "",
    }


def _eligibility(head: Head, terms: Terms) -> c.Table:
    answers = head.application.eligibility if head.application else {}
    rows = []
    for question in questions_for(head.participant.business_type, terms):
        said = answers.get(question.key, "")
        good = question.kind != "yes_no" or said == question.expects
        shown = wording.ANSWERS[said][0] if said in ("yes", "no") else (said or _("Not answered"))
        rows.append(c.Row((question.text, c.Chip(shown, "good" if good and said else "warn"), question.citation)))
    columns = (c.Column(_("Question"), heads_row=True), c.Column(_("Answer")), c.Column(_("Clause")))
    return c.Table(_("Eligibility"), columns, rows)


def _risk(head: Head) -> dict[str, Any]:
    assert head.application is not None
    rows = list(head.application.risks.order_by("area", "node"))
    names = Chain.of(head.participant.pk).names
    columns = (
        c.Column(_("Area"), heads_row=True), c.Column(_("Where")), c.Column(_("Threat"), numeric=True),
        c.Column(_("Vulnerability"), numeric=True), c.Column(_("Consequence"), numeric=True),
        c.Column(_("What is in place")), c.Column(_("Remaining"), numeric=True), c.Column(_("What will be done")),
    )  # fmt: skip
    table = c.Table(
        _("Every point that was assessed; scales run from 1 (least) to 5 (most)"),
        columns,
        [
            c.Row((wording.readable(row.area), names.get(row.node, _("No longer in the chain")), row.threat,
                   row.vulnerability, row.consequence, row.existing_control, row.residual, row.action or "-"))
            for row in rows
        ],
        empty=_("Nothing has been assessed yet."),
    )  # fmt: skip
    return {"picture": risk_picture(rows, names) if rows else None, "tables": [table]}


_BUILDERS = {"profile": _profile, "chain": _chain, "history": _history, "risk": _risk}
