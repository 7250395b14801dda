"""Who saw our data: every look by anybody else, when, what and what for (6 USC 971(c), RC-22)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.law.authority import Office
from greenlane.people.models import Account, OfficeHolding
from greenlane.records.models import ReadLog
from greenlane.records.reads import reads_of
from greenlane.web import components as c
from greenlane.web.authority import COMPANY, OFFICE_TITLES, declared
from greenlane.web.trader.access import own_company
from greenlane.web.words import say

PAGE = 50
_TITLES = {office.value: title for office, title in OFFICE_TITLES.items()}


@declared(*COMPANY)
@require_safe
def reads(request: HttpRequest, participant: UUID) -> HttpResponse:
    """The looks at the company's data, the newest first, fifty on a page; 'before' continues after the last one."""
    own = own_company(request, participant)
    before = request.GET.get("before", "")
    rows = reads_of(participant)
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(id__lt=int(before))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    names, agencies = _people(shown)
    columns = (c.Column(_("When"), heads_row=True), c.Column(_("Who")), c.Column(_("Office or agency")),
               c.Column(_("What")), c.Column(_("What for")))  # fmt: skip
    cells = [
        c.Row((row.at, names.get(row.account, _("The platform")) if row.account else _("The platform"),
               _whence(row, agencies), row.what, row.purpose))
        for row in shown
    ]  # fmt: skip
    title = _("Who saw our data")
    following = f"?before={shown[-1].pk}" if len(found) > PAGE else ""
    context = own.shell(
        "reads",
        c.Crumb(title),
        title=title,
        table=c.Table(title, columns, cells, caption_hidden=True, empty=_("Nobody else looked at your data yet.")),
        page=c.Page(previous_href=own.href("reads") if before else "", next_href=following),
    )
    return render(request, "web/trader/reads.html", context)


def _people(rows: Iterable[ReadLog]) -> tuple[dict[Any, str], dict[Any, str]]:
    """The names of those who looked, and of their agencies: two queries for a page."""
    keys = {row.account for row in rows if row.account}
    names = dict(Account.objects.filter(pk__in=keys).values_list("pk", "name"))
    held = OfficeHolding.objects.filter(account_id__in=keys, office=Office.PARTNER_AGENCY.value)
    return names, dict(held.order_by("effective_from", "id").values_list("account_id", "agency"))


def _whence(row: ReadLog, agencies: dict[Any, str]) -> str:
    """The agency of somebody who read for one, the office of anybody else."""
    if row.office == Office.PARTNER_AGENCY.value and agencies.get(row.account):
        return str(agencies[row.account])
    return str(_TITLES[row.office]) if row.office in _TITLES else say(row.office)
