"""The documentation review: answer, evidence and finding side by side, made for the keyboard (964(b))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from greenlane.applications.models import AnswerRow
from greenlane.applications.queries import questionnaire
from greenlane.casework.answers import Answer
from greenlane.casework.models import Document
from greenlane.casework.problems import BadInput, Problem
from greenlane.certification.models import FindingRow
from greenlane.certification.review import ReviewCriteria
from greenlane.criteria.catalogue import Criterion, load_catalogue
from greenlane.people.visibility import audiences_of
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared
from greenlane.web.giving import give, key_field, refusal
from greenlane.web.staff import wording
from greenlane.web.staff.case_head import Head, open_case

FINDINGS = ("unreviewed", "accepted", "sent_back")
OPEN, BACK = "open", "back"


@dataclass(frozen=True)
class Line:
    """One criterion with the company's answer and the reviewer's finding; ``problem`` when a note is missing."""

    criterion: Criterion
    answer: AnswerRow | None
    evidence: Sequence[Document]
    finding: str
    note: str
    problem: str = ""

    @property
    def value(self) -> c.Chip:
        return wording.chip(wording.ANSWERS, self.answer.value if self.answer else "unanswered")

    @property
    def found(self) -> c.Chip:
        return wording.chip(wording.FINDINGS, self.finding)


@dataclass(frozen=True)
class Review:
    """All criteria that the company is asked, with answers, findings and the documents named as evidence."""

    criteria: tuple[Criterion, ...]
    answers: dict[str, AnswerRow]
    findings: dict[str, FindingRow]
    documents: dict[str, Document]

    @classmethod
    def of(cls, head: Head) -> Review:
        assert head.application is not None
        assert head.certification is not None
        audiences = audiences_of(head.viewer, head.participant.pk)
        documents = Document.objects.filter(case=head.application.pk, audience__in=audiences)
        return cls(
            questionnaire(head.application),
            {row.number: row for row in head.application.answers.all()},
            {row.number: row for row in head.certification.findings.all()},
            {str(row.pk): row for row in documents},
        )

    def finding(self, number: str) -> str:
        return self.findings[number].finding if number in self.findings else "unreviewed"

    def within(self, category: str) -> list[Criterion]:
        """The criteria of a category's number, or all that are not read yet, or all that are sent back."""
        if category == OPEN:
            return [one for one in self.criteria if self.finding(one.number) == "unreviewed"]
        if category == BACK:
            return [one for one in self.criteria if self.finding(one.number) == "sent_back"]
        return [one for one in self.criteria if str(one.category) == category]

    def line(self, one: Criterion, typed: dict[str, tuple[str, str]], problems: dict[str, str]) -> Line:
        answer = self.answers.get(one.number)
        named = answer.evidence if answer else []
        kept = self.findings.get(one.number)
        finding, note = typed.get(one.number, (self.finding(one.number), kept.note if kept else ""))
        return Line(
            one,
            answer,
            [self.documents[key] for key in named if key in self.documents],
            finding,
            note,
            problems.get(one.number, ""),
        )


def _tabs(head: Head, review: Review, current: str) -> list[c.Tab]:
    """One tab for each category that has criteria, with how many are still to be read."""
    catalogue = load_catalogue()
    base = head.href("case-criteria")
    tabs = []
    for number in dict.fromkeys(one.category for one in review.criteria):
        category = catalogue.category(number)
        waiting = sum(review.finding(one.number) == "unreviewed" for one in review.within(str(number)))
        title = f"{number}. {category.title}" if category else str(number)
        tabs.append(c.Tab(title, f"{base}?category={number}", current == str(number), waiting or None, "warn"))
    waiting = len(review.within(OPEN))
    tabs.append(c.Tab(_("All not read yet"), f"{base}?category={OPEN}", current == OPEN, waiting, "warn"))
    back = len(review.within(BACK))
    tabs.append(c.Tab(_("Sent back"), f"{base}?category={BACK}", current == BACK, back))
    return tabs


