"""What happens to the framework, the measures, the periods and the revalidations (6 USC 969(1)-(2))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence

Basis = Literal["period", "risk", "review"]


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One objective criterion of the framework (969(2))."""

    code: str = field(metadata={"label": N_("Code"), "help": N_("Short, in small letters: import_volume.")})
    title: str = field(metadata={"label": N_("Title")})
    definition: str = field(metadata={"label": N_("Definition"), "widget": "textarea"})
    data_source: str = field(metadata={"label": N_("Data source")})
    weight: int = field(metadata={"label": N_("Weight"), "help": N_("A whole number above 0.")})


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class FrameworkPublished(EntryData):
    framework_id: UUID
    programme: str
    version: int
    title: str
    factors: tuple[Factor, ...]

    def sentence(self) -> Sentence:
        values = {"version": self.version, "count": len(self.factors)}
        return Sentence(
            N_("Version %(version)d of the framework for revalidation was published, with %(count)d criteria."), values
        )


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class RiskScoreRecorded(EntryData):
    score_id: UUID
    participant_id: UUID
    factor: str
    value: int
    source: str
    measured_on: date

    def sentence(self) -> Sentence:
        values = {"factor": self.factor, "value": self.value, "day": self.measured_on, "source": self.source}
        return Sentence(N_("Measured on %(day)s: %(factor)s %(value)d of 100 (%(source)s)."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class PeriodsBegun(EntryData):
    """The periods of a participant were fixed by its initial validation."""

    periods_id: UUID
    participant_id: UUID
    programme: str
    validation_id: UUID
    initial_on: date
    first_ends_on: date

    def sentence(self) -> Sentence:
        values = {"initial": self.initial_on, "end": self.first_ends_on}
        return Sentence(
            N_("Validated on %(initial)s: the periods for revalidation run, the first one until %(end)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class PeriodsFollowed(EntryData):
    """The periods follow the standing: nothing is owed while the participant holds no tier."""

    rests: tuple[tuple[date, date | None], ...]

    def sentence(self) -> Sentence:
        if self.rests and self.rests[-1][1] is None:
            return Sentence(
                N_("No revalidation is owed from %(day)s, while no tier is held."), {"day": self.rests[-1][0]}
            )
        return Sentence(N_("A tier is held, so that the periods for revalidation count."), {})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class RevalidationCounted(EntryData):
    revalidation_id: UUID
    closed_on: date

    def sentence(self) -> Sentence:
        return Sentence(N_("The revalidation of %(day)s counts for its period."), {"day": self.closed_on})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class SelectionExplained(EntryData):
    """The place in the ranking on the day of selection, with the points of each criterion, so that it can be redone."""

    reason: str
    framework_version: int
    ranked: int
    place: int | None = None
    total: int | None = None
    contributions: tuple[tuple[str, int], ...] = ()

    def sentence(self) -> Sentence:
        if self.place is None or self.total is None:
            return Sentence(N_("No place in the ranking: %(reason)s"), {"reason": self.reason or "-"})
        values = {"place": self.place, "ranked": self.ranked, "total": self.total, "version": self.framework_version}
        return Sentence(
            N_("Place %(place)d of %(ranked)d with %(total)d points, by version %(version)d of the framework."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class RevalidationSelected(EntryData):
    """A revalidation was begun. ``reviews``: the validation of a revoked validator that it looks into."""

    revalidation_id: UUID
    participant_id: UUID
    company: str
    programme: str
    basis: Basis
    tier: int
    certified_on: date
    period_index: int
    period_starts_on: date
    period_ends_on: date
    guidelines: str = ""
    schedule: str = ""
    reviews: UUID | None = None

    def sentence(self) -> Sentence:
        values = {"company": self.company, "index": self.period_index, "end": self.period_ends_on}
        if self.basis == "review":
            return Sentence(N_("The validation of %(company)s by an outside validator is reviewed."), values)
        if self.basis == "risk":
            return Sentence(N_("%(company)s was selected for revalidation by risk."), values)
        return Sentence(
            N_("%(company)s was selected for revalidation in period %(index)d, which ends on %(end)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class RevalidationDecided(EntryData):
    revalidation_id: UUID
    participant_id: UUID
    company: str
    outcome: Literal["confirmed", "refused"]
    tier: int
    tier_title: str
    visited_on: date | None
    failures: tuple[str, ...]
    period_ends_on: date
    late: bool
    lateness_reason: str
    next_due_on: date | None

    def sentence(self) -> Sentence:
        values = {"company": self.company, "tier": self.tier_title}
        if self.outcome == "confirmed":
            return Sentence(N_("%(company)s was revalidated; it stays %(tier)s."), values)
        return Sentence(N_("The revalidation of %(company)s was refused."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class RevalidationClosed(EntryData):
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The revalidation was closed without a decision: %(reason)s"), {"reason": self.reason})
