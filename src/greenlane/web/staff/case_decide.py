"""The decision: the law's answer before, recommendation, grounds of refusal, and the explanation after (964(a)-(c))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework import recording
from greenlane.casework.answers import Answer
from greenlane.casework.problems import BadInput, Problem
from greenlane.casework.registry import COMMANDS
from greenlane.certification.commands import RecommendRefusal
from greenlane.certification.entries import CertificationDecided, RefusalGround
from greenlane.law.authority import Office
from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.verdicts import Reason, Verdict
from greenlane.people.visibility import audiences_of
from greenlane.records.models import Entry
from greenlane.web import components as c
from greenlane.web.authority import COMPANY, OFFICE_TITLES, STAFF, declared, viewer_of_request
from greenlane.web.giving import give, key_field, refusal
from greenlane.web.shared.access import case_for, note_read
from greenlane.web.staff import people, verdicts
from greenlane.web.staff.case_head import Head, open_case
from greenlane.web.words import say

if TYPE_CHECKING:
    from django.http import QueryDict

DECIDING = (
    "RecommendCertification",
    "RecommendRefusal",
    "ReturnForCorrection",
    "CertifyTierOne",
    "RefuseCertification",
    "SendBackRecommendation",
)
MOST_GROUNDS = 60


@declared(*STAFF)
@require_safe
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the law says today, clause by clause, before anybody decides; and what may be done."""
    head = open_case(request, key, "case-decide", what="facts of the decision")
    certification = head.certification
    assert certification is not None
    context = head.context(actions=_actions(head), certification=certification, grounds=_grounds(head))
    if not certification.outcome and head.case.state != "withdrawn":
        facts = verdicts.facts_of(head)
        refusing = certification.recommended == "refuse"
        verdict = verdicts.refuse(head, facts) if refusing else verdicts.certify(head, facts)
        folded = _folded(verdict)
        context |= {
            "verdict": verdict,
            "plain": [reason for reason in verdict.reasons if reason not in folded],
            "folds": _folds(folded),
            "links": verdicts.links(head, verdict),
            "refusing": refusing,
            "failing": len(verdict.failing),
        }
    context["recommender"] = _name_of(head, certification.recommended_by)
    return render(request, "web/staff/decide.html", context)


FOLD_FROM = 6
"""Criteria that stand in the way, from which on they are folded by category."""


def _folded(verdict: Verdict) -> list[Reason]:
    """The reasons about single criteria when there are many: other obstacles must not be lost among them."""
    found = [reason for reason in verdict.failing if reason.where[:1].isdigit()]
    return found if len(found) >= FOLD_FROM else []


def _folds(reasons: list[Reason]) -> list[tuple[str, list[Reason]]]:
    """The same by category."""
    found: dict[str, list[Reason]] = {}
    for reason in reasons:
        found.setdefault(reason.where.split(".")[0], []).append(reason)
    return [(_fold_title(category, len(rows)), rows) for category, rows in found.items()]


def _fold_title(category: str, number: int) -> str:
    text = ngettext("Category %(c)s: %(n)d criterion", "Category %(c)s: %(n)d criteria", number)
    return text % {"c": category, "n": number}


def _name_of(head: Head, account: UUID | None) -> str:
    """Whoever recommended usually still has the case."""
    if account is None:
        return ""
    return head.people.get(account) or people.names([account]).get(account, "")


def _actions(head: Head) -> list[dict[str, Any]]:
    offered = head.offered(*DECIDING)
    return [
        {
            "href": head.give_href(name),
            "title": _(COMMANDS[name].title),
            "help": _(COMMANDS[name].summary),
            "name": name,
        }
        for name in DECIDING
        if name in offered
    ]


def _grounds(head: Head) -> list[RefusalGround]:
    return [RefusalGround(**one) for one in head.certification.grounds] if head.certification else []


# --- the grounds of a refusal ----------------------------------------------------------------------------------------


def _rows(head: Head, post: QueryDict | None) -> list[dict[str, Any]]:
    """The rows of the form: what was typed, or what the record bears out, and an empty row for 962 or 963."""
    if post is not None:
        return [_typed(post, number) for number in range(min(_count(post), MOST_GROUNDS))]
    suggested = [
        {"use": True, "kind": one.kind, "cite": one.cite, "criterion": one.criterion, "statement": one.statement}
        for one in verdicts.suggested_grounds(verdicts.facts_of(head))
    ]
    return [*suggested, {"use": False, "kind": "other_requirement", "cite": "", "criterion": "", "statement": ""}]


