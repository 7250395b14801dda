"""The calendar of visits and last days for staff and companies, and the private address of its feed (6 USC 971(c))."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from greenlane.casework.dates import legal_date
from greenlane.casework.problems import BadInput
from greenlane.law.authority import Office
from greenlane.people.commands_calendar import CloseCalendarFeed, OpenCalendarFeed
from greenlane.people.queries import account_of_feed, calendar_feeds, feed_hash
from greenlane.people.visibility import Viewer, reading_office, viewer_of
from greenlane.records.reads import log_reads
from greenlane.web import components as c
from greenlane.web.authority import COMPANY, STAFF, declared, viewer_of_request
from greenlane.web.calendar_days import MOST, Dated, Scope, between, month_named, month_of
from greenlane.web.giving import give, key_field
from greenlane.web.ical import Event, calendar_text
from greenlane.web.staff.people import cases_of
from greenlane.web.trader.access import own_company

READERS = (*STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)
BACK, AHEAD = timedelta(days=62), timedelta(days=400)
"""How far a feed reaches."""
SHOWN_ONCE = "calendar_address"
"""Where a session keeps the address that was just opened, until it is shown: once."""


@declared(*READERS)
@never_cache
@require_safe
def staff_calendar(request: HttpRequest) -> HttpResponse:
    """A month of one's own cases, or of all that one may see."""
    viewer = viewer_of_request(request)
    everything = request.GET.get("of") == "all"
    scope = Scope(viewer, mine=None if everything else cases_of(viewer.account, viewer.on))
    here = reverse("web:calendar")
    tabs = [
        c.Tab(_("Cases assigned to me"), _address(here, request, ""), current=not everything),
        c.Tab(_("Every case"), _address(here, request, "all"), current=everything),
    ]
    context = _month(request, scope, here, {"of": "all"} if everything else {})
    return render(request, "web/staff/calendar.html", {**context, "tabs": tabs})


def _address(here: str, request: HttpRequest, of: str) -> str:
    pairs = [("month", request.GET.get("month", "")[:7]), ("of", of)]
    query = "&".join(f"{name}={value}" for name, value in pairs if value and value.replace("-", "").isalnum())
    return f"{here}?{query}" if query else here


@declared(*COMPANY)
@never_cache
@require_safe
def trader_calendar(request: HttpRequest, participant: UUID) -> HttpResponse:
    """A month of the company: visits that it was told of, and last days."""
    own = own_company(request, participant)
    scope = Scope(own.viewer, own.participant.pk)
    context = _month(request, scope, own.href("calendar"), {})
    shell = own.shell("calendar", c.Crumb(_("Calendar")), title=_("Calendar"), **context)
    return render(request, "web/trader/calendar.html", shell)


def _month(request: HttpRequest, scope: Scope, here: str, kept: dict[str, str]) -> dict[str, Any]:
    """What both pages of a month need; each entry carries the address of its case."""
    month = month_of(month_named(request.GET.get("month", ""), scope.viewer.on), scope)
    more = "".join(f"&{name}={value}" for name, value in kept.items())
    links = {one.case.pk: case_address(scope, one) for week in month.weeks for day in week for one in day.entries}
    token = request.session.pop(SHOWN_ONCE, "")
    note_outsider(
        scope.viewer, {one.case.participant_id for week in month.weeks for day in week for one in day.entries}
    )
    return {
        "month": month,
        "weeks": [[(day, [(one, links[one.case.pk]) for one in day.entries]) for day in week] for week in month.weeks],
        "any": any(day.entries and day.inside for week in month.weeks for day in week),
        "previous_href": f"{here}?month={month.before}{more}",
        "next_href": f"{here}?month={month.after}{more}",
        "today_href": here + (f"?{more[1:]}" if more else ""),
        "here": here,
        "key_field": key_field(),
        "feed": calendar_feeds(scope.viewer.account).last() if scope.viewer.account else None,
        "feed_address": request.build_absolute_uri(reverse("web:calendar-feed", args=[token])) if token else "",
    }


