"""The sheets of a visit: a finding on each criterion, a result at each point of an inspection (6 USC 965(a))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from greenlane.casework.answers import Answer
from greenlane.casework.models import Document
from greenlane.casework.problems import BadInput, Problem
from greenlane.casework.registry import Command
from greenlane.criteria.catalogue import Criterion, load_catalogue
from greenlane.people.visibility import audiences_of
from greenlane.profiles.queries import AnswerOnFile, answers_of
from greenlane.validation.commands_visits import RecordFinding, RecordInspection
from greenlane.validation.inspection_points import LISTS
from greenlane.validation.models import CriterionFinding, Validation
from greenlane.validation.queries import KINDS, criteria_asked, validation_of
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared
from greenlane.web.giving import give, key_field, refusal
from greenlane.web.panels.registry import command_page
from greenlane.web.staff import wording
from greenlane.web.staff.case_head import Head, open_case

FINDINGS = {
    "met": gettext_lazy("Met"),
    "not_met": gettext_lazy("Not met"),
    "not_applicable": gettext_lazy("Does not apply"),
}
RESULTS = {
    "ok": gettext_lazy("In order"),
    "not_ok": gettext_lazy("Not in order"),
    "not_applicable": gettext_lazy("Does not apply"),
}
OPEN = "open"

command_page("RecordFinding", staff="case-findings")
command_page("RecordInspection", staff="case-inspection")


@dataclass(frozen=True)
class Line:
    """One criterion with the company's answer on file and what was found; without a finding nothing is ticked."""

    criterion: Criterion
    answer: AnswerOnFile | None
    finding: str
    note: str
    evidence: tuple[str, ...]

    @property
    def value(self) -> c.Chip:
        return wording.chip(wording.ANSWERS, self.answer.value if self.answer else "unanswered")


@dataclass(frozen=True)
class Sheet:
    """All criteria of a validation with the findings so far and the documents of the case."""

    criteria: tuple[Criterion, ...]
    findings: dict[str, CriterionFinding]
    documents: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, head: Head, row: Validation) -> Sheet:
        audiences = audiences_of(head.viewer, row.participant_id)
        documents = Document.objects.filter(case=head.case, audience__in=audiences).order_by("title", "version")
        return cls(
            criteria_asked(row, head.on),
            {found.number: found for found in row.findings.all()},
            tuple((str(key), title) for key, title in documents.values_list("pk", "title")),
        )

    def within(self, category: str) -> list[Criterion]:
        if category == OPEN:
            return [one for one in self.criteria if one.number not in self.findings]
        return [one for one in self.criteria if str(one.category) == category]

    def first(self) -> str:
        found = next(iter((*self.within(OPEN), *self.criteria)), None)
        return str(found.category) if found else OPEN


@declared(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, key: UUID) -> HttpResponse:
    """Find on each criterion: met, not met, or not applicable, with a note and documents."""
    head, row = _visit(request, key, "findings of a validation")
    sheet = Sheet.of(head, row)
    numbers = {str(one.category) for one in sheet.criteria}
    asked = request.GET.get("category", "")
    category = asked if asked in (OPEN, *numbers) else sheet.first()
    sent = _sent(request, sheet) if request.method == "POST" else {}
    answer, general = _give(request, RecordFinding, {"case_id": row.pk, "findings": list(sent.values())}, sent)
    if request.method == "POST" and not general and (answer is None or answer.granted):
        text = ngettext("%(n)d finding saved.", "%(n)d findings saved.", len(sent)) % {"n": len(sent)}
        messages.success(request, text)
        return HttpResponseRedirect(f"{head.href('case-findings')}?category={category}")
    answers = answers_of(row.participant_id, head.on)
    context = head.context(
        lines=[_line(one, sheet, answers.get(one.number), sent) for one in sheet.within(category)],
        category=category,
        category_tabs=_tabs(head, sheet, category),
        may="RecordFinding" in head.offered("RecordFinding"),
        found=len(sheet.findings),
        asked=len(sheet.criteria),
        documents=sheet.documents,
        choices=list(FINDINGS.items()),
        general=general,
        refusal=refusal(answer),
        key_field=key_field(),
    )
    return render(request, "web/staff/findings.html", context, status=422 if request.method == "POST" else 200)


