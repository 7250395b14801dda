"""A company's own pages: what is not the person's own does not exist for them (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from greenlane.applications.models import Application
from greenlane.casework.models import Case
from greenlane.law.authority import Office
from greenlane.law.terms import BusinessType, Terms
from greenlane.participants.models import Participant
from greenlane.people.visibility import Viewer
from greenlane.programs.queries import terms_of
from greenlane.web.authority import viewer_of_request
from greenlane.web.components import Crumb, Tab

if TYPE_CHECKING:
    from django.http import HttpRequest

OPEN = frozenset({"draft", "returned"})
"""The states in which the company may write in its application."""


@dataclass
class Own:
    """A company account, opened by one of its people on a day; ``others`` are the person's other accounts."""

    participant: Participant
    viewer: Viewer
    others: tuple[Participant, ...] = field(default=(), kw_only=True)

    @property
    def today(self) -> date:
        return self.viewer.on

    @cached_property
    def terms(self) -> Terms:
        return terms_of(self.participant.programme, self.today)

    @property
    def business_type(self) -> BusinessType:
        """The kind of entity; one that the terms no longer name keeps its code as a title."""
        code = self.participant.business_type
        return self.terms.business_type(code) or BusinessType(code, code.replace("_", " ").capitalize())

    @property
    def is_officer(self) -> bool:
        return Office.APPLICANT_OFFICER in self.viewer.offices_for(self.participant.pk)

    @property
    def acting_office(self) -> Office:
        """The office in which the person acts here: the one that may do most."""
        held = self.viewer.offices_for(self.participant.pk)
        order = (Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT)
        return next((office for office in order if office in held), Office.PUBLIC)

    def href(self, name: str, **more: Any) -> str:
        """The address of a page of this company."""
        return reverse(f"web:trader-{name}", kwargs={"participant": self.participant.pk, **more})

    def shell(self, current: str, *crumbs: Crumb, **context: Any) -> dict[str, Any]:
        """What every page of the company needs: tabs, the way back, the company itself."""
        home = Crumb(self.participant.legal_name, "" if current == "home" else self.href("home"))
        return {
            "own": self,
            "participant": self.participant,
            "tabs": self.tabs(current),
            "crumbs": [] if current == "home" else [home, *crumbs],
            **context,
        }

    def tabs(self, current: str) -> list[Tab]:
        pages = (
            ("home", _("Overview")),
            ("profile", _("Company profile")),
            ("application", _("Application")),
            ("cases", _("Cases")),
            ("calendar", _("Calendar")),
            ("letters", _("Letters")),
            ("people", _("People")),
            ("verification", _("Verification")),
            ("reads", _("Who saw our data")),
        )
        return [Tab(title, self.href(name), current=name == current) for name, title in pages]


def own_company(request: HttpRequest, participant: UUID) -> Own:
    """The company account when the person of this request holds an office in it. Raises Http404."""
    viewer = viewer_of_request(request)
    if participant not in viewer.participants:
        raise Http404
    rows = Participant.objects.select_related("group").filter(pk__in=viewer.participants)
    accounts = {row.pk: row for row in rows.order_by("legal_name", "business_type")}
    own = accounts.pop(participant, None)
    if own is None:
        raise Http404
    return Own(own, viewer, others=tuple(accounts.values()))


@dataclass
class OwnApplication(Own):
    """An application of the company, with the state and reference of its case."""

    application: Application

    @property
    def state(self) -> str:
        return str(self.application.case_state)  # type: ignore[attr-defined]

    @property
    def reference(self) -> str:
        return str(self.application.reference)  # type: ignore[attr-defined]

    @property
    def writable(self) -> bool:
        return self.state in OPEN

    def page(self, name: str, **more: Any) -> str:
        """The address of a page of this application."""
        return reverse(f"web:application-{name}", kwargs={"case": self.application.pk, **more})

    def app_shell(self, title: str, *more: Crumb, first: bool = False, **context: Any) -> dict[str, Any]:
        """The shell of a page of the application; *title* is the page itself, *first* its overview."""
        overview = Crumb(_("Application"), "" if first else self.page("overview"))
        crumbs = [overview, *more, *([] if first else [Crumb(title)])]
        return self.shell("application", *crumbs, application=self.application, title=title, **context)


def applications_with_case() -> Any:
    """Applications with the state and reference of their case, in one query."""
    case = Case.objects.filter(pk=OuterRef("pk"))
    return Application.objects.select_related("participant__group").annotate(
        case_state=Subquery(case.values("state")[:1]), reference=Subquery(case.values("reference")[:1])
    )


def own_application(request: HttpRequest, case: UUID) -> OwnApplication:
    """The application when it is of a company in which the person holds an office. Raises Http404."""
    viewer = viewer_of_request(request)
    row = applications_with_case().filter(pk=case, participant_id__in=viewer.participants).first()
    if row is None:
        raise Http404
    return OwnApplication(row.participant, viewer, row)
