"""Mergers and splits of accounts, and agreements with agencies, for the programme manager (6 USC 962, 971(c))."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.models import Case
from greenlane.law.authority import Office
from greenlane.participants.models import ChangeConsent, Merger
from greenlane.programs.models import Programme
from greenlane.sharing.models import SharingAgreement
from greenlane.web import components as c
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.choices import Scene
from greenlane.web.command_pages import Asking, known
from greenlane.web.staff.agency_home import kinds_words

MOST = 200


@declared(Office.PROGRAMME_MANAGER, Office.AUDITOR)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Consents of officers that wait to be carried out, mergers, and agreements to share."""
    manages = Office.PROGRAMME_MANAGER in viewer_of_request(request).offices
    context = {
        "manages": manages,
        "title": _("Accounts and sharing"),
        "consents": _consents(),
        "mergers": _mergers(manages),
        "agreements": _agreements(manages),
    }
    return render(request, "web/staff/accounts.html", context)


def _consents() -> c.Table:
    rows = ChangeConsent.objects.select_related("participant", "other").filter(ended_on=None, used_by=None)
    columns = (c.Column(_("Company"), heads_row=True), c.Column(_("Consents to")), c.Column(_("With")),
               c.Column(_("Since")), c.Column(_("Why")))  # fmt: skip
    cells = [
        c.Row((c.Link(row.participant.legal_name, reverse("web:staff-company", args=[row.participant_id])),
               ACTS.get(row.act, row.act), row.other.legal_name if row.other else "-", row.given_on, row.reason))
        for row in rows.order_by("given_on", "id")[:MOST]
    ]  # fmt: skip
    return c.Table(_("Consents that wait"), columns, cells, empty=_("No consent waits to be carried out."))


def _mergers(manages: bool) -> c.Table:
    rows = Merger.objects.select_related("survivor", "merged").order_by("-merged_on", "id")[:MOST]
    columns = (c.Column(_("Merged"), heads_row=True), c.Column(_("Into")), c.Column(_("Day")), c.Column(_("Split on")),
               c.Column(_("Split")))  # fmt: skip
    cells = [
        c.Row((row.merged.legal_name, row.survivor.legal_name, row.merged_on, row.split_on or "-",
               "-" if row.split_on or not manages else c.Link(_("Split again"), _give(row.pk, "SplitAccount"))))
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Mergers"), columns, cells, empty=_("No account was merged."))


def _agreements(manages: bool) -> c.Table:
    titles = dict(Programme.objects.values_list("code", "title"))
    rows = SharingAgreement.objects.order_by("-since", "id")[:MOST]
    columns = (c.Column(_("Agency"), heads_row=True), c.Column(_("Programme")), c.Column(_("What it reads")),
               c.Column(_("What for")), c.Column(_("From")), c.Column(_("Until")), c.Column(_("End")))  # fmt: skip
    cells = [
        c.Row((row.agency, titles.get(row.programme, row.programme), kinds_words(row.kinds), row.purpose, row.since,
               row.ended_on or row.until,
               "-" if row.ended_on or not manages else c.Link(_("End"), _give(row.pk, "EndSharingAgreement"))))
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Agreements with agencies"), columns, cells, empty=_("No agreement was published."))


def _give(key: UUID, command: str) -> str:
    return reverse("web:manage-accounts-give", args=[key, command])


ACTS = {
    "survive": gettext_lazy("Merger: its account goes on"),
    "merge": gettext_lazy("Merger: its account goes into the other"),
    "split": gettext_lazy("Split"),
    "divide": gettext_lazy("Division"),
    "extract": gettext_lazy("Extract of a business type"),
}
"""What an officer consents to, in words."""

ENDS = frozenset({"SplitAccount", "EndSharingAgreement"})
"""Commands that are given to a merger or an agreement."""


@declared(Office.PROGRAMME_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: UUID, command: str) -> HttpResponse:
    """Split a merger, or end an agreement."""
    row = Case.objects.filter(pk=key, kind__in=("merger", "sharing_agreement")).first()
    if row is None or command not in ENDS:
        raise Http404
    spec, back = known(command), reverse("web:manage-accounts")
    asking = Asking(request, spec, Scene(viewer_of_request(request), row), back, fixed={spec.case_field: row.pk})
    crumbs = [c.Crumb(_("Accounts and sharing"), back), c.Crumb(_(spec.title))]
    return asking.answer("web/staff/give_open.html", {"crumbs": crumbs})
