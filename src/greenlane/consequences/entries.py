"""What happens in a consequence before it is decided, as the record keeps it (6 USC 967(a)-(b))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence

Proposal = Literal["denial", "suspension", "expulsion"]


@dataclass(frozen=True, kw_only=True)
class FailureFound:
    """A failure to meet a requirement, with the documents that show it."""

    requirement: str = field(
        metadata={"label": N_("Requirement"), "help": N_("The number of its criterion, or its clause: 6 USC 963(2).")}
    )
    found: str = field(metadata={"label": N_("What was found"), "widget": "textarea"})
    found_on: date = field(metadata={"label": N_("Found on")})
    documents: tuple[UUID, ...] = field(
        default=(), metadata={"label": N_("Documents that show it"), "choices": "company_documents"}
    )


@dataclass(frozen=True, kw_only=True)
class Misinformed:
    """Information given in a validation, what is so, and how it is known that the participant knew."""

    said: str = field(metadata={"label": N_("What was said"), "widget": "textarea"})
    found: str = field(metadata={"label": N_("What is so"), "widget": "textarea"})
    given_on: date = field(metadata={"label": N_("Given on")})
    ground_of_knowledge: str = field(
        metadata={"label": N_("How it is known that the company knew"), "widget": "textarea"}
    )
    documents: tuple[UUID, ...] = field(
        default=(), metadata={"label": N_("Documents that show it"), "choices": "company_documents"}
    )


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ConsequenceOpened(EntryData):
    consequence_id: UUID
    participant_id: UUID
    programme: str
    proposed: Proposal
    benefits: tuple[str, ...]
    failures: tuple[FailureFound, ...]
    misinformation: Misinformed | None
    because_of: UUID | None

    def sentence(self) -> Sentence:
        values = {"proposed": self.proposed, "count": len(self.failures)}
        return Sentence(N_("A consequence was opened: %(proposed)s is proposed, for %(count)s failures."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class EvidenceRecorded(EntryData):
    """``requirement`` "": it concerns the finding of misinformation. A new failure comes with its first evidence."""

    evidence_id: UUID
    requirement: str
    statement: str
    documents: tuple[UUID, ...]
    failure: FailureFound | None = None
    misinformation: Misinformed | None = None

    def sentence(self) -> Sentence:
        return Sentence(N_("Evidence was recorded on %(requirement)s."), {"requirement": self.requirement or "967(b)"})


@dataclass(frozen=True, kw_only=True)
class ShownEvidence:
    """A piece of evidence as the notice shows it."""

    statement: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ShownFailure:
    """A failure as the notice shows it, with its evidence. ``requirement`` "": the finding of misinformation."""

    requirement: str
    found: str
    found_on: date
    evidence: tuple[ShownEvidence, ...]
    said: str = ""
    ground_of_knowledge: str = ""


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceNoticed(EntryData):
    """The notice as it is given: what is proposed and why, the evidence, and the last day to respond."""

    company: str
    proposed: Proposal
    benefits: tuple[str, ...]
    message: str
    failures: tuple[ShownFailure, ...]
    days: int
    response_until: date

    def sentence(self) -> Sentence:
        values = {"proposed": self.proposed, "until": self.response_until}
        return Sentence(
            N_("Notice was given of a proposed %(proposed)s; the company may respond until %(until)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class NoticeAnswered(EntryData):
    response: str
    documents: tuple[UUID, ...]
    after_last_day: bool = False

    def sentence(self) -> Sentence:
        return Sentence(N_("The company responded to the notice."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ResponsePeriodExtended(EntryData):
    response_until: date
    reason: str

    def sentence(self) -> Sentence:
        values: dict[str, str | date] = {"until": self.response_until, "reason": self.reason}
        return Sentence(N_("The company may respond until %(until)s: %(reason)s"), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ResponsePeriodEnded(EntryData):
    response_until: date

    def sentence(self) -> Sentence:
        return Sentence(
            N_("The period to respond ended on %(until)s without a response."), {"until": self.response_until}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ResponseRepliedTo(EntryData):
    reply: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The response was replied to."))


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ConsequenceRecommended(EntryData):
    measure: Proposal
    benefits: tuple[str, ...]
    period_until: date | None
    by: UUID
    note: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The specialist recommended: %(measure)s."), {"measure": self.measure})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ConsequenceSentBack(EntryData):
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The recommendation was sent back: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceDropped(EntryData):
    """``company`` and ``noticed`` are for the letter: who never had notice gets none."""

    company: str
    noticed: bool
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The consequence was dropped: %(reason)s"), {"reason": self.reason})
