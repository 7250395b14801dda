"""Every clause of the two laws, exactly as published: 6 USC 961-973, 19 USC 4311."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from greenlane.api.authority import Access, operation
from greenlane.api.shapes import PUBLIC, Shape, reply, show
from greenlane.casework.doors import public_commands
from greenlane.casework.problems import Missing
from greenlane.law import sections
from greenlane.law.citations import Citation, citations
from greenlane.law.verdicts import rules

router = Router(tags=["law"])
_ = sections  # registers every rule


class ClauseShape(Shape):
    """A clause: its citation, heading and exact text."""

    floor = "public"

    cite: Annotated[str, PUBLIC]
    slug: Annotated[str, PUBLIC]
    heading: Annotated[str, PUBLIC]
    text: Annotated[str, PUBLIC]


class OneClauseShape(ClauseShape):
    """A clause with what stands under it, and what carries it out: rules and commands."""

    parent: Annotated[str, PUBLIC]
    children: Annotated[list[str], PUBLIC]
    rules: Annotated[list[str], PUBLIC]
    commands: Annotated[list[str], PUBLIC]


class LawShape(Shape):
    """All clauses, in the order of the statute."""

    floor = "public"

    items: Annotated[list[ClauseShape], PUBLIC]


def _clause(one: Citation) -> dict[str, Any]:
    return {"cite": one.cite, "slug": one.slug, "heading": one.heading or "", "text": one.text}


@operation(router, "GET", "/law", access=Access.PUBLIC, citations=("6 USC 961", "19 USC 4311"), response=LawShape)
def law(request: HttpRequest) -> HttpResponse:
    """Every clause of both laws."""
    items = [show(ClauseShape, _clause(one), "public") for one in citations()]
    return reply(request, {"items": items}, public=True)


@operation(
    router, "GET", "/law/{slug}", access=Access.PUBLIC, citations=("6 USC 961", "19 USC 4311"), response=OneClauseShape
)
def one_clause(request: HttpRequest, slug: str) -> HttpResponse:
    """One clause by its slug, for example 6-usc-964-c, with the rules and commands that carry it out."""
    one = next((citation for citation in citations() if citation.slug == slug.lower()), None)
    if one is None:
        raise Missing("clause", slug[:80])
    values = {
        **_clause(one),
        "parent": one.parent.cite if one.parent else "",
        "children": [child.cite for child in one.children()],
        "rules": [f"{rule.module}.{rule.name}" for rule in rules() if one in rule.citations],
        "commands": [spec.name for spec in public_commands() if one in spec.citations],
    }
    return reply(request, show(OneClauseShape, values, "public"), public=True)
