"""An agency's programme against ours, requirement by requirement, and what is still to be examined: 4311(b)(4)(B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework.registry import COMMANDS
from greenlane.criteria.catalogue import Criterion
from greenlane.law.authority import Office
from greenlane.release.compatibility import compatibility_of, edition_for, programmes_of, standing
from greenlane.release.models import Agency, AgencyProgramme, RequirementExamined
from greenlane.release.queries import agency_named
from greenlane.sharing.queries import agency_of
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.offering import opened

EXAMINE = "ExamineAgencyProgramme"
SHORT = 160
"""Characters of a criterion that its row shows."""


def programmes_table(agencies: list[Agency], on: date) -> c.Table:
    """The partnership programmes of agencies, and whether each is compatible with ours today."""
    columns = (
        c.Column(_("Programme of an agency"), heads_row=True),
        c.Column(_("Agency")),
        c.Column(_("Held against")),
        c.Column(_("Still open"), numeric=True),
        c.Column(_("State")),
    )
    rows = [_programme(row, on) for agency in agencies for row in programmes_of(agency)]
    return c.Table(_("Partnership programmes of agencies"), columns, rows, empty=_("None is on record."))


def _programme(row: AgencyProgramme, on: date) -> c.Row:
    verdict = compatibility_of(row, on)
    link = c.Link(row.name, reverse("web:release-agency-programme", args=[row.pk]))
    return c.Row((link, row.agency.code, row.business_type, len(verdict.failing), _state(verdict.granted)))


def _state(compatible: bool) -> c.Chip:
    return c.Chip(_("Compatible"), "good") if compatible else c.Chip(_("Not compatible yet"), "warn")


def _readable(request: HttpRequest, key: UUID) -> AgencyProgramme:
    """The programme; people of an agency read their own agency's only. Raises Http404."""
    row = AgencyProgramme.objects.select_related("agency").filter(pk=key).first()
    viewer = viewer_of_request(request)
    if row is None:
        raise Http404
    if not viewer.offices & set(STAFF):
        own = agency_named(agency_of(viewer.account, viewer.on)) if viewer.account else None
        if own != row.agency:
            raise Http404
    return row


@declared(*STAFF, Office.PARTNER_AGENCY)
@require_safe
def programme(request: HttpRequest, key: UUID) -> HttpResponse:
    """One programme of an agency: our requirements, theirs, what was found of each, why, and when."""
    row, viewer = _readable(request, key), viewer_of_request(request)
    edition, verdict = edition_for(row, viewer.on), compatibility_of(row, viewer.on)
    found = standing(row, viewer.on)
    columns = (
        c.Column(_("Our requirement"), heads_row=True),
        c.Column(_("Theirs")),
        c.Column(_("Found")),
        c.Column(_("Ground")),
        c.Column(_("Examined on")),
    )
    rows = list(_rows(edition.criteria if edition else (), found, linked=bool(viewer.offices & set(STAFF))))
    may = opened(COMMANDS[EXAMINE], viewer, None, None, False).granted
    give = reverse("web:release-give", args=[row.agency_id, EXAMINE])
    context = {
        "row": row,
        "state": _state(verdict.granted),
        "open": len(verdict.failing),
        "count": len(rows),
        "edition": edition,
        "examine": f"{give}?agency_programme={row.code}" if may else "",
        "table": c.Table(_("Requirement by requirement"), columns, rows, empty=_("No criteria are in force.")),
        "crumbs": [*_way(viewer.offices), c.Crumb(row.name)],
    }
    return render(request, "web/staff/release_agency_programme.html", context)


def _way(offices: frozenset[Office]) -> tuple[c.Crumb, ...]:
    if offices & set(STAFF):
        policies = c.Crumb(_("Policies"), reverse("web:release-policies"))
        return (c.Crumb(_("Release"), reverse("web:release")), policies)
    return (c.Crumb(_("Release"), reverse("web:agency-release")),)


def _rows(criteria: tuple[Criterion, ...], found: dict[str, RequirementExamined], *, linked: bool) -> Iterator[c.Row]:
    for one in criteria:
        what = f"{one.number} {one.text[:SHORT]}{'…' if len(one.text) > SHORT else ''}"
        known = found.get(one.number)
        if known is None:
            yield c.Row((what, "", c.Chip(_("Not yet examined"), "quiet"), "", ""))
            continue
        day = c.Link(str(known.examined_on), reverse("web:entry", args=[known.entry])) if linked else known.examined_on
        yield c.Row((what, known.theirs or "-", _found(known.compatible), known.ground, day))


def _found(compatible: bool | None) -> c.Chip:
    if compatible is None:
        return c.Chip(_("Not yet examined"), "quiet")
    return c.Chip(_("Compatible"), "good") if compatible else c.Chip(_("Not compatible"), "bad")
