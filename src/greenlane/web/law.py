"""The law in public: every clause as published, and beside it what runs (6 USC 961-973; 19 USC 4311)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.law.citations import Citation, UnknownClause, citations
from greenlane.law.procedures import Procedure
from greenlane.law.procedures_registry import procedures
from greenlane.statute.coverage import ClauseRow, Status, coverage, procedure_commands, summary
from greenlane.statute.pages import sections, within
from greenlane.web import components as c
from greenlane.web.authority import declared
from greenlane.web.law_shown import STATUS_CHIPS, Shown, grouped_situations, shown
from greenlane.web.procedure_pictures import Way, picture, ways
from greenlane.web.templatetags.law_pages import in_words
from greenlane.web.words import clause_address, clause_facts

LAWS = (
    ("6", gettext_lazy("6 U.S.C. 961–973: Customs–Trade Partnership Against Terrorism")),
    ("19", gettext_lazy("19 U.S.C. 4311: Improving partnership programs")),
)
LONGEST_QUERY = 60
"""Characters of what a person typed that are looked at and shown again."""


@declared("public")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Both laws by section, how far each runs, and with ``?status=`` the clauses behind a count."""
    counted = summary()
    chosen = next((status for status in Status if status.value == request.GET.get("status")), None)
    rows = [row for row in coverage() if row.status is chosen]
    context = {
        "figures": [_figure(status, getattr(counted, status.value)) for status in Status],
        "counted": counted,
        "laws": [(title, [_contents(s) for s in sections() if s.cite.startswith(f"{law} ")]) for law, title in LAWS],
        "chosen": STATUS_CHIPS[chosen] if chosen else None,
        "listed": _listed(rows) if chosen else None,
        "crumbs": [c.Crumb(_("Start"), reverse("web:start")), c.Crumb(_("The law"))],
    }
    return render(request, "web/law/index.html", context)


def _figure(status: Status, count: int) -> c.Facet:
    chip = STATUS_CHIPS[status]
    href = f"{reverse('web:law')}?status={status.value}#listed" if count else ""
    return c.Facet(chip.text, count, href, chip.tone)


def _contents(section: Citation) -> dict[str, Any]:
    rows = within(section)
    return {"citation": section, "href": clause_address(section), "rows": rows, "counted": summary(rows)}


def _listed(rows: list[ClauseRow]) -> c.Table:
    columns = (c.Column(_("Clause"), heads_row=True), c.Column(_("Heading")), c.Column(_("What is missing")))
    cells = [
        c.Row((row.citation, clause_facts(row.citation)["heading"], row.missing[0] if row.missing else row.reason))
        for row in rows
    ]
    return c.Table(_("The clauses"), columns, cells, caption_hidden=True)


@declared("public")
@require_safe
def clause(request: HttpRequest, name: str) -> HttpResponse:
    """A whole section, or one clause of it with its situations; anything else that is a citation leads there."""
    citation = _by_slug().get(name)
    if citation is None:
        return _otherwise(request, name)
    if citation.parent is None:
        return render(request, "web/law/section.html", _section(citation))
    return render(request, "web/law/clause.html", _clause(citation))


