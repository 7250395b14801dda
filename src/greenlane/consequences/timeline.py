"""The standing of a participant by day, from what earlier sections gave it and the sanctions over it (6 USC 967)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.participants.entries_duties import ParticipantWithdrew
from greenlane.participants.models import Standing
from greenlane.records.models import Entry

HEAVIER = ("suspended", "expelled")
"""Standings that a sanction gives, the heavier one last: of two sanctions on one day the heavier one holds."""


@dataclass(frozen=True)
class Stand:
    """A standing and tier from a day on, and the case that decided it (None: the register itself)."""

    since: date
    standing: str
    tier: int
    because: UUID | None = None


def standings_from(participant_id: UUID, since: date) -> list[Stand]:
    """The standings from a day on, the first beginning on that day, as the sanctions now on record leave them."""
    cases = list(Consequence.objects.filter(participant_id=participant_id, decision="967(b)").order_by("lost_on", "id"))
    sanctions = [
        Stand(date.fromisoformat(day), standing, 0, case.pk)
        for case in cases
        if case.measure in SANCTIONS
        for day, standing in case.course
    ]
    return over(_earned(participant_id), sanctions, since)


def _earned(participant_id: UUID) -> list[Stand]:
    """What earlier sections gave: every row that no consequence caused, and that no later one of them put aside."""
    own = set(Consequence.objects.filter(participant_id=participant_id).values_list("pk", flat=True))
    rows = [r for r in Standing.objects.filter(participant_id=participant_id) if r.because not in own]
    rows.sort(key=lambda r: (r.recorded_at, r.effective_from))
    kept: list[Standing] = []
    for row in rows:
        kept = [r for r in kept if r.effective_from < row.effective_from or r.recorded_at == row.recorded_at]
        kept.append(row)
    kept.sort(key=lambda r: (r.effective_from, r.recorded_at))
    stands = [Stand(r.effective_from, r.standing, r.tier, r.because) for r in kept]
    return [*stands, *_left_while_suspended(participant_id)]


def _left_while_suspended(participant_id: UUID) -> list[Stand]:
    """A suspended company that withdrew keeps the standing of its sanction; without that, it stands as withdrawn."""
    rows = Entry.objects.filter(participant=participant_id, kind=ParticipantWithdrew.entry_kind).order_by("id")
    return [
        Stand(row.effective_on, "withdrawn", 0) for row in rows if row.data["what"]["standing_before"] == "suspended"
    ]


def over(earned: Sequence[Stand], sanctions: Sequence[Stand], since: date) -> list[Stand]:
    """The standing on each day on which it changes, from *since* on: a sanction hides what was earned while it lasts.

    A sanction step with the standing "" gives way; one with "withdrawn" is an end without a way back: what was
    earned before it is gone.
    """
    lapses = [s for s in sanctions if s.standing == "withdrawn"]
    earned = sorted([*earned, *lapses], key=lambda s: s.since)
    days = sorted({since, *(s.since for s in (*earned, *sanctions) if s.since > since)})
    found: list[Stand] = []
    for day in days:
        now = _on(day, earned, sanctions)
        if now is not None and (not found or (found[-1].standing, found[-1].tier) != (now.standing, now.tier)):
            found.append(Stand(day, now.standing, now.tier, now.because))
    return found


def _on(day: date, earned: Iterable[Stand], sanctions: Iterable[Stand]) -> Stand | None:
    last = {s.because: s for s in sanctions if s.since <= day}  # each sanction's latest step by then
    holding = [s for s in last.values() if s.standing in HEAVIER]
    if holding:
        return max(holding, key=lambda s: HEAVIER.index(s.standing))
    return next((s for s in reversed([s for s in earned if s.since <= day])), None)
