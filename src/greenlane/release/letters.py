"""The letter that invites to a joint exercise, and the one that says it is given up (6 USC 966(c)(5))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Draft, composes, heading, paragraph
from greenlane.law.sentences import N_, Sentence
from greenlane.release.commands_exercises import CITE
from greenlane.release.entries_exercises import InvitationClosed, InvitedToExercise
from greenlane.release.queries import invitation_with


@composes("exercise_invitation", InvitedToExercise.entry_kind)
def invitation(one: Recorded) -> Draft:
    """Where and when, why the company, and that taking part is voluntary."""
    data = one.data
    assert isinstance(data, InvitedToExercise)
    blocks = (
        paragraph(
            N_("You are invited to the joint incident management exercise %(title)s, on %(day)s, at %(place)s."),
            CITE,
            title=data.title,
            day=data.held_on,
            place=data.place,
        ),
        paragraph(N_("Including you is appropriate for this reason: %(why)s"), CITE, why=data.why),
        heading(N_("What you can do")),
        paragraph(N_("Answer in this case until the day of the exercise. Taking part is voluntary."), "6 USC 961(a)"),
    )
    title = Sentence(N_("Invitation to a joint exercise: %(title)s"), {"title": data.title})
    return Draft(one.subject, title, blocks)


@composes("exercise_abandoned", InvitationClosed.entry_kind)
def given_up(one: Recorded) -> Draft | None:
    """Only where the exercise is not held: those who took part know."""
    data = one.data
    assert isinstance(data, InvitationClosed)
    if data.attended is not None:
        return None
    exercise = invitation_with(data.invitation_id).exercise
    text = paragraph(
        N_("The exercise %(title)s, planned for %(day)s, is not held."),
        CITE,
        title=exercise.title,
        day=exercise.held_on,
    )
    return Draft(one.subject, Sentence(N_("Exercise not held: %(title)s"), {"title": exercise.title}), (text,))