@declared("public")
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Go to the clause that a person typed, or say how a citation is written."""
    return _otherwise(request, request.GET.get("q", ""))


def _otherwise(request: HttpRequest, typed: str) -> HttpResponse:
    typed = typed.strip()[:LONGEST_QUERY]
    try:
        return HttpResponseRedirect(clause_address(Citation.parse(typed)))
    except UnknownClause:
        near = get_close_matches(_squeezed(typed), list(_by_squeezed()), n=4, cutoff=0.6) if typed else []
        context = {
            "typed": typed,
            "near": [_by_squeezed()[key] for key in near],
            "crumbs": [c.Crumb(_("The law"), reverse("web:law")), c.Crumb(_("Not a clause"))],
        }
        return render(request, "web/law/unknown.html", context, status=404)


@cache
def _by_slug() -> dict[str, Citation]:
    return {citation.slug: citation for citation in citations()}


@cache
def _by_squeezed() -> dict[str, Citation]:
    """Clauses by what people type of them: '964c' and '6usc964c'."""
    short = {_squeezed(citation.cite.split()[2]): citation for citation in citations()}
    return short | {_squeezed(citation.cite): citation for citation in citations()}


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _section(section: Citation) -> dict[str, Any]:
    rows = within(section)
    order = sections()
    at = order.index(section)
    return {
        "section": section,
        "clauses": [shown(row) for row in rows],
        "counted": summary(rows),
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
        "crumbs": [c.Crumb(_("The law"), reverse("web:law")), c.Crumb(section.cite)],
    }


def _clause(citation: Citation) -> dict[str, Any]:
    rows = {row.citation: row for row in within(_section_of(citation))}
    order = list(rows)
    at = order.index(citation)
    above = list(citation.ancestors())[::-1]
    one: Shown = shown(rows[citation], full=True)
    crumbs = [c.Crumb(_("The law"), reverse("web:law"))]
    crumbs += [c.Crumb(parent.cite, clause_address(parent)) for parent in above]
    return {
        "one": one,
        "above": [parent for parent in above if parent.text],
        "below": [rows[child] for child in citation.children()],
        "situations": grouped_situations(rows[citation]),
        "before": order[at - 1],
        "after": order[at + 1] if at + 1 < len(order) else None,
        "crumbs": [*crumbs, c.Crumb(citation.cite)],
    }


def _section_of(citation: Citation) -> Citation:
    return next(above for above in citation.ancestors() if above.parent is None)


@declared("public")
@require_safe
def procedures_page(request: HttpRequest) -> HttpResponse:
    """The course of every kind of case: a picture and the table that it is drawn from."""
    runs = procedure_commands()
    context = {
        "drawn": [_drawn(procedure, runs) for procedure in procedures()],
        "crumbs": [c.Crumb(_("The law"), reverse("web:law")), c.Crumb(_("Procedures"))],
    }
    return render(request, "web/law/procedures.html", context)


def _drawn(procedure: Procedure, runs: dict[str, bool]) -> dict[str, Any]:
    found = ways(procedure, runs)
    return {"procedure": procedure, "picture": picture(procedure, found), "table": _moves(procedure, found, runs)}


def _moves(procedure: Procedure, found: tuple[Way, ...], runs: dict[str, bool]) -> c.Table:
    columns = (
        c.Column(_("No.")),
        c.Column(_("Command"), heads_row=True),
        c.Column(_("From")),
        c.Column(_("To")),
        c.Column(_("Clause")),
        c.Column(_("In this release")),
    )
    return c.Table(procedure.title, columns, list(_move_rows(procedure, found, runs)), caption_hidden=True)


def _move_rows(procedure: Procedure, found: tuple[Way, ...], runs: dict[str, bool]) -> Iterator[c.Row]:
    """One row for each command and target, in the order of the numbers in the picture; moves that stay come last."""
    rows: list[tuple[int, c.Row]] = []
    for command in procedure.commands:
        numbers = [way.number for way in found if command in way.commands]
        moves = procedure.moves_by(command)
        stays = all(move.targets == (move.source,) for move in moves)
        sources = ", ".join(dict.fromkeys(_state(move.source) for move in moves))
        targets = _("stays") if stays else ", ".join(dict.fromkeys(_state(t) for m in moves for t in m.targets))
        chip = c.Chip(_("runs"), "good", "check") if runs[command] else c.Chip(_("later"), "quiet")
        number = ", ".join(map(str, numbers)) or "–"
        row = c.Row((number, in_words(command), sources, targets, moves[0].citation, chip))
        rows.append((min(numbers, default=len(found) + 1), row))
    yield from (row for _number, row in sorted(rows, key=lambda pair: pair[0]))


def _state(state: str | None) -> str:
    return _("start") if state is None else state.replace("_", " ")
