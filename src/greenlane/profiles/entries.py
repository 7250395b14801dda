"""What happens in the reviews of a profile, as the record keeps it (6 USC 963(3), 961(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value

Purpose = Literal["annual", "edition"]


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ProfileReviewOpened(EntryData):
    """``asked``: numbers that a new edition asks anew; empty for the annual review, which asks for every answer."""

    review_id: UUID
    participant_id: UUID
    programme: str
    purpose: Purpose
    opens_on: date
    due_on: date
    edition_id: UUID | None = None
    from_edition_id: UUID | None = None
    version: str = ""
    asked: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"version": self.version, "count": len(self.asked), "day": self.due_on}
        if self.purpose == "annual":
            return Sentence(N_("The window of the annual review opened; its last day is %(day)s."), values)
        return Sentence(N_("Edition %(version)s asks %(count)s criteria anew, to be answered by %(day)s."), values)


@dataclass(frozen=True, kw_only=True)
class AffirmedAnswer:
    """An answer as it was affirmed (the words on file) or changed; whole, so that the record needs nothing else."""

    number: str
    value: Literal["yes", "no", "not_applicable"]
    narrative: str = ""
    not_applicable_reason: str = ""
    evidence: tuple[UUID, ...] = ()
    changed: bool = False


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AnswersAffirmed(EntryData):
    answers: tuple[AffirmedAnswer, ...]
    taken_back: tuple[str, ...] = ()

    def sentence(self) -> Sentence:
        changed = sum(answer.changed for answer in self.answers)
        values = {"affirmed": len(self.answers) - changed, "changed": changed, "back": len(self.taken_back)}
        return Sentence(
            N_("%(affirmed)s answers were affirmed, %(changed)s changed and %(back)s taken back in the review."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ReviewReminded(EntryData):
    """``waiting``: how many answers did not count on that day."""

    review_id: UUID
    participant_id: UUID
    purpose: Purpose
    reminder: Literal["days_left", "last_day_passed"]
    due_on: date
    waiting: int

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"count": self.waiting, "day": self.due_on}
        if self.reminder == "days_left":
            return Sentence(N_("A reminder: %(count)s answers do not count yet; the last day is %(day)s."), values)
        return Sentence(N_("The last day of the review, %(day)s, passed; %(count)s answers do not count yet."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ReviewSubmitted(EntryData):
    """``changed``: the numbers whose answers were changed; ``next_on``: the next anniversary, for an annual review."""

    review_id: UUID
    participant_id: UUID
    purpose: Purpose
    edition_id: UUID
    cargo_kinds: tuple[str, ...]
    asked: tuple[str, ...]
    changed: tuple[str, ...]
    due_on: date
    late: bool
    signed_by: UUID
    next_on: date | None = None

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"count": len(self.asked), "changed": len(self.changed), "day": self.due_on}
        if self.late:
            late = N_("The review of %(count)s answers was submitted late (last day %(day)s); %(changed)s changed.")
            return Sentence(late, values)
        return Sentence(N_("The review of %(count)s answers was submitted in time; %(changed)s changed."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ProfileReviewClosed(EntryData):
    review_id: UUID
    reason: Literal["withdrew", "superseded", "lapsed", "not_certified"]

    def sentence(self) -> Sentence:
        return Sentence(CLOSED[self.reason])


CLOSED = {
    "withdrew": N_("The review was closed: the company withdrew."),
    "superseded": N_("The review was closed: that of a later edition has taken its place."),
    "lapsed": N_("The review was closed without a submission: the window of the next one opened."),
    "not_certified": N_("The review was closed: the company is no longer certified."),
}
