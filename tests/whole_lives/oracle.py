"""What the law says of whole lives, worked out a second time from the entries of the ledger alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
NOTICED = "consequences.ConsequenceNoticed"
ACTED = "consequences.EmergencyNoticed"
REMANDED = "consequences.ConsequenceRemanded"
NOTED = "consequences.ConsequencePublished"
SPLIT = "participants.AccountSplit"
SELECTED = "revalidation.RevalidationSelected"
REVALIDATED = "revalidation.RevalidationDecided"
KINDS = (
    *(CERTIFIED, VALIDATED, WITHDREW, DECIDED, REDUCED, ENDED, REVERSED, FILED, DETERMINED, APPEAL_WITHDRAWN, LISTED),
    *(RECEIVED, PLANNED, BLOCKED, UNBLOCKED, MERGED, THIRD_PARTY, DISCOUNTED, INSURED, CONFLICT, REVOKED),
    *(NOTICED, ACTED, REMANDED, NOTED, SPLIT, SELECTED, REVALIDATED),
)
LEAST_INSURED = 1_000_000
"""The limit of the one validator's insurance, in whole dollars, as it is set before every life."""


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

    def concerns(self, participant: UUID) -> bool:
        sides = (self.data.get(key) for key in ("participant_id", "merged_id", "restored_id", "survivor_id"))
        return str(participant) in sides


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
        return 0 if self.sanctioned(on) else _on(self.earned, on, default=0)

    def sanctioned(self, on: date) -> bool:
        return any(_on(course.sanction, on, default=False) for course in self.courses.values())

    def changes(self) -> set[date]:
        """The days on which the tier may change."""
        return {since for since, _ in self.earned} | {
            since for course in self.courses.values() for since, _ in course.sanction
        }

    def denied(self, on: date) -> set[str]:
        return {code for course in self.courses.values() for code in _on(course.denied, on, default=frozenset())}


def _on(rows: list[tuple[date, Any]], on: date, default: Any) -> Any:
    """The last said of those that begin by a day; the rows are in the order of their days."""
    return next((value for since, value in reversed(rows) if since <= on), default)


def _put(rows: list[tuple[date, Any]], since: date, value: Any) -> None:
    """From a day on this holds, whatever was said of later days before."""
    rows[:] = [row for row in rows if row[0] < since] + [(since, value)]


def life_of(participant: UUID, entries: Sequence[Told], terms: Terms) -> Life:
    """The life of one participant, folded from the decisions on record."""
    life, everything = Life(), frozenset(benefit.code for benefit in terms.benefits)
    for number, entry in enumerate(entries):
        if entry.kind == MERGED and entry.data["merged_id"] == str(participant):
            life.earned.append((entry.effective_on, 0))
        elif entry.kind == SPLIT and entry.data["restored_id"] == str(participant):
            life.earned.append((entry.effective_on, _after_split(entries[: number + 1], terms)))
        elif entry.data.get("participant_id") == str(participant):
            _earn(life, entry)
            _lose(life.courses.setdefault(entry.subject, Course()), entry, everything)
    return life


def _earn(life: Life, entry: Told) -> None:
    """What a decision gives, and what ends it: a withdrawal, or a period that is over without a way back."""
    data, kind = entry.data, entry.kind
    if kind == CERTIFIED:
        life.earned.append((entry.effective_on, 1 if data["outcome"] == "certified" else 0))
    elif kind == VALIDATED and data["outcome"] == "validated":
        life.earned.append((day(data["decided_on"]), {"tier_two": 2, "tier_three": 3}[data["purpose"]]))
    elif kind == WITHDREW:
        life.earned.append((entry.effective_on, 0))
    elif kind == ENDED and data["ended_as"] == "period_over":
        life.earned.append((day(data["since"]), 0))


def _lose(course: Course, entry: Told, everything: frozenset[str]) -> None:
    """What a consequence takes, and when it gives it back."""
    data, kind = entry.data, entry.kind
    if kind == DECIDED and not data["ended"]:
        if data["decision"] == "967(b)":
            _put(course.sanction, day(data["decided_on"]), True)
        else:
            denied = everything if data["in_whole"] else frozenset(data["benefits"])
            _put(course.denied, day(data["decided_on"]), denied)
    elif kind == REDUCED and data["measure"] in ("denial", "emergency"):
        if _on(course.denied, date.max, frozenset()):
            _put(course.denied, entry.effective_on, frozenset(data["benefits"]))
    elif kind == ENDED:
        _put(course.denied, day(data["since"]), frozenset())
        _put(course.sanction, day(data["since"]), False)
    elif kind == REVERSED:
        course.denied.clear()
        course.sanction.clear()


