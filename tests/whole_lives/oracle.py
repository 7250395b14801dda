"""What the law says of whole lives, worked out a second time from the entries of the ledger alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from greenlane.law.calendar import next_business_day
from greenlane.law.terms import Terms
from greenlane.records.models import Entry

CERTIFIED = "certification.CertificationDecided"
VALIDATED = "validation.ValidationDecided"
WITHDREW = "participants.ParticipantWithdrew"
DECIDED = "consequences.ConsequenceDecided"
REDUCED = "consequences.ConsequenceReduced"
ENDED = "consequences.ConsequenceEnded"
REVERSED = "consequences.ConsequenceReversed"
FILED = "appeals.AppealFiled"
DETERMINED = "appeals.AppealDetermined"
APPEAL_WITHDRAWN = "appeals.AppealWithdrawn"
LISTED = "appeals.FederalRegisterListPublished"
RECEIVED = "certification.CertificationOpened"
PLANNED = "validation.ValidationPlanned"
BLOCKED = "validation.ValidationBlocked"
UNBLOCKED = "validation.ValidationUnblocked"
MERGED = "participants.AccountsMerged"
THIRD_PARTY = "validation.ThirdPartyVisitRecorded"
DISCOUNTED = "validation.VisitDiscounted"
INSURED = "validators.InsuranceRecorded"
CONFLICT = "validators.ConflictDeclared"
REVOKED = "validators.CertificateRevoked"
KINDS = (
    *(CERTIFIED, VALIDATED, WITHDREW, DECIDED, REDUCED, ENDED, REVERSED, FILED, DETERMINED, APPEAL_WITHDRAWN, LISTED),
    *(RECEIVED, PLANNED, BLOCKED, UNBLOCKED, MERGED, THIRD_PARTY, DISCOUNTED, INSURED, CONFLICT, REVOKED),
)


def day(text: Any) -> date:
    return date.fromisoformat(text)


@dataclass(frozen=True)
class Told:
    """An entry as it is on record; ``data`` is what it says, dates as ISO text."""

    uid: UUID
    kind: str
    subject: UUID
    effective_on: date
    data: dict[str, Any]


def told() -> list[Told]:
    """The entries that decide anything here, in the order in which they were written."""
    rows = Entry.objects.filter(kind__in=KINDS).order_by("id")
    return [Told(row.uid, row.kind, row.subject, row.effective_on, row.data["what"]) for row in rows]


@dataclass
class Course:
    """What one consequence does from each of its days on: the benefits denied, or a standing that is no tier."""

    denied: list[tuple[date, frozenset[str]]] = field(default_factory=list)
    sanction: list[tuple[date, bool]] = field(default_factory=list)


@dataclass
class Life:
    """What one participant earned, and what was taken from it, by day."""

    earned: list[tuple[date, int]] = field(default_factory=list)
    courses: dict[UUID, Course] = field(default_factory=dict)

    def tier(self, on: date) -> int:
        """The tier that it holds on a day: what was earned last, or none while a sanction holds."""
        if any(_on(course.sanction, on, default=False) for course in self.courses.values()):
            return 0
        return _on(self.earned, on, default=0)

    def denied(self, on: date) -> set[str]:
        return {code for course in self.courses.values() for code in _on(course.denied, on, default=frozenset())}


def _on(rows: list[tuple[date, Any]], on: date, default: Any) -> Any:
    """The last said of those that begin by a day; the rows are in the order of their days."""
    return next((value for since, value in reversed(rows) if since <= on), default)


def _put(rows: list[tuple[date, Any]], since: date, value: Any) -> None:
    """From a day on this holds, whatever was said of later days before."""
    rows[:] = [row for row in rows if row[0] < since] + [(since, value)]


def life_of(participant: UUID, entries: Iterable[Told], terms: Terms) -> Life:
    """The life of one participant, folded from the decisions on record."""
    life, everything = Life(), frozenset(benefit.code for benefit in terms.benefits)
    whole: dict[UUID, bool] = {}
    for entry in entries:
        data, kind = entry.data, entry.kind
        if kind == MERGED and data["merged_id"] == str(participant):
            life.earned.append((entry.effective_on, 0))
        if data.get("participant_id") != str(participant):
            continue
        course = life.courses.setdefault(entry.subject, Course())
        if kind == CERTIFIED:
            life.earned.append((entry.effective_on, 1 if data["outcome"] == "certified" else 0))
        elif kind == VALIDATED and data["outcome"] == "validated":
            life.earned.append((day(data["decided_on"]), {"tier_two": 2, "tier_three": 3}[data["purpose"]]))
        elif kind == WITHDREW:
            life.earned.append((entry.effective_on, 0))
        elif kind == DECIDED and not data["ended"]:
            if data["decision"] == "967(b)":
                _put(course.sanction, day(data["decided_on"]), True)
            else:
                whole[entry.subject] = data["in_whole"]
                denied = everything if data["in_whole"] else frozenset(data["benefits"])
                _put(course.denied, day(data["decided_on"]), denied)
        elif kind == REDUCED and data["measure"] in ("denial", "emergency"):
            if _on(course.denied, date.max, frozenset()):
                _put(course.denied, entry.effective_on, frozenset(data["benefits"]))
        elif kind == ENDED:
            since = day(data["since"])
            _put(course.denied, since, frozenset())
            _put(course.sanction, since, False)
            if data["ended_as"] == "period_over":
                life.earned.append((since, 0))
        elif kind == REVERSED:
            course.denied.clear()
            course.sanction.clear()
    return life


def benefits_due(life: Life, terms: Terms, on: date) -> set[str]:
    """The benefits that the participant has on a day: those of the tier that it holds, but for what is denied."""
    tier, denied = life.tier(on), life.denied(on)
    return {b.code for b in terms.benefits if tier and b.from_rank <= tier and b.code not in denied}


def years_after(start: date, years: int) -> date:
    """The same day so many years later. No life here begins on a 29 February: those days have tests of their own."""
    return start.replace(year=start.year + years)


Key = tuple[UUID, str, date]
"""A clock of a case and the day that started it."""


def limits(entries: Iterable[Told]) -> dict[Key, date]:
    """Every last day that follows from 964(c), 965(a), 967(c) and 969(2), whether or not its case is still open."""
    found: dict[Key, date] = {}
    blocked: dict[UUID, date] = {}
    rested: dict[UUID, tuple[date, date, dict[Key, date]]] = {}  # the last rest: from, to, and the days before it
    for entry in entries:
        data, case = entry.data, entry.subject
        if entry.kind == RECEIVED:
            start = day(data["received_on"])
            found[case, "tier_1_certification", start] = start + timedelta(days=90)
        elif entry.kind == PLANNED and data["purpose"] == "tier_two":
            start = day(data["certified_on"])
            found[case, "tier_2_validation", start] = years_after(start, 1)
        elif entry.kind == DECIDED:
            clock = "sanction_appeal_filing" if data["decision"] == "967(b)" else "denial_appeal_filing"
            found[case, clock, day(data["decided_on"])] = last_day(data["decision"], day(data["decided_on"]))
        elif entry.kind == FILED:
            clock = "sanction" if data["decision"] == "967(b)" else "denial"
            filed = day(data["filed_on"])
            found[case, f"{clock}_appeal_determination", filed] = filed + timedelta(days=180)
        elif entry.kind == BLOCKED:
            blocked[case] = entry.effective_on
            if case in rested and rested[case][1] == entry.effective_on:  # blocked again on that day: one rest, open
                blocked[case], _, before = rested.pop(case)
                found.update(before)
        elif entry.kind == UNBLOCKED and case in blocked:  # the year rests while a visit is blocked
            began = blocked.pop(case)
            rested[case] = (began, entry.effective_on, {k: v for k, v in found.items() if k[0] == case})
            for key, last in list(found.items()):
                if key[:2] == (case, "tier_2_validation") and began < last:
                    found[key] = last + (entry.effective_on - began)
    return found


def initial_validation(entries: Iterable[Told], participant: UUID) -> date:
    """The day of the first validation at the second tier, from which the periods of 969(2) run."""
    return min(
        day(entry.data["decided_on"])
        for entry in entries
        if entry.kind == VALIDATED
        and (entry.data["purpose"], entry.data["outcome"]) == ("tier_two", "validated")
        and entry.data["participant_id"] == str(participant)
    )


def last_day(decision: str, decided_on: date) -> date:
    """The last day to appeal: a right that would be lost goes on to the next business day."""
    return next_business_day(decided_on + timedelta(days=30 if decision == "967(b)" else 90))


def published_too_early(entries: Iterable[Told]) -> list[str]:
    """Each name on a list whose appeal process was not complete on the day of the list."""
    decisions: dict[str, Told] = {}
    appeals: dict[str, Told] = {}
    ends: dict[UUID, str] = {}
    found = []
    for entry in entries:
        data = entry.data
        if entry.kind == DECIDED:
            decisions[data["consequence_id"]] = entry
        elif entry.kind == FILED:
            appeals[data["decision_entry"]] = entry
        elif entry.kind == DETERMINED:
            ends[entry.subject] = data["outcome"]
        elif entry.kind == APPEAL_WITHDRAWN:
            ends[entry.subject] = "withdrawn"
        elif entry.kind == LISTED:
            for name in data["names"]:
                decision = decisions[name["consequence_id"]]
                appeal = appeals.get(str(decision.uid))
                if appeal is not None:
                    complete = ends.get(appeal.subject) in ("upheld", "modified", "withdrawn")
                else:
                    until = last_day(decision.data["decision"], day(decision.data["decided_on"]))
                    complete = day(data["issued_on"]) > until
                if not complete:
                    found.append(f"{name['name']} on the list of {data['issued_on']}")
    return found


def unsound_tiers(entries: Iterable[Told], certificates: dict[UUID, UUID]) -> list[str]:
    """Each decision that gave a tier on visits of a conflicted, uninsured or revoked validator, as known on its day.

    *certificates*: the certificate of each engagement.
    """
    visits: dict[UUID, list[tuple[UUID, date]]] = {}
    policies: dict[UUID, dict[str, dict[str, Any]]] = {}
    conflicted: set[UUID] = set()
    revoked: set[UUID] = set()
    found = []
    for entry in entries:
        data = entry.data
        if entry.kind == THIRD_PARTY:
            engagement = UUID(data["engagement"])
            visits.setdefault(entry.subject, []).extend((engagement, day(v["visited_on"])) for v in data["visits"])
        elif entry.kind == DISCOUNTED:
            gone = UUID(data["engagement"])
            visits[entry.subject] = [v for v in visits.get(entry.subject, []) if v[0] != gone]
        elif entry.kind == INSURED:
            policies.setdefault(UUID(data["certificate_id"]), {})[data["series"]] = data
        elif entry.kind == CONFLICT:
            conflicted.add(UUID(data["engagement_id"]))
        elif entry.kind == REVOKED:
            revoked.add(UUID(data["certificate_id"]))
        elif entry.kind == VALIDATED and data["outcome"] == "validated":
            for engagement, on in visits.get(entry.subject, []):
                certificate = certificates[engagement]
                covered = any(_covers(policy, on) for policy in policies.get(certificate, {}).values())
                if engagement in conflicted or certificate in revoked or not covered:
                    found.append(f"{data['company']} on {data['decided_on']}, by the visit of {on}")
    return found


def _covers(policy: dict[str, Any], on: date) -> bool:
    cancelled = policy["cancelled_on"]
    return day(policy["since"]) <= on <= day(policy["until"]) and (cancelled is None or on < day(cancelled))
