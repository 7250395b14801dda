"""What happens to lists and investigations, as the record keeps it (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ListImported(EntryData):
    """A list was read whole. ``entries`` names the canonical entries in the store: sha256, size and count."""

    version_id: UUID
    list_kind: str
    list_code: str
    number: int
    published_on: date | None
    retrieved_on: date
    source: str
    parser: str
    files: list[dict[str, Any]]
    entries: dict[str, Any]
    counts: dict[str, dict[str, int]]
    added: int
    changed: int
    removed: int
    warnings: list[dict[str, Any]]
    accepted: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("%(list)s was imported: %(count)s entries, %(added)s new, %(changed)s changed, %(removed)s removed."),
            {
                "list": self.list_code,
                "count": self.entries["count"],
                "added": self.added,
                "changed": self.changed,
                "removed": self.removed,
            },
        )


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ListConfirmed(EntryData):
    """The publisher still offers exactly these files: the version on record is the current one on that day."""

    version_id: UUID
    list_code: str
    retrieved_on: date
    source: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("%(list)s is unchanged as retrieved on %(on)s."), {"list": self.list_code, "on": self.retrieved_on}
        )


@entry(audience="restricted")
@dataclass(frozen=True, kw_only=True)
class ChangesScreened(EntryData):
    """The parties of all live investigations were compared with what changed in a list; ``affected`` are the cases."""

    version_id: UUID
    list_code: str
    investigations: int
    parties: int
    changed_entries: int
    affected: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(
            N_("%(parties)s parties of %(cases)s investigations were compared with what changed in %(list)s."),
            {"parties": self.parties, "cases": self.investigations, "list": self.list_code},
        )


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class InvestigationOpened(EntryData):
    investigation_id: UUID
    participant_id: UUID
    application_id: UUID | None
    purpose: str

    def sentence(self) -> Sentence:
        return Sentence(N_("A background investigation was opened."))


@dataclass(frozen=True, kw_only=True)
class HitFound:
    """One hit of a screening, with both sides as they were compared and what stands decided on it."""

    hit_id: UUID
    party_key: str
    role: str
    party_name: str
    list_kind: str
    list_code: str
    entry_key: str
    listed_name: str
    name_kind: str
    score: int
    method: str
    reasons: list[dict[str, Any]]
    entry: dict[str, Any]
    evidence: str
    version_id: UUID
    status: str
    decision: UUID | None
    parts: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class HitClosed:
    """A hit that this screening does not show any more: entry_removed, party_removed, list_dropped or not_alike."""

    hit_id: UUID
    reason: str


@entry(audience="restricted", version=2)
@dataclass(frozen=True, kw_only=True)
class PartiesScreened(EntryData):
    """Who was screened, against which lists, by which method, and what was found (RC-12).

    ``lists``: code, kind, version, number, dates, source and sha256 of each. ``parties``: each with its fingerprint.
    ``remembered`` hits stand decided on the same evidence; ``reopened`` ones were decided on other evidence.
    ``holds_until`` is set when a completed result stands and is renewed by this screening. Version 2 adds ``closed``,
    and ``parts`` and ``words`` of a hit.
    """

    screening_id: UUID
    model_version: str
    lists: list[dict[str, Any]]
    parties: list[dict[str, Any]]
    persons_named: tuple[str, ...]
    hits: tuple[HitFound, ...]
    remembered: int
    reopened: int
    holds_until: date | None
    closed: tuple[HitClosed, ...] = ()

    def sentence(self) -> Sentence:
        return Sentence(
            N_("%(parties)s parties were screened against %(lists)s: %(hits)s hits, %(open)s to be decided."),
            {
                "parties": len(self.parties),
                "lists": ", ".join(str(used["code"]) for used in self.lists),
                "hits": len(self.hits),
                "open": sum(1 for hit in self.hits if hit.status == "open"),
            },
        )


@entry(audience="restricted", version=2)
@dataclass(frozen=True, kw_only=True)
class HitAdjudicated(EntryData):
    """A person's decision on one hit. Version 2 adds ``pattern``: the one false pattern with which it was closed."""

    adjudication_id: UUID
    hit_id: UUID
    party_name: str
    listed_name: str
    outcome: str
    reason_code: str
    reason: str
    evidence: str
    pattern: UUID | None = None

    def sentence(self) -> Sentence:
        messages = {
            "true_match": N_("%(party)s is the listed party %(listed)s: %(reason)s"),
            "false_match": N_("%(party)s is not the listed party %(listed)s: %(reason)s"),
            "unresolved": N_("Whether %(party)s is the listed party %(listed)s is not resolved: %(reason)s"),
        }
        return Sentence(
            messages[self.outcome], {"party": self.party_name, "listed": self.listed_name, "reason": self.reason}
        )


@entry(audience="restricted")
@dataclass(frozen=True, kw_only=True)
class FalsePatternClosed(EntryData):
    """Many open hits were decided as one false pattern; each has its own decision in the record of its case."""

    pattern_id: UUID
    ground: str
    list_kind: str
    list_code: str
    entry_key: str
    listed_name: str
    party_name: str
    reason_code: str
    reason: str
    hits: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(
            N_("%(hits)s hits were closed as one false pattern: %(reason)s"),
            {"hits": len(self.hits), "reason": self.reason},
        )


@entry(audience="restricted")
@dataclass(frozen=True, kw_only=True)
class InvestigationCompleted(EntryData):
    """The result, with what RC-12 asks for: who was checked, the sources, the date and the expiry."""

    result: str
    summary: str
    adverse_grounds: str
    screening_id: UUID
    persons_named: tuple[str, ...]
    sources: tuple[str, ...]
    true_matches: int
    false_matches: int
    expires_on: date

    def sentence(self) -> Sentence:
        messages = {
            "cleared": N_("The background investigation found nothing adverse; it holds until %(until)s."),
            "adverse": N_("The background investigation ended with an adverse result; it holds until %(until)s."),
        }
        return Sentence(messages[self.result], {"until": self.expires_on})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class InvestigationReopened(EntryData):
    ground: str
    reason: str

    def sentence(self) -> Sentence:
        messages = {
            "list_changed": N_("The background investigation was re-opened: a list says something new."),
            "parties_changed": N_(
                "The background investigation was re-opened: the company, its people or sites changed."
            ),
            "new_information": N_("The background investigation was re-opened: %(reason)s"),
        }
        return Sentence(messages[self.ground], {"reason": self.reason})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class InvestigationClosed(EntryData):
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The background investigation was closed: %(reason)s"), {"reason": self.reason})