def _after_split(entries: Sequence[Told], terms: Terms) -> int:
    """The tier of the account that the last entry restores: its own again, but no more than the other one lost since.

    It held its own until the merger; what the joint account lost in the meantime, both of them lost.
    """
    data = entries[-1].data
    at = next(n for n, one in enumerate(entries) if one.kind == MERGED and one.data["merger_id"] == data["merger_id"])
    merged, survivor = UUID(data["restored_id"]), UUID(data["survivor_id"])
    then, now = entries[at].effective_on, entries[-1].effective_on
    own = life_of(merged, entries[:at], terms).tier(then)
    before = life_of(survivor, entries[:at], terms).tier(then)
    after = life_of(survivor, entries[:-1], terms).tier(now)
    return own if after >= before else min(own, after)


def benefits_due(life: Life, terms: Terms, on: date) -> set[str]:
    """The benefits that the participant has on a day: those of the tier that it holds, but for what is denied."""
    tier, denied = life.tier(on), life.denied(on)
    return {b.code for b in terms.benefits if tier and b.from_rank <= tier and b.code not in denied}


def last_day(decision: str, decided_on: date) -> date:
    """The last day to appeal: a right that would be lost goes on to the next business day."""
    return next_business_day(decided_on + timedelta(days=30 if decision == "967(b)" else 90))


@dataclass
class Sanction:
    """A decision under 967(b) as it stands by the last entry that was read."""

    decision: Told
    in_force: bool
    appeal: UUID | None = None
    outcome: str = ""

    def complete(self, on: date) -> bool:
        """Is the appeal process complete: determined or withdrawn, or the time to appeal over and none filed?"""
        if self.appeal is not None:
            return self.outcome in ("upheld", "modified", "withdrawn")
        return on > last_day(self.decision.data["decision"], day(self.decision.data["decided_on"]))


def sanctions(entries: Iterable[Told]) -> dict[str, Sanction]:
    """The suspensions and expulsions by consequence, each with the latest decision and the appeal of that one."""
    found: dict[str, Sanction] = {}
    for entry in entries:
        data, of_appeal = entry.data, {one.appeal: one for one in found.values()}
        consequence = found.get(str(entry.subject))
        if entry.kind == DECIDED and data["decision"] == "967(b)":
            found[data["consequence_id"]] = Sanction(entry, not data["ended"])
        elif entry.kind == FILED:
            same = [one for one in found.values() if str(one.decision.uid) == data["decision_entry"]]
            for one in same:
                one.appeal = entry.subject
        elif entry.kind in (DETERMINED, APPEAL_WITHDRAWN) and entry.subject in of_appeal:
            of_appeal[entry.subject].outcome = data.get("outcome", "withdrawn")
        elif entry.kind in (ENDED, REVERSED, REMANDED) and consequence is not None:
            consequence.in_force = False
    return found


def may_be_listed(entries: Iterable[Told], on: date) -> set[str]:
    """The consequences that a list of this day may name: in force, and the appeal process complete."""
    return {key for key, one in sanctions(entries).items() if one.in_force and one.complete(on)}


def published_too_early(entries: Sequence[Told]) -> list[str]:
    """Each name that was published, on a list or otherwise, before its appeal process was complete."""
    found = []
    for number, entry in enumerate(entries):
        if entry.kind == LISTED:
            on, names = entry.data["issued_on"], entry.data["names"]
            allowed = may_be_listed(entries[:number], day(on))
            found += [f"{one['name']} on the list of {on}" for one in names if one["consequence_id"] not in allowed]
        elif entry.kind == NOTED:
            one = sanctions(entries[:number])[entry.data["consequence_id"]]
            if not one.complete(entry.effective_on):
                found.append(f"{one.decision.data['company']}, noted on {entry.effective_on}")
    return found