def _first(review: Review) -> str:
    """The category to begin with: the first in which something is still to be read."""
    found = next(iter((*review.within(OPEN), *review.criteria)), None)
    return str(found.category) if found else OPEN


@declared(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read each criterion with its answer and evidence; accept it, or send it back with a note."""
    head = open_case(request, key, "case-criteria", what="answers to criteria and their evidence")
    if head.application is None:
        raise Http404
    review = Review.of(head)
    numbers = {str(one.category) for one in review.criteria}
    asked = request.GET.get("category", "")
    category = asked if asked in (OPEN, BACK, *numbers) else _first(review)
    may_review = "ReviewCriteria" in head.offered("ReviewCriteria")
    typed: dict[str, tuple[str, str]] = {}
    problems: dict[str, str] = {}
    answer: Answer | None = None
    general: tuple[Problem, ...] = ()
    if request.method == "POST":
        typed = _typed(request, review)
        changed = {n: two for n, two in typed.items() if _differs(review, n, two)}
        problems = _without_note(changed)
        if not problems and changed:
            answer, general = _save(request, head, changed)
        if not problems and not general and (answer is None or answer.granted):
            return _onward(request, head, review, category, len(changed))
    lines = [review.line(one, typed, problems) for one in review.within(category)]
    context = head.context(
        lines=lines,
        category=category,
        category_tabs=_tabs(head, review, category),
        may_review=may_review,
        read=len(review.findings),
        asked=len(review.criteria),
        problems=problems,
        general=general,
        refusal=refusal(answer),
        key_field=key_field(),
        choices=[(code, wording.FINDINGS[code][0]) for code in FINDINGS],
        after=_next_category(review, category),
    )
    return render(request, "web/staff/criteria.html", context, status=422 if request.method == "POST" else 200)


def _typed(request: HttpRequest, review: Review) -> dict[str, tuple[str, str]]:
    """Finding and note of every criterion that the form held; one of which nothing was sent is left as it is."""
    found = {}
    for one in review.criteria:
        finding = request.POST.get(f"finding-{one.number}", "")
        if finding in FINDINGS:
            found[one.number] = (finding, request.POST.get(f"note-{one.number}", "").strip())
    return found


def _differs(review: Review, number: str, two: tuple[str, str]) -> bool:
    kept = review.findings.get(number)
    finding, note = two
    if kept is None:
        return finding != "unreviewed"
    return (kept.finding, kept.note) != (finding, note if finding != "unreviewed" else kept.note)


def _without_note(changed: dict[str, tuple[str, str]]) -> dict[str, str]:
    """What the person is told beside a criterion that goes back without a word; the law says the same (964(b))."""
    text = _("Write what the company has to change in %(number)s.")
    return {
        number: text % {"number": number}
        for number, (finding, note) in changed.items()
        if finding == "sent_back" and not note
    }


def _save(
    request: HttpRequest, head: Head, changed: dict[str, tuple[str, str]]
) -> tuple[Answer | None, tuple[Problem, ...]]:
    findings = [
        {"number": number, "finding": finding, "note": note if finding != "unreviewed" else ""}
        for number, (finding, note) in changed.items()
    ]
    values: dict[str, Any] = {"case_id": head.case.pk, "findings": findings}
    try:
        return give(request, ReviewCriteria, values), ()
    except BadInput as bad:
        return None, bad.problems


def _onward(request: HttpRequest, head: Head, review: Review, category: str, changed: int) -> HttpResponse:
    if changed:
        text = ngettext("%(n)d finding saved.", "%(n)d findings saved.", changed) % {"n": changed}
        messages.success(request, text)
    to = _next_category(review, category) if "next" in request.POST else category
    return HttpResponseRedirect(f"{head.href('case-criteria')}?category={to or OPEN}")


def _next_category(review: Review, category: str) -> str:
    """The category after this one, '' after the last."""
    order = [str(number) for number in dict.fromkeys(one.category for one in review.criteria)]
    if category not in order:
        return ""
    return next(iter(order[order.index(category) + 1 :]), "")
