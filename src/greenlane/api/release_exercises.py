"""Joint incident management exercises with their rosters, for staff (6 USC 966(c)(5))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from greenlane.api.authority import Access, operation
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.shapes import STAFF, Shape, listed, of, page_of, show
from greenlane.release.models import Exercise

router = Router(tags=["release"])


class ExerciseShape(Shape):
    """An exercise and who is invited; ``attended`` is null until the exercise was recorded."""

    floor = "staff"

    id: Annotated[UUID, STAFF]
    programme: Annotated[str, STAFF]
    title: Annotated[str, STAFF]
    place: Annotated[str, STAFF]
    scenario: Annotated[str, STAFF]
    held_on: Annotated[date, STAFF]
    state: Annotated[str, STAFF]
    lessons: Annotated[str, STAFF]
    invited: Annotated[list[dict[str, Any]], STAFF]


@operation(
    router,
    "GET",
    "/release/exercises",
    access=Access.STAFF,
    citations=("6 USC 966(c)(5)",),
    response=page_of(ExerciseShape),
)
def release_exercises(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """The exercises, the latest day first: why each participant is invited, its answer, and whether it took part."""
    rows = Exercise.objects.prefetch_related("invitations__participant")
    found, following = page(rows, ("-held_on", "-id"), limit, cursor, "exercises")
    return listed(request, (show(ExerciseShape, _shown(row), "staff") for row in found), following)


def _shown(row: Exercise) -> dict[str, Any]:
    invited = [
        {
            "id": one.pk,
            "participant": one.participant_id,
            "company": one.participant.legal_name,
            "why": one.why,
            "answer": one.answer,
            "attended": one.attended,
        }
        for one in sorted(row.invitations.all(), key=lambda one: (one.participant.legal_name, one.pk))
    ]
    names = ("id", "programme", "title", "place", "scenario", "held_on", "state", "lessons")
    return {**of(row, *names), "invited": invited}
