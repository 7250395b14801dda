"""What follows when an exercise is over or given up: its invitations close (6 USC 966(c)(5))."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, reacts
from greenlane.release.commands_exercises import CloseExerciseInvitation
from greenlane.release.entries_exercises import ExerciseAbandoned, ExerciseHeld
from greenlane.release.models import ExerciseInvitation


@reacts(ExerciseHeld)
def held(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, ExerciseHeld)
    yield from _closing(one.data.exercise_id)


@reacts(ExerciseAbandoned)
def abandoned(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, ExerciseAbandoned)
    yield from _closing(one.data.exercise_id)


def _closing(exercise: UUID) -> Iterator[Command]:
    rows = ExerciseInvitation.objects.filter(exercise_id=exercise).values("pk")
    for case in Case.objects.filter(pk__in=rows, state__in=("invited", "accepted")).order_by("opened_on", "pk"):
        yield CloseExerciseInvitation(case_id=case.pk)
