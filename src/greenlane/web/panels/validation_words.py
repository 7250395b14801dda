"""What the forms of a visit are filled from: places, visits, criteria, points, actions (6 USC 965)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from greenlane.validation.inspection_points import LISTS
from greenlane.validation.locations import places_of
from greenlane.validation.models import Action, Visit
from greenlane.validation.queries import KINDS, criteria_asked, validation_of
from greenlane.web.choices import Pairs, Scene, vocabulary

LONGEST = 90


@vocabulary("locations")
def locations(scene: Scene) -> Pairs:
    """Sites, partners and legs of the company, each with its country."""
    if scene.participant_id is None:
        return []
    places = places_of(scene.participant_id).values()
    return [(str(one.node), f"{one.name}, {one.country}" if one.country else one.name) for one in places]


def _visits(scene: Scene, *, made: bool) -> Pairs:
    rows = Visit.objects.filter(validation_id=scene.case.pk if scene.case else None, visited_on__isnull=not made)
    return [(str(row.pk), f"{row.place}, {row.country}") for row in rows.order_by("planned_from", "pk")]


@vocabulary("visits_to_make")
def visits_to_make(scene: Scene) -> Pairs:
    return _visits(scene, made=False)


@vocabulary("visits_made")
def visits_made(scene: Scene) -> Pairs:
    return _visits(scene, made=True)


@vocabulary("criteria_to_find")
def criteria_to_find(scene: Scene) -> Pairs:
    """The criteria on which this validation finds, in their order."""
    if scene.case is None or scene.case.kind not in KINDS:
        return []
    asked = criteria_asked(validation_of(scene.case.pk), scene.on)
    return [(one.number, f"{one.number} {_short(one.text)}") for one in asked]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


@vocabulary("inspection_points")
def inspection_points(scene: Scene) -> Pairs:
    """The points of both lists; a point that stands in both is named once."""
    points = {code: title for listed in LISTS.values() for code, title in listed.points}
    return [(code, gettext(title)) for code, title in points.items()]


def _actions(scene: Scene, *, answered: bool) -> Iterable[tuple[str, str]]:
    rows = Action.objects.filter(validation_id=scene.case.pk if scene.case else None, closed_on=None)
    if answered:
        rows = rows.filter(kind="required").exclude(answered_on=None)
    return [(str(row.number), f"{row.number}: {_short(row.text)}") for row in rows.order_by("number")]


@vocabulary("answered_actions")
def answered_actions(scene: Scene) -> Iterable[tuple[str, str]]:
    return _actions(scene, answered=True)


@vocabulary("open_actions")
def open_actions(scene: Scene) -> Iterable[tuple[str, str]]:
    return _actions(scene, answered=False)