def _count(post: QueryDict) -> int:
    text = post.get("rows", "0")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _typed(post: QueryDict, number: int) -> dict[str, Any]:
    names = ("kind", "cite", "criterion", "statement")
    return {"use": f"use-{number}" in post, **{name: post.get(f"{name}-{number}", "").strip() for name in names}}


def _cited(text: str) -> str:
    """The clause in its full form, as far as it can be read; what cannot be read goes to the law as it was typed."""
    try:
        return Citation.parse(text).cite
    except UnknownClause:
        return text


@declared(Office.SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def grounds(request: HttpRequest, key: UUID) -> HttpResponse:
    """Recommend refusal: each ground with its clause, those that the record bears out already written."""
    head = open_case(request, key, "", what="facts of the decision")
    if head.certification is None:
        raise Http404
    post = request.POST if request.method == "POST" else None
    rows = _rows(head, post)
    answer: Answer | None = None
    problems: tuple[Problem, ...] = ()
    if post is not None and "more" in post:
        rows.append({"use": True, "kind": "other_requirement", "cite": "", "criterion": "", "statement": ""})
    elif post is not None:
        try:
            answer = give(request, RecommendRefusal, _recommendation(head, rows, post.get("note", "")))
        except BadInput as bad:
            problems = bad.problems
        if answer is not None and answer.granted:
            messages.success(request, _("The recommendation to refuse is with the supervisor."))
            return HttpResponseRedirect(head.href("case-decide"))
    context = head.context(
        rows=list(enumerate(rows)),
        note=post.get("note", "") if post else "",
        refusal=refusal(answer),
        problems=problems,
        key_field=key_field(),
    )
    failed = bool(problems) or answer is not None
    return render(request, "web/staff/grounds.html", context, status=422 if failed else 200)


def _recommendation(head: Head, rows: list[dict[str, Any]], note: str) -> dict[str, Any]:
    chosen = [
        {"kind": row["kind"], "cite": _cited(row["cite"]), "criterion": row["criterion"], "statement": row["statement"]}
        for row in rows
        if row["use"]
    ]
    return {"case_id": head.case.pk, "grounds": chosen, "note": note}


# --- the explanation of a decision -----------------------------------------------------------------------------------


@declared(*COMPANY, *STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)
@require_safe
def explanation(request: HttpRequest, key: UUID) -> HttpResponse:
    """A decision clause by clause: what held and what did not, with the words of the statute; made to be printed."""
    case = case_for(request, key)
    viewer = viewer_of_request(request)
    rows = Entry.objects.filter(
        subject=case.pk, kind=CertificationDecided.entry_kind, audience__in=audiences_of(viewer, case.participant_id)
    )
    row = rows.order_by("-id").first()
    if row is None:
        raise Http404
    note_read(request, case.participant_id, f"decision ({case.reference})", "read the explanation")
    one = recording.read(row)
    data = one.data
    assert isinstance(data, CertificationDecided)
    by_clause: dict[Citation, list[Reason]] = {}
    for reason in one.verdict.reasons if one.verdict else ():
        by_clause.setdefault(reason.citation, []).append(reason)
    own = case.participant_id in viewer.participants
    context = {
        "case": case,
        "one": one,
        "data": data,
        "title": say(data.sentence()),
        "by_clause": list(by_clause.items()),
        "facts": _facts(data, one.office, people.names([one.actor]) if viewer.is_staff else {}),
        "own": own,
        "crumbs": [] if own else _crumbs(case.reference, key),
    }
    return render(request, "web/staff/decision.html", context)


def _crumbs(reference: str, key: UUID) -> list[c.Crumb]:
    return [
        c.Crumb(_("Work"), reverse("web:work")),
        c.Crumb(reference, reverse("web:case", args=[key])),
        c.Crumb(_("Decision")),
    ]


def _facts(data: CertificationDecided, office: str, names: dict[UUID, str]) -> list[c.Fact]:
    who = str(OFFICE_TITLES.get(Office(office), office))
    if names:
        who = f"{next(iter(names.values()))}, {who}"
    rows = [
        c.Fact(_("Company"), data.company),
        c.Fact(_("Received"), data.received_on, cite="6 USC 964(c)"),
        c.Fact(_("Last day of the period"), data.due_on, cite="6 USC 964(c)"),
        c.Fact(_("Decided by"), who, cite="6 USC 971(a)"),
        c.Fact(_("Guidelines in force"), data.guidelines, cite="6 USC 964(b)"),
    ]
    if data.late:
        rows.append(c.Fact(_("Late, because"), data.lateness_reason, cite="6 USC 964(c)"))
    return rows
