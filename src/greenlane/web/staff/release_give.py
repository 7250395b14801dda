"""Ask for the commands of release: drafts, thresholds, agencies, criteria, arrangements (6 USC 964(a); 19 USC 4311)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from greenlane.casework.answers import Answer
from greenlane.casework.models import Case
from greenlane.casework.registry import COMMANDS
from greenlane.release import queries
from greenlane.release.models import ReleasePolicy
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.choices import Scene
from greenlane.web.command_pages import Asking
from greenlane.web.staff.release_policies import AT_LARGE, IN_ARRANGEMENT, IN_POLICY

IN_REGISTER = {
    **dict.fromkeys(("AdoptAgencyCriteria", "RecordAgencyProgramme", "ExamineAgencyProgramme"), "release_agency"),
    **dict.fromkeys(IN_ARRANGEMENT, "release_arrangement"),
    **dict.fromkeys(IN_POLICY, "release_policy"),
}
PAGES = {"release_arrangement": "web:release-arrangement", "release_policy": "web:release-policy"}
"""The page of a case, to which a command leads back; those of agencies stand together on one."""


@declared(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: UUID, command: str) -> HttpResponse:
    """Give a command to a policy, or to the register of an agency or of an arrangement."""
    kind = IN_REGISTER.get(command)
    register = Case.objects.filter(pk=key, kind=kind).first() if kind else None
    if register is None:
        raise Http404
    spec, listed = COMMANDS[command], reverse("web:release-policies")
    back = reverse(PAGES[register.kind], args=[key]) if register.kind in PAGES else listed
    asking = Asking(request, spec, Scene(viewer_of_request(request), register), back, fixed={"case_id": key})
    name = _name(register)
    crumbs = [
        c.Crumb(_("Release"), reverse("web:release")),
        c.Crumb(_("Policies"), listed),
        *((c.Crumb(name, back),) if back != listed else ()),
        c.Crumb(_(spec.title)),
    ]
    return asking.answer("web/staff/give_open.html", {"crumbs": crumbs, "company": name})


def _name(register: Case) -> str:
    """What the policy, the agency or the programme abroad is called."""
    if register.kind == "release_policy":
        return queries.policy_of(register.pk).title
    if register.kind == "release_agency":
        return queries.agency_with(register.pk).name
    return queries.arrangement_with(register.pk).partner_programme


@dataclass
class Drafting(Asking):
    """A draft begins with the numbers in force, so that only what changes need be written."""

    @property
    def initial(self) -> dict[str, Any]:
        found = super().initial
        row = queries.policies(found.get("programme", "")).filter(status=queries.PUBLISHED).first()
        if self.spec.name == "DraftReleasePolicy" and row is not None:
            found |= {"programme": row.programme, "numbers": row.numbers}
        return found


@declared(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def give_at_large(request: HttpRequest, command: str) -> HttpResponse:
    """Give a command that begins something in release: a draft, a threshold, an agency, an arrangement."""
    if command not in AT_LARGE:
        raise Http404
    spec, back = COMMANDS[command], reverse("web:release-policies")
    asking = Drafting(request, spec, Scene(viewer_of_request(request)), back)
    crumbs = [c.Crumb(_("Release"), reverse("web:release")), c.Crumb(_("Policies"), back), c.Crumb(_(spec.title))]
    return asking.answer("web/staff/give_open.html", {"crumbs": crumbs}, _to_policy(back))


def _to_policy(back: str) -> Callable[[Answer], str]:
    """To the policy that was drafted; back to all of them after anything else."""

    def after(answer: Answer) -> str:
        opened = answer.case_id
        drafted = opened is not None and ReleasePolicy.objects.filter(pk=opened).exists()
        return reverse("web:release-policy", args=[opened]) if drafted else back

    return after
