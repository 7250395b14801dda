"""What the pages of screening share: their tabs, the names of the lists, and who decides a hit (964(b))."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.law.authority import Office
from greenlane.vetting.lists.entries import ListKind
from greenlane.web import components as c
from greenlane.web.authority import viewer_of_request

ADJUDICATORS = (Office.VETTING_ANALYST, Office.SUPERVISOR)
KIND_TITLES = {
    ListKind.OFAC_SDN: gettext_lazy("Specially Designated Nationals (OFAC)"),
    ListKind.OFAC_CONSOLIDATED: gettext_lazy("Consolidated non-SDN list (OFAC)"),
    ListKind.CSL: gettext_lazy("Consolidated Screening List (Commerce)"),
    ListKind.BIS_DPL: gettext_lazy("Denied Persons List (BIS)"),
    ListKind.UN_CONSOLIDATED: gettext_lazy("Consolidated list (United Nations)"),
}


def tabs(current: str, request: HttpRequest) -> list[c.Tab]:
    """The tabs of screening for this person; hits and patterns are for those who need to know them (971(c))."""
    found = [c.Tab(_("Lists"), reverse("web:screening"), current == "lists")]
    if viewer_of_request(request).needs_to_know:
        found.append(c.Tab(_("Hits to decide"), reverse("web:screening-hits"), current == "hits"))
        found.append(c.Tab(_("False patterns"), reverse("web:screening-patterns"), current == "patterns"))
    if viewer_of_request(request).offices & set(ADJUDICATORS):
        found.append(c.Tab(_("Screen names"), reverse("web:screening-names"), current == "names"))
    return found


def crumbs(*more: c.Crumb) -> list[c.Crumb]:
    """The way back to screening."""
    return [c.Crumb(_("Screening"), reverse("web:screening")), *more]
