"""What happens to an appeal, as the record keeps it (6 USC 967(c))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.s967_appeals import Outcome
from greenlane.law.sentences import N_, Sentence, Value


@dataclass(frozen=True, kw_only=True)
class AppealGround:
    """One ground of an appeal: what is wrong with the decision, and why."""

    title: str = field(metadata={"label": N_("Ground, in a few words")})
    statement: str = field(metadata={"label": N_("Why the decision is wrong"), "widget": "textarea"})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AppealFiled(EntryData):
    """Filed in time; ``decision_entry`` is the uid of the entry of the decision that is appealed."""

    appeal_id: UUID
    consequence_id: UUID
    participant_id: UUID
    programme: str
    company: str
    decision: Literal["967(a)", "967(b)"]
    measure: str
    decision_entry: UUID
    decided_on: date
    filed_on: date
    last_day: date
    due_on: date
    grounds: tuple[AppealGround, ...]
    documents: tuple[UUID, ...]
    relief: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"company": self.company, "decided": self.decided_on, "due": self.due_on}
        return Sentence(
            N_("%(company)s appealed the decision of %(decided)s; a determination is due by %(due)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AppealOfficerAssigned(EntryData):
    """``previous`` is the officer who had the appeal before, if any."""

    officer: UUID
    name: str
    previous: UUID | None = None

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"name": self.name}
        return Sentence(N_("The appeal was given to %(name)s, who took no part in the decision."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class StatementSubmitted(EntryData):
    statement_id: UUID
    side: Literal["company", "programme"]
    text: str
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        if self.side == "company":
            return Sentence(N_("The company submitted a statement."))
        return Sentence(N_("The programme submitted a statement."))


@dataclass(frozen=True, kw_only=True)
class RecordItem:
    """One thing that the decision rested on: an entry, a document or a notice, with its hash.

    ``uid`` is the entry's; ``ref`` the document or notice. ``title`` is empty for what only the staff may read.
    ``sha256`` of an entry is its leaf hash in the log (RFC 9162), of a document that of its bytes, of a notice that of
    its words.
    """

    kind: Literal["entry", "document", "notice"]
    uid: UUID
    ref: UUID
    what: str
    title: str
    on: date
    audience: str
    sha256: str


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AppealReviewBegun(EntryData):
    """The record of appeal was assembled and frozen; ``sha256`` is over its canonical form."""

    record_id: UUID
    number: int
    sha256: str
    items: tuple[RecordItem, ...]

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"count": len(self.items), "hash": self.sha256[:16]}
        return Sentence(
            N_("The review began; the record of appeal was frozen: %(count)s items, hash %(hash)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AppealDetermined(EntryData):
    """The determination, with what a letter says: due date, lateness, and the day from which all is restored.

    ``benefits`` and ``period_until`` are what stays of a modified decision.
    """

    appeal_id: UUID
    consequence_id: UUID
    participant_id: UUID
    company: str
    decision: Literal["967(a)", "967(b)"]
    outcome: Outcome
    reasons: str
    modified_to: str
    benefits: tuple[str, ...]
    period_until: date | None
    measure: Literal["", "suspension"]
    decided_on: date
    filed_on: date
    due_on: date
    determined_on: date
    restored_from: date | None
    late: bool
    lateness_reason: str
    record_sha256: str

    def sentence(self) -> Sentence:
        return Sentence(_OUTCOMES[self.outcome], {"decided": self.decided_on})


_OUTCOMES = {
    Outcome.UPHELD: N_("On appeal, the decision of %(decided)s was upheld."),
    Outcome.MODIFIED: N_("On appeal, the decision of %(decided)s was modified."),
    Outcome.REVERSED: N_("On appeal, the decision of %(decided)s was reversed."),
    Outcome.REMANDED: N_("On appeal, the decision of %(decided)s was sent back to be decided anew."),
}


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AppealWithdrawn(EntryData):
    consequence_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The company withdrew its appeal."))


@dataclass(frozen=True, kw_only=True)
class NameListed:
    """A participant on the list; ``basis`` are the sentences that show why it may be there."""

    consequence_id: UUID
    participant_id: UUID
    name: str
    city: str
    country: str
    business_type: str
    measure: str
    decided_on: date
    period_until: date | None
    appeal_id: UUID | None
    basis: tuple[dict[str, Any], ...]


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class FederalRegisterListPublished(EntryData):
    """The list was issued for the Federal Register. It is a public document from ``published_on`` (its own page)."""

    list_id: UUID
    programme: str
    number: int
    issued_on: date
    published_on: date
    note: str
    names: tuple[NameListed, ...]
    sha256: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"number": self.number, "count": len(self.names), "day": self.published_on}
        return Sentence(
            N_("List %(number)s for the Federal Register, of %(count)s participants, is published on %(day)s."), values
        )