@dataclass
class Validators:
    """What is known of third parties by the last entry that was read."""

    visits: dict[UUID, list[tuple[UUID, date]]] = field(default_factory=dict)
    policies: dict[UUID, dict[str, dict[str, Any]]] = field(default_factory=dict)
    conflicted: set[UUID] = field(default_factory=set)
    revoked: set[UUID] = field(default_factory=set)

    def learn(self, entry: Told) -> None:
        data = entry.data
        if entry.kind == THIRD_PARTY:
            engagement = UUID(data["engagement"])
            visits = [(engagement, day(visit["visited_on"])) for visit in data["visits"]]
            self.visits.setdefault(entry.subject, []).extend(visits)
        elif entry.kind == DISCOUNTED:
            gone = UUID(data["engagement"])
            self.visits[entry.subject] = [one for one in self.visits.get(entry.subject, []) if one[0] != gone]
        elif entry.kind == INSURED:
            self.policies.setdefault(UUID(data["certificate_id"]), {})[data["series"]] = data
        elif entry.kind == CONFLICT:
            self.conflicted.add(UUID(data["engagement_id"]))
        elif entry.kind == REVOKED:
            self.revoked.add(UUID(data["certificate_id"]))

    def insured(self, certificate: UUID, on: date) -> bool:
        return any(_covers(policy, on) for policy in self.policies.get(certificate, {}).values())

    def sound(self, engagement: UUID, certificate: UUID, on: date) -> bool:
        return engagement not in self.conflicted and certificate not in self.revoked and self.insured(certificate, on)


def unsound_tiers(entries: Iterable[Told], certificates: dict[UUID, UUID]) -> list[str]:
    """Each decision that gave or confirmed a tier on visits of a conflicted, uninsured or revoked validator.

    As it was known on the day of the decision. *certificates*: the certificate of each engagement.
    """
    known, found = Validators(), []
    for entry in entries:
        known.learn(entry)
        if entry.kind in (VALIDATED, REVALIDATED) and entry.data["outcome"] in ("validated", "confirmed"):
            for engagement, on in known.visits.get(entry.subject, []):
                if not known.sound(engagement, certificates[engagement], on):
                    found.append(f"{entry.data['company']} on {entry.effective_on}, by the visit of {on}")
    return found


def stands(entries: Iterable[Told], certificate: UUID, on: date) -> bool:
    """Is a certificate, once given, in force on a day: not revoked, and insured on that very day (968(d)(2)(B))?"""
    known = Validators()
    for entry in entries:
        known.learn(entry)
    return certificate not in known.revoked and known.insured(certificate, on)


def _covers(policy: dict[str, Any], on: date) -> bool:
    cancelled = policy["cancelled_on"]
    enough = policy["limit_usd"] >= LEAST_INSURED and policy["meets_conditions"]
    return enough and day(policy["since"]) <= on <= day(policy["until"]) and (cancelled is None or on < day(cancelled))


def unsound_third_tiers(entries: Sequence[Told], terms: Terms) -> list[str]:
    """Each third tier that was given without a year at the second, or with a loss in that year, or after a refusal.

    966(a): a sustained commitment. 969(1): no tier rises on measures that the last revalidation found wanting.
    """
    found = []
    for number, entry in enumerate(entries):
        data = entry.data
        if entry.kind != VALIDATED or (data["purpose"], data["outcome"]) != ("tier_three", "validated"):
            continue
        before, on = entries[:number], day(data["decided_on"])
        mine = [one for one in before if one.data.get("participant_id") == data["participant_id"]]
        second = [one for one in mine if one.kind == VALIDATED and one.data["outcome"] == "validated"]
        since = max(day(one.data["decided_on"]) for one in second if one.data["purpose"] == "tier_two")
        life = life_of(UUID(data["participant_id"]), before, terms)
        year = [on - timedelta(days=n) for n in range((on - on.replace(year=on.year - 1)).days)]
        lapsed = any(life.sanctioned(one) or life.denied(one) for one in year)
        refused = [one.data["outcome"] for one in mine if one.kind == REVALIDATED][-1:] == ["refused"]
        if lapsed or refused or since in year:
            found.append(f"{data['company']} on {on}: at the second tier since {since}")
    return found
