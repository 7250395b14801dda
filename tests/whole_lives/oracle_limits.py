"""Every last day that follows from the law, worked out a second time from the entries of the ledger alone (RC-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from greenlane.law.terms import Terms
from tests.whole_lives import oracle
from tests.whole_lives.oracle import Told, day, last_day

YEARS = 4
"""969(2)."""


def years_after(start: date, years: int) -> date:
    """The same day so many years later; the last of February stands for a 29th that is not there."""
    on = date(start.year + years, start.month, 1)
    last = date(on.year + on.month // 12, on.month % 12 + 1, 1) - timedelta(days=1)
    return on.replace(day=min(start.day, last.day))


Key = tuple[UUID, str, date]
"""A clock of a case and the day that started it."""


def limits(entries: Iterable[Told]) -> dict[Key, date]:
    """Every last day that follows from 964(c), 965(a), 967(c) and 969(2), whether or not its case is still open."""
    found: dict[Key, date] = {}
    blocked: dict[UUID, date] = {}
    rested: dict[UUID, tuple[date, date, dict[Key, date]]] = {}  # the last rest: from, to, and the days before it
    for entry in entries:
        data, case = entry.data, entry.subject
        if entry.kind == oracle.RECEIVED:
            start = day(data["received_on"])
            found[case, "tier_1_certification", start] = start + timedelta(days=90)
        elif entry.kind == oracle.PLANNED and data["purpose"] == "tier_two":
            start = day(data["certified_on"])
            found[case, "tier_2_validation", start] = years_after(start, 1)
        elif entry.kind == oracle.DECIDED:
            clock = "sanction_appeal_filing" if data["decision"] == "967(b)" else "denial_appeal_filing"
            found[case, clock, day(data["decided_on"])] = last_day(data["decision"], day(data["decided_on"]))
        elif entry.kind == oracle.FILED:
            clock = "sanction" if data["decision"] == "967(b)" else "denial"
            filed = day(data["filed_on"])
            found[case, f"{clock}_appeal_determination", filed] = filed + timedelta(days=180)
        elif entry.kind == oracle.BLOCKED:
            blocked[case] = entry.effective_on
            if case in rested and rested[case][1] == entry.effective_on:  # blocked again on that day: one rest, open
                blocked[case], _, before = rested.pop(case)
                found.update(before)
        elif entry.kind == oracle.UNBLOCKED and case in blocked:  # the year rests while a visit is blocked
            began = blocked.pop(case)
            rested[case] = (began, entry.effective_on, {k: v for k, v in found.items() if k[0] == case})
            for key, last in list(found.items()):
                if key[:2] == (case, "tier_2_validation") and began < last:
                    found[key] = last + (entry.effective_on - began)
    return found


def first_validated(entries: Iterable[Told], participant: UUID) -> date | None:
    """The day of the first validation at the second tier, from which the periods of 969(2) run."""
    days = [
        day(entry.data["decided_on"])
        for entry in entries
        if entry.kind == oracle.VALIDATED
        and (entry.data["purpose"], entry.data["outcome"]) == ("tier_two", "validated")
        and entry.data["participant_id"] == str(participant)
    ]
    return min(days, default=None)


def periods(entries: Sequence[Told], participant: UUID, terms: Terms) -> list[tuple[date, date | None]]:
    """The last day of each period of 969(2) up to the first that waits, with the day of the revalidation that met it.

    Nothing is owed for a period at whose end no tier was held.
    """
    initial = first_validated(entries, participant)
    return [] if initial is None else list(_periods(entries, participant, terms, initial))


def _periods(
    entries: Sequence[Told], participant: UUID, terms: Terms, initial: date
) -> Iterator[tuple[date, date | None]]:
    closings = sorted(
        entry.effective_on
        for entry in entries
        if entry.kind == oracle.REVALIDATED and entry.data["participant_id"] == str(participant)
    )
    life = oracle.life_of(participant, entries, terms)
    starts, number = initial, 1
    while True:
        ends = years_after(initial, YEARS * number)
        met = next((on for on in closings if on >= starts), None)
        if met is not None or life.tier(ends):
            yield ends, met
            if met is None:
                return
        elif not any(life.tier(on) for on in life.changes() if on > ends):
            return
        starts, number = ends + timedelta(days=1), number + 1


def set_dates(entries: Iterable[Told]) -> dict[tuple[UUID, str], tuple[date, date]]:
    """Of each case the dates that people set as they were set last, with the day on which they were set."""
    found: dict[tuple[UUID, str], tuple[date, date]] = {}
    for entry in entries:
        data, on = entry.data, entry.effective_on
        if entry.kind in (oracle.NOTICED, oracle.ACTED):
            found[entry.subject, "consequence_response"] = on, day(data["response_until"])
        elif entry.kind == oracle.BLOCKED:
            found[entry.subject, "blocked_review"] = on, day(data["review_on"])
        elif entry.kind in (oracle.DECIDED, oracle.REDUCED) and data["period_until"]:
            since = day(data["decided_on"]) if entry.kind == oracle.DECIDED else found[entry.subject, "sanction_end"][0]
            found[entry.subject, "sanction_end"] = since, day(data["period_until"])
    return found
