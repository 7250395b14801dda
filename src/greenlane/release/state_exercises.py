"""How exercises and invitations follow from the record (6 USC 966(c)(5))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.release import entries_exercises as entries
from greenlane.release.models import Exercise, ExerciseInvitation


@applies(entries.ExercisePlanned)
def planned(data: entries.ExercisePlanned, one: Recorded) -> None:
    Exercise.objects.create(
        id=data.exercise_id,
        programme=data.programme,
        title=data.title,
        place=data.place,
        scenario=data.scenario,
        held_on=data.held_on,
        planned_on=one.on,
        state="planned",
    )


@applies(entries.InvitedToExercise)
def invited(data: entries.InvitedToExercise, one: Recorded) -> None:
    ExerciseInvitation.objects.create(
        id=data.invitation_id,
        exercise_id=data.exercise_id,
        participant_id=data.participant_id,
        why=data.why,
        invited_on=one.on,
    )


@applies(entries.InvitationAnswered)
def answered(data: entries.InvitationAnswered, _one: Recorded) -> None:
    ExerciseInvitation.objects.filter(pk=data.invitation_id).update(answer=data.answer, note=data.note)


@applies(entries.ExerciseHeld)
def held(data: entries.ExerciseHeld, _one: Recorded) -> None:
    Exercise.objects.filter(pk=data.exercise_id).update(state="completed", lessons=data.lessons)
    rows = ExerciseInvitation.objects.filter(exercise_id=data.exercise_id)
    rows.update(attended=False)
    rows.filter(participant_id__in=data.attended).update(attended=True)


@applies(entries.ExerciseAbandoned)
def abandoned(data: entries.ExerciseAbandoned, _one: Recorded) -> None:
    Exercise.objects.filter(pk=data.exercise_id).update(state="abandoned", reason=data.reason)


@applies(entries.InvitationClosed)
def closed(_data: entries.InvitationClosed, _one: Recorded) -> None:
    """The state of the case says so; who took part was said when the exercise was held."""