def note_outsider(viewer: Viewer, participants: Iterable[UUID | None]) -> None:
    """Keep on record that somebody who is neither of the programme nor of the company saw its dates (971(c))."""
    if viewer.account is None or viewer.is_staff:
        return
    keys = sorted(key for key in set(participants) if key is not None and key not in viewer.participants)
    log_reads(viewer.account, reading_office(viewer), keys, "dates of its cases", "calendar", timezone.now())


def case_address(scope: Scope, one: Dated) -> str:
    """The page of the case behind an entry, for the one who looks; '' for a register."""
    if scope.participant is not None:
        return reverse("web:trader-case", kwargs={"participant": scope.participant, "key": one.case.pk})
    return reverse("web:case", args=[one.case.pk])


@declared("signed_in")
@require_POST
def feed_open(request: HttpRequest) -> HttpResponse:
    """Open a new private address, shown once; an older one stops at once."""
    token = secrets.token_urlsafe(32)
    try:
        answer = give(request, OpenCalendarFeed, {"account_id": request.user.pk, "hash": feed_hash(token)})
    except BadInput:  # the same form sent again would open another address: the first one stands
        if SHOWN_ONCE not in request.session:
            messages.info(request, _("This form was already sent. To get another address, open a new one below."))
        return _back(request)
    if answer.granted:
        request.session[SHOWN_ONCE] = token
    return _back(request)


@declared("signed_in")
@require_POST
def feed_close(request: HttpRequest) -> HttpResponse:
    """Close the private address at once."""
    if calendar_feeds(request.user.pk).exists():
        try:
            give(request, CloseCalendarFeed, {"account_id": request.user.pk})
        except BadInput:
            messages.warning(request, _("The address is still open. Load this page again, and close it once more."))
            return _back(request)
    messages.success(request, _("The calendar address is closed. Nothing can be read from it any more."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the calendar that the person came from: of the company, or of the staff."""
    viewer = viewer_of_request(request)
    asked = request.POST.get("participant", "")
    own = next((key for key in viewer.participants if str(key) == asked), None)
    if own is not None:
        return HttpResponseRedirect(reverse("web:trader-calendar", kwargs={"participant": own}))
    return HttpResponseRedirect(reverse("web:calendar"))


@declared("public")
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of the person to whom the address belongs, as text/calendar. A closed address looks like none."""
    today = legal_date(timezone.now())
    account = account_of_feed(token, today)
    if account is None:
        raise Http404
    viewer = viewer_of(account, today)
    found = [(scope, one) for scope in _scopes(viewer) for one in _window(scope)][:MOST]
    note_outsider(viewer, {one.case.participant_id for _scope, one in found})
    events = [_event(request, scope, one) for scope, one in found]
    text = calendar_text(_("Greenlane: %(name)s") % {"name": account.name}, events, timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="greenlane.ics"'
    return response


def _scopes(viewer: Viewer) -> list[Scope]:
    """The companies that the person acts for, and the cases that are assigned to the person."""
    scopes = [Scope(viewer, key) for key in viewer.participants]
    if viewer.offices & set(READERS):
        scopes.append(Scope(viewer, mine=cases_of(viewer.account, viewer.on)))
    return scopes


def _window(scope: Scope) -> list[Dated]:
    return between(scope, scope.viewer.on - BACK, scope.viewer.on + AHEAD)


def _event(request: HttpRequest, scope: Scope, one: Dated) -> Event:
    return Event(
        uid=f"{one.kind}-{one.key}@greenlane",
        first=one.first,
        last=one.last,
        summary=f"{one.title} ({one.case.reference})",
        description=one.detail,
        url=request.build_absolute_uri(case_address(scope, one)),
        sequence=one.case.changes,
        busy=one.kind == "visit",
        categories=(_("Visit") if one.kind == "visit" else _("Last day"),),
    )
