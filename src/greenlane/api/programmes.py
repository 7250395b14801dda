"""Programmes, their terms in force, and the criteria that they ask: open to everybody (6 USC 961)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.shapes import PUBLIC, Shape, listed, of, page_of, reply, show
from greenlane.casework.problems import Missing
from greenlane.criteria.queries import edition_in_force
from greenlane.programs.models import Programme
from greenlane.programs.queries import terms_version

router = Router(tags=["programmes"])
On = Annotated[date | None, Query(alias="on", description="As in force on this day; today unless said.")]


class ProgrammeShape(Shape):
    """A partnership programme."""

    floor = "public"

    code: Annotated[str, PUBLIC]
    title: Annotated[str, PUBLIC]
    agency: Annotated[str, PUBLIC]


class OneProgrammeShape(ProgrammeShape):
    """A programme with the version of its terms that is in force."""

    number: Annotated[int, PUBLIC]
    effective_from: Annotated[date, PUBLIC]
    sha256: Annotated[str, PUBLIC]
    terms: Annotated[dict[str, Any], PUBLIC]


class CriterionShape(Shape):
    """One requirement, as one business type meets it."""

    floor = "public"

    number: Annotated[str, PUBLIC]
    category: Annotated[int, PUBLIC]
    level: Annotated[str, PUBLIC]
    text: Annotated[str, PUBLIC]
    areas: Annotated[list[str], PUBLIC]
    cargo_kinds: Annotated[list[str], PUBLIC]
    evidence_hint: Annotated[str, PUBLIC]
    note: Annotated[str, PUBLIC]
    number_status: Annotated[str, PUBLIC]


class EditionShape(Shape):
    """The criteria of one business type, in force from a day; 'basis' says how far the selection can be trusted."""

    floor = "public"

    programme: Annotated[str, PUBLIC]
    business_type: Annotated[str, PUBLIC]
    version: Annotated[str, PUBLIC]
    in_force_from: Annotated[date, PUBLIC]
    basis: Annotated[str, PUBLIC]
    criteria: Annotated[list[CriterionShape], PUBLIC]


@operation(
    router,
    "GET",
    "/programmes",
    access=Access.PUBLIC,
    citations=("6 USC 961(a)", "19 USC 4311(a)"),
    response=page_of(ProgrammeShape),
)
def programmes(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """Every programme, by code."""
    found, following = page(Programme.objects.all(), ("code",), limit, cursor, "programmes")
    columns = tuple(ProgrammeShape.model_fields)
    return listed(request, (show(ProgrammeShape, of(row, *columns), "public") for row in found), following)


@operation(
    router,
    "GET",
    "/programmes/{code}",
    access=Access.PUBLIC,
    citations=("6 USC 961(a)", "19 USC 4311(a)"),
    response=OneProgrammeShape,
)
def one_programme(request: HttpRequest, code: str, on: On = None) -> HttpResponse:
    """A programme with its terms in force: tiers, business types, areas, benefits, clocks."""
    programme = Programme.objects.filter(code=code[:40]).first()
    if programme is None:
        raise Missing("programme", code[:40])
    version = terms_version(programme.code, on or authority.today())
    values = {
        **of(programme, *ProgrammeShape.model_fields),
        **of(version, "number", "effective_from", "sha256"),
        "terms": version.pack,
    }
    return reply(request, show(OneProgrammeShape, values, "public"), public=True)


@operation(
    router,
    "GET",
    "/criteria/{business_type}",
    access=Access.PUBLIC,
    citations=("6 USC 961(b)", "6 USC 963(3)"),
    response=EditionShape,
)
def criteria(
    request: HttpRequest,
    business_type: str,
    programme: Annotated[str, Query(max_length=40)] = "ctpat",
    on: On = None,
) -> HttpResponse:
    """The criteria of a business type that are in force."""
    edition = edition_in_force(programme, business_type[:60], on or authority.today())
    rows = [
        show(
            CriterionShape,
            {
                **{name: getattr(one, name) for name in CriterionShape.model_fields if name != "note"},
                "note": one.note.text if one.note else "",
            },
            "public",
        )
        for one in edition.criteria
    ]
    columns = ("programme", "business_type", "version", "in_force_from", "basis")
    return reply(request, show(EditionShape, {**of(edition, *columns), "criteria": rows}, "public"), public=True)
