"""What the header offers to whom, so that nobody is led to a page that is closed to them: 971(c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from greenlane.law.authority import Office
from greenlane.web.authority import COMPANY, STAFF, offices_of_request

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Item:
    """An entry: its label, the name of its address, and to whom it is shown.

    ``offices`` empty means every signed-in person; ``public`` means everybody. ``under`` lists further address
    prefixes (such as '/cases/') on whose pages this entry is marked as current.
    """

    label: str | Promise
    url_name: str
    offices: frozenset[Office] = frozenset()
    public: bool = False
    under: tuple[str, ...] = ()


# A page founder adds one row here for each page that belongs in the header. A test opens every row.
_PROGRAMME_PAGES = ("/manage/editions/", "/manage/guidelines/")

ITEMS: tuple[Item, ...] = (
    Item(_("Home"), "web:home"),
    Item(_("My company"), "web:trader", frozenset(COMPANY), under=("/application/",)),
    Item(_("Work"), "web:work", frozenset(STAFF), under=("/cases/", "/records/")),
    Item(_("Calendar"), "web:calendar", frozenset({*STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY})),
    Item(_("Companies"), "web:staff-companies", frozenset(STAFF)),
    Item(_("Revalidation"), "web:revalidation", frozenset(STAFF)),
    Item(_("Release"), "web:release", frozenset(STAFF)),
    Item(_("Validators"), "web:validators", frozenset({*STAFF, Office.VALIDATOR})),
    Item(_("Screening"), "web:screening", frozenset(STAFF)),
    Item(_("People"), "web:manage-people", frozenset({Office.PROGRAMME_MANAGER, Office.AUDITOR})),
    Item(
        _("Programmes"), "web:manage-programmes", frozenset(STAFF), under=("/manage/editions/", "/manage/guidelines/")
    ),
    Item(_("Lend an office"), "web:lend", frozenset({Office.SPECIALIST, Office.SUPERVISOR, Office.PROGRAMME_MANAGER})),
    Item(_("Audit"), "web:audit", frozenset({Office.AUDITOR, Office.PROGRAMME_MANAGER})),
    Item(_("Accounts"), "web:manage-accounts", frozenset({Office.PROGRAMME_MANAGER, Office.AUDITOR})),
    Item(_("Participants"), "web:agency-participants", frozenset({Office.PARTNER_AGENCY})),
    Item(_("Release"), "web:agency-release", frozenset({Office.PARTNER_AGENCY})),
    Item(_("The law"), "web:law", public=True),
)


@dataclass(frozen=True)
class Entry:
    """An entry ready to show."""

    label: str
    href: str
    current: bool


def entries(request: HttpRequest, items: tuple[Item, ...] | None = None) -> list[Entry]:
    """The entries that the person of this request may open, in order, with the current one marked."""
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    shown = []
    for item in ITEMS if items is None else items:
        if not item.public and not signed_in:
            continue
        if item.offices and not item.offices & offices_of_request(request):
            continue
        href = reverse(item.url_name)
        prefixes = (*item.under, href) if href != "/" else item.under
        current = request.path == href or any(request.path.startswith(prefix) for prefix in prefixes)
        shown.append(Entry(str(item.label), href, current))
    return shown
