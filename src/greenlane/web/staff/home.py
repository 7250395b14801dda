"""The home page of an office: what is late, what is due, what waits for me (971(a))."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework import queue
from greenlane.casework.queue import Group, Wanted
from greenlane.casework.recording import CommandRefused
from greenlane.law.authority import Office
from greenlane.people.visibility import Viewer, cases_visible_to
from greenlane.records.ledger import latest_checkpoint
from greenlane.records.models import Entry
from greenlane.vetting.models import ScreeningHit
from greenlane.vetting.queries import lists_on_record
from greenlane.web import charts
from greenlane.web import components as c
from greenlane.web.authority import OFFICE_TITLES, STAFF, declared, viewer_of_request
from greenlane.web.staff import people, wording
from greenlane.web.staff.queue_page import Section, lines_of

SHOWN = 8
OFFICES = (*STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)
WORKERS = frozenset({*people.WORKERS, Office.VALIDATOR, Office.PARTNER_AGENCY})
"""Offices to which cases come; the others oversee them."""


@declared(*OFFICES)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every overdue case stands here: signing in is the first step, opening it the second."""
    viewer = viewer_of_request(request)
    visible = cases_visible_to(viewer)
    today = queue.day(viewer.on)
    counts = queue.counts(visible, Wanted(), today)
    late, _more = queue.page(visible, Wanted(due="overdue"), today, size=SHOWN)
    works = bool(viewer.offices & WORKERS)
    mine, more = queue.page(visible, _mine(viewer), today, size=SHOWN) if works else ([], "")
    lines = lines_of(queue.items([*late, *mine], viewer.on), viewer)
    overdue, waiting = lines[: len(late)], lines[len(late) :]
    context = {
        "offices": [office for office in OFFICES if office in viewer.offices],
        "titles": [OFFICE_TITLES[office] for office in OFFICES if office in viewer.offices],
        "figures": _figures(viewer, counts, len(mine), bool(more)),
        "overdue": [Section(Group.OVERDUE, "", "bad", counts.of(Group.OVERDUE), overdue)] if overdue else [],
        "overdue_more": counts.of(Group.OVERDUE) > len(overdue),
        "mine": [Section(Group.LATER, "", "neutral", len(waiting), waiting)] if waiting else [],
        "mine_title": _mine_title(viewer),
        "mine_href": _mine_href(viewer),
        "works": works,
        "chart": _chart(counts.by_state()) if viewer.is_staff else None,
        "cards": _cards(viewer),
        "outsider": not viewer.is_staff,
        "appeals": Office.APPEAL_OFFICER in viewer.offices,
        "validations": bool(viewer.offices & {Office.VALIDATOR, Office.PARTNER_AGENCY}),
    }
    return render(request, "web/staff/home.html", context)


def _mine(viewer: Viewer) -> Wanted:
    """What waits for this person: own cases; for a supervisor, recommendations; for an analyst, investigations."""
    mine = Q(pk__in=people.cases_of(viewer.account, viewer.on))
    if Office.SUPERVISOR in viewer.offices:
        mine |= Q(kind="certification", state="recommended")
    if Office.VETTING_ANALYST in viewer.offices:
        mine |= Q(kind="investigation", state="open")
    return Wanted(where=(mine,))


def _mine_title(viewer: Viewer) -> str:
    if Office.SUPERVISOR in viewer.offices:
        return _("Waits for your decision, or is yours")
    if Office.VETTING_ANALYST in viewer.offices:
        return _("Investigations that are open")
    return _("Assigned to you")


def _mine_href(viewer: Viewer) -> str:
    if Office.SUPERVISOR in viewer.offices:
        query = "?kind=certification&state=recommended"
    elif Office.VETTING_ANALYST in viewer.offices:
        query = "?kind=investigation"
    else:
        query = "?assigned=me"
    return reverse("web:work") + query


def _figures(viewer: Viewer, counts: queue.Counts, mine: int, more: bool) -> list[c.Facet]:
    """Numbers that open into the cases behind them; the same for every office, then those of one."""
    work = reverse("web:work") if viewer.is_staff else ""

    def link(query: str) -> str:
        return work and work + query

    overdue = counts.of(Group.OVERDUE)
    found = [
        c.Facet(_("Overdue"), overdue, link("?due=overdue"), "bad" if overdue else "good"),
        c.Facet(_("Due soon"), counts.of(Group.SOON), link("?due=soon"), "warn", _("within 14 days")),
        c.Facet(_("Open"), counts.of(), link(""), "neutral"),
    ]
    if Office.VETTING_ANALYST in viewer.offices:
        hits = ScreeningHit.objects.filter(status="open").count()
        found.append(c.Facet(_("Hits to decide"), hits, reverse("web:screening-hits"), "warn" if hits else "good"))
    elif viewer.offices & {Office.SPECIALIST, Office.APPEAL_OFFICER} or not viewer.is_staff:
        note = _("at least") if more else ""
        found.append(c.Facet(_("Assigned to you"), mine, link("?assigned=me"), "info", note))
    if Office.AUDITOR in viewer.offices:
        refused = Entry.objects.filter(kind=CommandRefused.entry_kind).count()
        found.append(c.Facet(_("Refusals on record"), refused, reverse("web:audit-refusals"), "info"))
    return found


def _chart(states: list[tuple[str, str, int]]) -> charts.Chart | None:
    rows = [(_bar(kind, state), number) for kind, state, number in states]
    if not rows:
        return None
    title = _("Open cases by state")
    return charts.bar_chart(title, rows, category=_("Kind and state"), measure=_("Cases"))


def _bar(kind: str, state: str) -> str:
    """A short label: what is no certification names its kind."""
    words = str(wording.state_words(state))
    return words if kind == "certification" else f"{wording.kind_words(kind)}: {words.lower()}"


def _cards(viewer: Viewer) -> list[dict[str, Any]]:
    """Pages of an office beside the queue, each with how it stands."""
    cards: list[dict[str, Any]] = []
    if Office.PROGRAMME_MANAGER in viewer.offices:
        states = lists_on_record(viewer.on)
        old = sum(one.too_old for one in states)
        text = _("No list is on record yet.") if not states else _("%(n)d lists on record") % {"n": len(states)}
        text += f", {_('%(n)d too old') % {'n': old}}" if old else ""
        cards.append({"href": reverse("web:screening"), "title": _("Screening lists"), "text": text, "bad": bool(old)})
    if Office.PROGRAMME_MANAGER in viewer.offices:
        cards += [
            {"href": reverse("web:manage-people"), "title": _("People and offices"),
             "text": _("Accounts, offices, delegations and keys.")},
            {"href": reverse("web:manage-programmes"), "title": _("Programmes and criteria"),
             "text": _("Terms, editions of the criteria, guidelines.")},
        ]  # fmt: skip
    if Office.AUDITOR in viewer.offices:
        sealed = latest_checkpoint()
        text = _("%(size)d entries are sealed.") % {"size": sealed.size if sealed else 0}
        cards.append({"href": reverse("web:audit"), "title": _("Verify the record"), "text": text})
    return cards
