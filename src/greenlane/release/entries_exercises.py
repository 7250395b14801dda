"""What is on record of joint incident management exercises and of those invited to them (6 USC 966(c)(5))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExercisePlanned(EntryData):
    exercise_id: UUID
    programme: str
    title: str
    place: str
    scenario: str
    held_on: date

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"title": self.title, "day": self.held_on}
        return Sentence(N_("The exercise %(title)s is planned for %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InvitedToExercise(EntryData):
    invitation_id: UUID
    exercise_id: UUID
    participant_id: UUID
    title: str
    place: str
    held_on: date
    why: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"title": self.title, "day": self.held_on}
        return Sentence(N_("The participant was invited to the exercise %(title)s on %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(EntryData):
    """``answer``: accepted or declined."""

    invitation_id: UUID
    answer: str
    note: str

    def sentence(self) -> Sentence:
        if self.answer == "accepted":
            return Sentence(N_("The invitation to the exercise was accepted."))
        return Sentence(N_("The invitation to the exercise was declined."))


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExerciseHeld(EntryData):
    """``attended``: the participants that took part, of those that were invited."""

    exercise_id: UUID
    attended: tuple[UUID, ...]
    lessons: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The exercise was held; %(count)d participants took part."), {"count": len(self.attended)})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExerciseAbandoned(EntryData):
    exercise_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The exercise was given up."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InvitationClosed(EntryData):
    """The exercise is over, or was given up; ``attended`` None: it was not held."""

    invitation_id: UUID
    attended: bool | None

    def sentence(self) -> Sentence:
        if self.attended is None:
            return Sentence(N_("The exercise was given up; the invitation is closed."))
        if self.attended:
            return Sentence(N_("The exercise was held, and the participant took part."))
        return Sentence(N_("The exercise was held without the participant."))
