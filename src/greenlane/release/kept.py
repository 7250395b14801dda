"""Decisions on record: found by the entry's number, explained again from what they were made with (6 USC 971(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from greenlane.casework.problems import Missing
from greenlane.participants.models import Identifier
from greenlane.release import queries
from greenlane.release.deciding import Made, answers_before, answers_on_record, filed_of
from greenlane.release.engine.entries import Answer, CargoEntry
from greenlane.release.engine.explaining import Explanation, explain
from greenlane.release.engine.inputs import EXAMINATIONS, GOVERNMENT, PARTIES, PATHWAYS, PRIORITIES
from greenlane.release.engine.statuses import Status
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.in_force import entry_day, version_of
from greenlane.release.models import (
    Agency,
    AgencyAnswer,
    AgencyCriteria,
    CurrentEntry,
    FiledEntry,
    ReleaseDecision,
    ReleaseMessage,
)
from greenlane.release.numbers import numbers_of
from greenlane.release.register import KINDS


@dataclass(frozen=True)
class Told:
    """A decision with the entry that it was made of and its explanation; ``row`` None: it is not kept."""

    entry: CargoEntry
    explanation: Explanation
    threshold: int
    policy_version: int
    known_at: datetime | None
    row: ReleaseDecision | None = None

    @property
    def version(self) -> PolicyVersion:
        return self.explanation.version

    @property
    def words(self) -> dict[str, Any]:
        """What was decided, in words that programs know too."""
        outputs, steps = self.explanation.outputs, self.explanation.steps
        return {
            "score_before": self.explanation.inputs["score"],
            "reduction": steps["reduction"],
            "reduction_asked": steps["reduction_asked"],
            "tier_one_cap": steps["tier_one_cap"],
            "threshold": self.threshold,
            "score_after": outputs["score_after"],
            "examination": EXAMINATIONS[outputs["examination"]],
            "priority": PRIORITIES[outputs["priority"]],
            "customs_release": bool(outputs["customs_release"]),
            "government": GOVERNMENT[outputs["government"]],
            "pathway": PATHWAYS[outputs["pathway"]],
        }

    @property
    def parties(self) -> dict[str, Status]:
        """Who the parties were: the status of each that the entry names."""
        named = [role for role in PARTIES if self.entry.party(role)]
        return {role: Status.unpacked(self.explanation.inputs[role]) for role in named}


def told(made: Made, known_at: datetime | None) -> Told:
    """A decision that was made just now."""
    return Told(made.entry, made.explanation, made.with_.threshold.points, made.with_.policy.version, known_at)


def told_of(row: ReleaseDecision) -> Told:
    """A decision on record, with its explanation from the very numbers that it was made with."""
    version = _version(row)
    entry = filed_of(row.filed)
    whole = tuple(dict.fromkeys((*entry.answers, *answers_before(row))))
    entry = CargoEntry(**{**vars(entry), "answers": whole})
    explanation = explain(version, row.inputs)
    return Told(entry, explanation, row.basis["points"], row.policy.version, row.known_at, row)


def _version(row: ReleaseDecision) -> PolicyVersion:
    policy = row.policy
    criteria = tuple(AgencyCriteria.objects.filter(pk__in=row.basis["criteria"]).select_related("agency"))
    numbers = numbers_of(policy.numbers).parameters(row.basis["points"], policy.salt or 0)
    return version_of(
        f"{policy.programme}-{policy.version}", policy.effective_from, numbers, queries.agencies(), criteria
    )


def decisions(number: str) -> QuerySet[ReleaseDecision]:
    """Every decision on an entry, the first one first."""
    rows = ReleaseDecision.objects.filter(number=number).select_related("filed", "policy")
    return rows.order_by("place")


def latest(number: str) -> ReleaseDecision:
    """The decision that stands on an entry. Raises Missing."""
    row = decisions(number).last()
    if row is None:
        raise Missing("entry", number[:64])
    return row


def decision_with(key: UUID) -> ReleaseDecision:
    """A decision by its id. Raises Missing."""
    row = ReleaseDecision.objects.filter(pk=key).select_related("filed", "policy").first()
    if row is None:
        raise Missing("decision", key)
    return row


def answers_to(entry: CargoEntry, number: str) -> list[Answer]:
    """All that agencies said of an entry, the earliest action first, each once."""
    found = {*entry.answers, *answers_on_record([number]).get(number, ())}
    return sorted(found, key=lambda one: (one.at, one.agency, one.program, one.answer))


def notes_of(number: str) -> dict[Answer, str]:
    """What agencies wrote beside their answers on an entry."""
    rows = AgencyAnswer.objects.filter(number=number).exclude(note="").select_related("agency")
    return {Answer(row.agency.code, row.answer, row.answered_at, row.program): row.note for row in rows}


def participants_of(row: ReleaseDecision) -> list[UUID]:
    """The accounts that the numbers of an entry's parties named on the day of its filing: whose status it shows."""
    entry, day = filed_of(row.filed), entry_day(row.filed.filed_at)
    named = Q()
    for role, kinds in KINDS.items():
        if entry.party(role):
            named |= Q(kind__in=kinds, value=entry.party(role))
    if not named:
        return []
    rows = Identifier.objects.filter(named, participant__programme=row.filed.programme, effective_from__lte=day)
    rows = rows.filter(Q(effective_to=None) | Q(effective_to__gt=day))
    return sorted(rows.values_list("participant_id", flat=True).distinct())


def messages_of(number: str) -> list[ReleaseMessage]:
    """The messages that went out about an entry, in order."""
    return list(ReleaseMessage.objects.filter(number=number).order_by("decision__place"))


def current(programme: str = "") -> QuerySet[CurrentEntry]:
    """How entries stand now, the one decided last first."""
    rows = CurrentEntry.objects.select_related("decision__filed")
    rows = rows.filter(programme=programme) if programme else rows
    return rows.order_by("-decided_at", "number")


def waiting_for(agency: Agency) -> QuerySet[CurrentEntry]:
    """The entries that wait for an agency, the one that has waited longest first."""
    rows = CurrentEntry.objects.annotate(bit=F("waiting").bitand(1 << agency.place)).filter(bit__gt=0)
    return rows.select_related("decision__filed").order_by("decided_at", "number")


def concerns(filed: FiledEntry, agency: Agency) -> bool:
    """Has the agency authority over the goods of this entry?"""
    return agency.code in filed.filed["authority"]
