"""The home page of an office: what is late, what is due, what waits for me (971(a))."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from greenlane.casework import queue
from greenlane.casework.outbox import refused
from greenlane.casework.queue import Group, Wanted
from greenlane.law.authority import Office
from greenlane.people.visibility import Viewer, cases_visible_to
from greenlane.sharing.queries import agency_of
from greenlane.vetting.queries import lists_on_record
from greenlane.web import charts
from greenlane.web.authority import OFFICE_TITLES, STAFF, declared, viewer_of_request
from greenlane.web.offering import at_large
from greenlane.web.staff import people, wording
from greenlane.web.staff.agency_home import AgencyHome, agency_home
from greenlane.web.staff.home_figures import figures
from greenlane.web.staff.oversight import first_look
from greenlane.web.staff.queue_page import Section, lines_of
from greenlane.web.staff.waiting import WAITS, waits_for

SHOWN = 8
OFFICES = (*STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)
WORKERS = frozenset({*people.WORKERS, Office.PROGRAMME_MANAGER, Office.VALIDATOR, Office.PARTNER_AGENCY})
"""Offices to which cases come, by assignment or by their state; the others oversee them."""


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
        "figures": figures(viewer, visible, today, counts, (len(mine), bool(more))),
        "overdue": [Section(Group.OVERDUE, "", "bad", counts.of(Group.OVERDUE), overdue)] if overdue else [],
        "overdue_more": counts.of(Group.OVERDUE) > len(overdue),
        "mine": [Section(Group.LATER, "", "neutral", len(waiting), waiting)] if waiting else [],
        "mine_title": _mine_title(viewer),
        "mine_href": _mine_href(viewer),
        "works": works,
        "chart": _chart(counts.by_state()) if viewer.is_staff else None,
        "cards": _cards(viewer),
        "audit": first_look(counts.of(Group.OVERDUE), viewer.on) if Office.AUDITOR in viewer.offices else None,
        "agency": _agency(viewer),
        "outsider": not viewer.is_staff,
        "by_assignment": bool(viewer.offices & {Office.VALIDATOR, Office.PARTNER_AGENCY}),
        "openers": [
            {"href": reverse("web:staff-give", args=[spec.name]), "title": _(spec.title), "help": _(spec.summary)}
            for spec in at_large(viewer)
        ],
    }
    return render(request, "web/staff/home.html", context)


def _agency(viewer: Viewer) -> AgencyHome | None:
    """What a partner agency's own part shows; None for everybody else."""
    if viewer.account is None or Office.PARTNER_AGENCY not in viewer.offices:
        return None
    return agency_home(agency_of(viewer.account, viewer.on), viewer.on)


def _mine(viewer: Viewer) -> Wanted:
    """What waits for this person: own cases, and what waits for an office that the person holds."""
    mine = Q(pk__in=people.cases_of(viewer.account, viewer.on))
    for office in WAITS:
        if office in viewer.offices:
            mine |= waits_for(office)
    return Wanted(where=(mine,))


def _waits(viewer: Viewer) -> Office | None:
    return next((office for office in WAITS if office in viewer.offices), None)


def _mine_title(viewer: Viewer) -> str:
    titles = {
        Office.SUPERVISOR: _("Waits for your decision, or is yours"),
        Office.VETTING_ANALYST: _("Investigations that are open, and your cases"),
        Office.PROGRAMME_MANAGER: _("Waits for you"),
    }
    office = _waits(viewer)
    return titles[office] if office else _("Assigned to you")


def _mine_href(viewer: Viewer) -> str:
    office = _waits(viewer)
    return reverse("web:work") + (f"?waits={office.value}" if office else "?assigned=me")


def _chart(states: list[tuple[str, str, int]]) -> charts.Chart | None:
    rows = [(_bar(kind, state), number) for kind, state, number in states]
    if not rows:
        return None
    title = _("Open cases by state")
    said = _("Open cases by kind and state.")
    return charts.bar_chart(title, rows, category=_("Kind and state"), measure=_("Cases"), description=said)


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
        text = (
            _("No list is on record yet.")
            if not states
            else ngettext("%(n)d list on record", "%(n)d lists on record", len(states)) % {"n": len(states)}
        )
        text += f", {_('%(n)d too old') % {'n': old}}" if old else ""
        cards.append({"href": reverse("web:screening"), "title": _("Screening lists"), "text": text, "bad": bool(old)})
    if Office.PROGRAMME_MANAGER in viewer.offices:
        cards += [
            {"href": reverse("web:manage-people"), "title": _("People and offices"),
             "text": _("Accounts, offices, delegations and keys.")},
            {"href": reverse("web:manage-programmes"), "title": _("Programmes and criteria"),
             "text": _("Terms, editions of the criteria, guidelines.")},
        ]  # fmt: skip
    if Office.PROGRAMME_MANAGER in viewer.offices:
        undone = refused().count()
        text = ngettext("%(n)d thing needs a person.", "%(n)d things need a person.", undone) % {"n": undone}
        text = text if undone else _("Everything that follows was carried out.")
        title = _("What the platform could not do")
        cards.append({"href": reverse("web:audit-undone"), "title": title, "text": text, "bad": bool(undone)})
    return cards