def _visit(request: HttpRequest, key: UUID, what: str) -> tuple[Head, Validation]:
    head = open_case(request, key, "case", what=what)
    if head.case.kind not in KINDS:
        raise Http404
    return head, validation_of(head.case.pk)


def _sent(request: HttpRequest, sheet: Sheet) -> dict[str, dict[str, Any]]:
    """What was found on the criteria of which something is ticked and which differs from what is kept."""
    sent = {}
    for one in sheet.criteria:
        finding = request.POST.get(f"finding-{one.number}", "")
        note = request.POST.get(f"note-{one.number}", "").strip()
        evidence = [value for value in request.POST.getlist(f"evidence-{one.number}") if value]
        kept = sheet.findings.get(one.number)
        same = kept is not None and (kept.finding, kept.note, kept.evidence) == (finding, note, evidence)
        if finding in FINDINGS and not same:
            sent[one.number] = {"number": one.number, "finding": finding, "note": note, "evidence": evidence}
    return sent


def _give(
    request: HttpRequest, command: type[Command], values: dict[str, Any], sent: Any
) -> tuple[Answer | None, tuple[Problem, ...]]:
    if request.method != "POST" or not sent:
        return None, ()
    try:
        return give(request, command, values), ()
    except BadInput as bad:
        return None, bad.problems


def _line(one: Criterion, sheet: Sheet, answer: AnswerOnFile | None, sent: dict[str, dict[str, Any]]) -> Line:
    if one.number in sent:
        typed = sent[one.number]
        return Line(one, answer, typed["finding"], typed["note"], tuple(typed["evidence"]))
    kept = sheet.findings.get(one.number)
    if kept is None:
        return Line(one, answer, "", "", ())
    return Line(one, answer, kept.finding, kept.note, tuple(kept.evidence))


def _tabs(head: Head, sheet: Sheet, current: str) -> list[c.Tab]:
    catalogue, base, tabs = load_catalogue(), head.href("case-findings"), []
    for number in dict.fromkeys(one.category for one in sheet.criteria):
        category = catalogue.category(number)
        waiting = sum(one.number not in sheet.findings for one in sheet.within(str(number)))
        title = f"{number}. {category.title}" if category else str(number)
        tabs.append(c.Tab(title, f"{base}?category={number}", current == str(number), waiting or None, "warn"))
    waiting = len(sheet.within(OPEN))
    return [*tabs, c.Tab(_("All without a finding"), f"{base}?category={OPEN}", current == OPEN, waiting, "warn")]


@declared(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def inspection(request: HttpRequest, key: UUID) -> HttpResponse:
    """Record a seven-point or seventeen-point inspection: one row for each point, nothing ticked beforehand."""
    head, row = _visit(request, key, "inspections of a validation")
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    listed = LISTS.get(asked, LISTS["seven_point"])
    visits = [v for v in row.visits.order_by("visited_on", "pk") if v.visited_on is not None]
    post = request.POST
    points = [
        {"code": code, "result": post.get(f"result-{code}", ""), "note": post.get(f"note-{code}", "").strip()}
        for code in listed.codes
    ]
    values = {
        "case_id": row.pk,
        "visit_id": post.get("visit_id", ""),
        "kind": listed.kind,
        "what": post.get("what", ""),
        "inspected_on": post.get("inspected_on", ""),
        "points": [point for point in points if point["result"] in RESULTS],
        "documents": [value for value in post.getlist("documents") if value],
    }
    answer, general = _give(request, RecordInspection, values, sent=True)
    if answer is not None and answer.granted:
        messages.success(request, _("The inspection is recorded."))
        return HttpResponseRedirect(head.href("case"))
    titles = dict(listed.points)
    context = head.context(
        listed=listed,
        title=gettext(listed.title),
        kinds=[(one.kind, gettext(one.title), one.kind == listed.kind) for one in LISTS.values()],
        points=[{**point, "title": gettext(titles[point["code"]])} for point in points],
        visits=[(str(v.pk), f"{v.place}, {v.country}", v.visited_on) for v in visits],
        typed=values,
        choices=list(RESULTS.items()),
        documents=Sheet.of(head, row).documents,
        may="RecordInspection" in head.offered("RecordInspection"),
        general=general,
        refusal=refusal(answer),
        key_field=key_field(),
    )
    return render(request, "web/staff/inspection.html", context, status=422 if request.method == "POST" else 200)
