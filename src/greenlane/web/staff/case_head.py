"""What stands above every page of a case: who, what, how it stands, what it is due by, and the tabs (971(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.applications.models import Application
from greenlane.applications.queries import application_of
from greenlane.casework.models import Case
from greenlane.casework.queue import WORK_KINDS, DueItem, soonest
from greenlane.certification.models import Certification
from greenlane.certification.queries import certification_of
from greenlane.participants.models import Participant
from greenlane.people.visibility import Viewer
from greenlane.vetting.models import Investigation
from greenlane.vetting.queries import investigations
from greenlane.web.authority import viewer_of_request
from greenlane.web.components import Chip, Crumb, Tab
from greenlane.web.offering import REGISTERS
from greenlane.web.panels.registry import STAFF_PAGES, command_page, heading_of
from greenlane.web.shared.access import case_for, note_read
from greenlane.web.staff import people, wording

if TYPE_CHECKING:
    from django.http import HttpRequest

TABS = {
    "case": gettext_lazy("Overview"),
    "case-application": gettext_lazy("Application"),
    "case-criteria": gettext_lazy("Criteria"),
    "case-checks": gettext_lazy("Checks"),
    "case-decide": gettext_lazy("Decision"),
    "case-timeline": gettext_lazy("Timeline"),
    "case-letters": gettext_lazy("Letters"),
    "case-documents": gettext_lazy("Documents"),
    "case-reads": gettext_lazy("Access log"),
}
_STORY = ("case-timeline", "case-letters", "case-documents", "case-reads")
TABS_OF = {
    "certification": tuple(TABS),
    "investigation": ("case-checks", *_STORY),
    "application": ("case-application", *_STORY),
}
"""The pages of a case where they are not an overview and its story."""


def tabs_of(kind: str) -> tuple[str, ...]:
    """The pages of a kind of case."""
    return TABS_OF.get(kind, ("case", *_STORY))


command_page("RecommendRefusal", staff="case-grounds")
command_page("ReviewCriteria", staff="case-criteria")
command_page("AdjudicateHit", staff="case-checks")


@dataclass
class Head:
    """A case that a person has opened, with the rows around it; what a page does not ask for is not read."""

    case: Case
    viewer: Viewer
    owner: Participant | None
    certification: Certification | None
    application: Application | None
    current: str

    @property
    def participant(self) -> Participant:
        """The company that the case concerns. Raises Http404 for a case of no company."""
        if self.owner is None:
            raise Http404
        return self.owner

    @cached_property
    def title(self) -> str:
        """Whose case it is: the company, or what the kind of case is named by."""
        return self.owner.legal_name if self.owner else heading_of(self.case) or str(self.kind)

    @property
    def on(self) -> date:
        return self.viewer.on

    @cached_property
    def due(self) -> DueItem | None:
        """The deadline by which the case is due, as it stands today."""
        return soonest([self.case], self.on).get(self.case.pk)

    @cached_property
    def people(self) -> dict[UUID, str]:
        """Those to whom the case is assigned."""
        return people.assigned([self.case.pk], self.on).get(self.case.pk, {})

    @property
    def mine(self) -> bool:
        return self.viewer.account in self.people

    @cached_property
    def investigation(self) -> Investigation | None:
        """The background investigation of this case: itself, or the one that the application is vetted by."""
        rows = investigations().order_by("-opened_at", "-pk")
        if self.case.kind == "investigation":
            return rows.filter(pk=self.case.pk).first()
        return rows.filter(application_id=self.application.pk).first() if self.application else None

    def offered(self, *commands: str) -> frozenset[str]:
        """Those of the commands that are open to this person here."""
        return people.offered(self.viewer, self.case, commands, self.mine)

    @property
    def business_type(self) -> str:
        row = self.owner
        return wording.business_type(row.programme, row.business_type, self.on) if row else ""

    @property
    def state(self) -> Chip:
        return wording.chip(wording.STATES, self.case.state)

    @property
    def standing(self) -> Chip:
        return wording.chip(wording.STANDINGS, self.participant.standing)

    @property
    def kind(self) -> Any:
        return wording.kind_words(self.case.kind)

    def href(self, name: str) -> str:
        return reverse(f"web:{name}", args=[self.case.pk])

    def give_href(self, command: str) -> str:
        """The page on which a command is given to this case."""
        if command in STAFF_PAGES:
            return self.href(STAFF_PAGES[command])
        return reverse("web:case-give", args=[self.case.pk, command])

    @property
    def tabs(self) -> list[Tab]:
        found = [Tab(TABS[name], self.href(name), name == self.current) for name in tabs_of(self.case.kind)]
        return found if self.owner else [tab for tab in found if tab.title != TABS["case-reads"]]

    @property
    def crumbs(self) -> list[Crumb]:
        # an outside validator and an agency read cases, and have no queue to go back to
        back = Crumb(_("Work"), reverse("web:work")) if self.viewer.is_staff else Crumb(_("Home"), reverse("web:home"))
        return [back, Crumb(self.case.reference)]

    def context(self, **more: Any) -> dict[str, Any]:
        """The context of a page of this case."""
        return {"head": self, "crumbs": self.crumbs, **more}


def open_case(
    request: HttpRequest, key: UUID, current: str, *, what: str = "", purpose: str = "", case: Case | None = None
) -> Head:
    """The case for a page of it, with the look written to the log of reads where *what* says what is looked at.

    Raises Http404 for a case that this person may not know of, and for a page that this kind of case does not have.
    """
    case = case or case_for(request, key)
    if case.kind not in (*WORK_KINDS, *REGISTERS) or (current and current not in tabs_of(case.kind)):
        raise Http404
    head = _head(case, viewer_of_request(request), current)
    if what:
        note_read(request, case.participant_id, f"{what} ({case.reference})", purpose or _purpose(case))
    return head


def _purpose(case: Case) -> str:
    return f"work on the {case.kind}"


def _head(case: Case, viewer: Viewer, current: str) -> Head:
    if case.kind == "certification":
        row = certification_of(case.pk)
        return Head(case, viewer, row.participant, row, row.application, current)
    if case.kind == "application":
        application = application_of(case.pk)
        return Head(case, viewer, application.participant, None, application, current)
    owner = Participant.objects.select_related("group").filter(pk=case.participant_id).first()
    return Head(case, viewer, owner, None, None, current)
