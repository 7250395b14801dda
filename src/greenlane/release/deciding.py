"""Decide entries with all that is on record, as it was known at an instant (6 USC 964-967; 19 USC 4311(b)(4))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from greenlane.casework.problems import BadInput, Problem
from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.asof import Slice, StatusStore
from greenlane.release.engine.entries import Answer, CargoEntry, check, instant, latest_answers, own_inputs
from greenlane.release.engine.explaining import Explanation, explain
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.statuses import RECOGNISED
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.in_force import InForce, entry_day, in_force
from greenlane.release.models import AgencyAnswer, FiledEntry, ReleaseDecision
from greenlane.release.register import CLAIM, key, known_at, periods
from greenlane.release.state import FILED

MOST_PROBLEMS = 100
CITE = "6 USC 964(a)"


@dataclass(frozen=True)
class Made:
    """One entry decided: with all the answers that count, what it was decided with, and why."""

    entry: CargoEntry
    with_: InForce
    explanation: Explanation

    @property
    def outputs(self) -> dict[str, int]:
        return self.explanation.outputs

    @property
    def said(self) -> list[tuple[str, str]]:
        """What each agency with authority says in the end, one that is under review says nothing yet."""
        return [
            (one.agency, one.answer)
            for one in sorted(latest_answers(self.entry.answers).values())
            if one.agency in self.entry.authority
        ]


def decide(
    programme: str,
    entries: Sequence[CargoEntry],
    *,
    known: datetime | None = None,
    version: PolicyVersion | None = None,
    every_answer: bool = False,
) -> list[Made]:
    """Decide entries by the policy of their day and the statuses of their instant, as known at an instant (None: now).

    Answers of agencies on record are joined to those that an entry brings. *version*: decide with these numbers in
    place of the policy in force. *every_answer*: count all answers on record, whatever their instant, for decisions
    that are kept: who waited for the lock may come after one with a later instant (RC-23). The number of reads does
    not grow with the entries. Raises BadInput, with every problem by its place among the entries.
    """
    days = _in_force(programme, entries, known)
    problems = list(_problems(entries, days))
    if problems:
        raise BadInput(problems[:MOST_PROBLEMS])
    statuses = statuses_of(programme, entries, known)
    answers = answers_on_record([entry.entry_number for entry in entries], None if every_answer else known)
    return [
        _made(entry, days[entry_day(entry.filed_at)], statuses, answers.get(entry.entry_number, ()), version)
        for entry in entries
    ]


def _made(
    entry: CargoEntry,
    with_: InForce,
    statuses: Slice,
    answers: Sequence[Answer],
    version: PolicyVersion | None,
) -> Made:
    whole = replace(entry, answers=tuple(dict.fromkeys((*entry.answers, *answers))))
    used = version or with_.version
    return Made(whole, with_, explain(used, inputs_of(whole, statuses, used)))


def _in_force(programme: str, entries: Iterable[CargoEntry], known: datetime | None) -> dict[date, InForce]:
    days = {entry_day(entry.filed_at) for entry in entries if entry.filed_at.tzinfo is not None}
    return {day: in_force(programme, day, known) for day in sorted(days)}


def _problems(entries: Sequence[CargoEntry], days: Mapping[date, InForce]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        with_ = days.get(entry_day(entry.filed_at)) if entry.filed_at.tzinfo is not None else None
        for one in check(entry, with_.version if with_ else None):
            what = Sentence(N_("%(what)s %(why)s"), {"what": str(one.what), "why": str(one.why)})
            yield Problem(f"entries.{place}.{one.field}", what, one.mend, CITE)
        if entry.entry_number in seen:
            yield Problem(
                f"entries.{place}.entry_number",
                Sentence(N_("The number %(number)s stands twice."), {"number": entry.entry_number}),
                Sentence(N_("Send each entry once.")),
                CITE,
            )
        seen.add(entry.entry_number)


def inputs_of(entry: CargoEntry, statuses: Slice, version: PolicyVersion) -> dict[str, int]:
    """The numbers that the policy reads. Parties are named by role: numbers of different kinds can look alike."""
    at = instant(entry.filed_at)
    found = {role: statuses.status(key(role, entry.party(role)), at) if entry.party(role) else 0 for role in PARTIES}
    for claim in entry.claims:
        if claim.party in found and statuses.status(key(CLAIM, claim.identifier), at) & RECOGNISED:
            found[claim.party] |= RECOGNISED
    return found | own_inputs(entry, version)


def statuses_of(programme: str, entries: Iterable[CargoEntry], known: datetime | None) -> Slice:
    """The statuses of the parties that the entries name."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for role in PARTIES:
            if entry.party(role):
                wanted[role].add(entry.party(role))
        wanted[CLAIM] |= {claim.identifier for claim in entry.claims}
    return StatusStore.build(periods(programme, wanted)).known_at(known_at(known))


def answers_on_record(numbers: Iterable[str], known: datetime | None = None) -> dict[str, list[Answer]]:
    """What agencies said of these entries, apart from what the entries brought, as known at an instant."""
    rows = AgencyAnswer.objects.filter(number__in=set(numbers))
    return _by_number(rows.filter(recorded_at__lte=known) if known else rows)


def answers_before(decision: ReleaseDecision) -> list[Answer]:
    """The answers on record that a decision on record was made with: those that led to it or to one before it."""
    earlier = ReleaseDecision.objects.filter(number=decision.number, place__lte=decision.place)
    rows = AgencyAnswer.objects.filter(number=decision.number, entry__in=earlier.values("entry"))
    return _by_number(rows)[decision.number]


def _by_number(rows: QuerySet[AgencyAnswer]) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = defaultdict(list)
    for row in rows.select_related("agency").order_by("answered_at", "id"):
        found[row.number].append(Answer(row.agency.code, row.answer, row.answered_at, row.program))
    return found


def filed_of(row: FiledEntry) -> CargoEntry:
    """The entry as it was filed."""
    return FILED.validate_python(row.filed)


def decide_again(row: FiledEntry, known: datetime | None = None) -> Made:
    """Decide an entry on record again, as everything was known at an instant (None: now)."""
    [made] = decide(row.programme, [filed_of(row)], known=known)
    return made
