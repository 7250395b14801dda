"""The work queue: every case of the programme by what is due first, with filters and bulk assignment (971(a))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from greenlane.casework import queue
from greenlane.casework.answers import Answer
from greenlane.casework.cursors import CursorRefused
from greenlane.casework.models import Case
from greenlane.casework.problems import BadInput, Missing
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.commands import AssignCase
from greenlane.people.visibility import Viewer, cases_visible_to
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.giving import give, key_field
from greenlane.web.staff import people, wording
from greenlane.web.staff.queue_filters import Asked, assigned_words, due_words, states_of
from greenlane.web.staff.waiting import WORDS
from greenlane.web.words import say

MOST_AT_ONCE = 50
_FIRST_TABS = ("certification", "investigation", "application")
"""Tabs that are always there; the other kinds have one as soon as there is a case."""
ASSIGNERS = frozenset({Office.SUPERVISOR, Office.PROGRAMME_MANAGER})


@dataclass(frozen=True)
class Line:
    """A case as the queue shows it."""

    item: queue.Item
    href: str
    company: str
    business_type: str
    state: c.Chip
    people: str

    @property
    def case(self) -> Case:
        return self.item.case


@dataclass(frozen=True)
class Section:
    """The lines of one group on this page, and how many the group has in all."""

    group: queue.Group
    title: Any
    tone: str
    total: int
    lines: Sequence[Line]


def lines_of(items: Sequence[queue.Item], viewer: Viewer) -> list[Line]:
    """Items of the queue with company, business type and people: two queries however many there are."""
    companies = {
        row.pk: row
        for row in Participant.objects.filter(pk__in={item.case.participant_id for item in items}).only(
            "legal_name", "business_type", "programme"
        )
    }
    assigned = people.assigned([item.case.pk for item in items], viewer.on)
    return [_line(item, companies, assigned, viewer) for item in items]


def _line(
    item: queue.Item, companies: Mapping[UUID, Participant], assigned: Mapping[UUID, Mapping[UUID, str]], viewer: Viewer
) -> Line:
    company = companies.get(item.case.participant_id) if item.case.participant_id else None
    return Line(
        item=item,
        href=reverse("web:case", args=[item.case.pk]),
        company=company.legal_name if company else "",
        business_type=wording.business_type(company.programme, company.business_type, viewer.on) if company else "",
        state=wording.chip(wording.STATES, item.case.state),
        people=", ".join(assigned.get(item.case.pk, {}).values()),
    )


def _sections(lines: Sequence[Line], counts: queue.Counts, asked: Asked) -> list[Section]:
    """Lines by group, in their order; one section without a heading where the order is another one."""
    if asked.sort != "due":
        return [Section(queue.Group.LATER, "", "neutral", counts.of(), lines)] if lines else []
    groups = dict.fromkeys(line.item.group for line in lines)
    return [
        Section(
            group,
            wording.GROUPS[group],
            wording.GROUP_TONES.get(group, "neutral"),
            counts.of(group, (asked.kind,) if asked.kind else None),
            [line for line in lines if line.item.group is group],
        )
        for group in groups
    ]


def _tabs(asked: Asked, counts: queue.Counts) -> list[c.Tab]:
    present = [
        kind for kind in queue.WORK_KINDS if kind in _FIRST_TABS or kind == asked.kind or counts.of(kinds=(kind,))
    ]
    kinds = [("", _("Everything")), *((kind, wording.kinds_words(kind)) for kind in present)]
    return [
        c.Tab(
            title,
            asked.query(kind=kind, state=asked.state if asked.state in ("", "decided") else ""),
            kind == asked.kind,
            counts.of(kinds=(kind,) if kind else None),
        )
        for kind, title in kinds
    ]


def _choices(asked: Asked, types: Mapping[str, str]) -> list[dict[str, Any]]:
    """The selects of the filter form: name, label and options."""
    states: list[tuple[str, wording.Words]] = [("", _("Open")), ("decided", _("Decided"))]
    states += [(state, wording.state_words(state)) for state in states_of(asked.kind)]
    return [
        {"name": "state", "label": _("State"), "chosen": asked.state, "options": states},
        {"name": "due", "label": _("Due"), "chosen": asked.due, "options": [("", _("Any day")), *due_words().items()]},
        {
            "name": "assigned",
            "label": _("Assigned to"),
            "chosen": asked.assigned,
            "options": [("", _("Anyone")), *assigned_words().items()],
        },
        {
            "name": "waits",
            "label": _("Waits for"),
            "chosen": asked.waits,
            "options": [("", _("Anyone")), *WORDS.items()],
        },
        {
            "name": "type",
            "label": _("Business type"),
            "chosen": asked.type,
            "options": [("", _("All")), *types.items()],
        },
        {
            "name": "sort",
            "label": _("Order"),
            "chosen": asked.sort,
            "options": [
                ("due", _("Due first")),
                ("oldest", _("Oldest first")),
                ("newest", _("Newest first")),
                ("state", _("By state")),
                ("reference", _("By reference")),
            ],
        },
    ]


@declared(*STAFF)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The queue. The filters are in the address, so that a bookmark keeps them and a colleague sees the same list."""
    return _page(request, Asked.read(request.GET), request.GET.get("cursor", ""))


def _page(
    request: HttpRequest, asked: Asked, cursor: str, answers: Sequence[dict[str, Any]] = (), status: int = 200
) -> HttpResponse:
    viewer = viewer_of_request(request)
    visible = cases_visible_to(viewer)
    wanted = asked.wanted(viewer)
    try:
        today = queue.day(viewer.on)
        page = queue.listing(visible, wanted, today, order=asked.sort, cursor=cursor)
    except CursorRefused:
        return HttpResponseRedirect(reverse("web:work") + asked.query().rstrip("?"))
    everything = asked.wanted(viewer) if not asked.kind else Asked(**{**vars(asked), "kind": ""}).wanted(viewer)
    counts = queue.counts(visible, everything, today)
    lines = lines_of(page.items, viewer)
    types = wording.business_types(viewer.on)
    may_assign = bool(viewer.offices & ASSIGNERS) and bool(lines)
    total = counts.of(kinds=(asked.kind,) if asked.kind else None)
    context = {
        "asked": asked,
        "tabs": _tabs(asked, counts),
        "chips": asked.chips(types),
        "clear_href": Asked(kind=asked.kind).query(),
        "choices": _choices(asked, types),
        "sections": _sections(lines, counts, asked),
        "total": total,
        "workers": people.workers(viewer.on) if may_assign else [],
        "may_assign": may_assign,
        "key_field": key_field(),
        "answers": answers,
        "here": asked.query(),
        "page": c.Page(
            previous_href=asked.query() if cursor else "",
            next_href=f"{asked.query()}&cursor={page.next}" if page.next else "",
            shown=ngettext("%(shown)d of %(total)d case", "%(shown)d of %(total)d cases", total)
            % {"shown": len(lines), "total": total},
        ),
    }
    return render(request, "web/staff/work.html", context, status=status)


@declared(*ASSIGNERS)
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Assign several cases to one person: a command for each, with its own answer in the list that comes back."""
    from django.http import QueryDict

    here = request.POST.get("here", "").lstrip("?")
    asked = Asked.read(QueryDict(here))
    chosen = list(dict.fromkeys(request.POST.getlist("case")))[:MOST_AT_ONCE]
    if not chosen or not request.POST.get("account_id"):
        problem = _("Choose at least one case and the person who takes it.")
        return _page(request, asked, "", [{"reference": "", "granted": False, "words": problem}], 422)
    answers = [_assign_one(request, key) for key in chosen]
    status = 200 if any(one["granted"] for one in answers) else 422
    return _page(request, asked, "", answers, status)


def _assign_one(request: HttpRequest, key: str) -> dict[str, Any]:
    """One answer of the list: reference, whether it was done, and what was found."""
    values = {"case_id": key, "account_id": request.POST["account_id"]}
    try:
        answer: Answer = give(request, AssignCase, values, part=key)
    except BadInput as bad:
        return {"reference": key[:36], "granted": False, "words": " ".join(say(p.what) for p in bad.problems)}
    except Missing as gone:
        return {"reference": key[:36], "granted": False, "words": say(gone.sentence())}
    if answer.granted:
        return {"reference": answer.reference, "granted": True, "words": _("Assigned.")}
    return {"reference": answer.reference, "granted": False, "verdict": answer.verdict}
