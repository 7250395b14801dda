"""Candidates of the list for the Federal Register, each with why it may or may not be on it (6 USC 967(b))."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.appeals.decisions import Decided, of_entry
from greenlane.appeals.facts import listed_participant
from greenlane.appeals.models import Appeal, ListedName, RegisterList
from greenlane.casework.models import Case
from greenlane.casework.tables import as_csv
from greenlane.consequences.entries_decision import ConsequenceDecided
from greenlane.consequences.models import Consequence
from greenlane.consequences.queries import sanctioned
from greenlane.law.s967_appeals import FederalRegisterList, may_publish_in_federal_register, may_see_list
from greenlane.law.sentences import N_, Sentence
from greenlane.law.verdicts import Reason, Verdict, finding
from greenlane.programs.queries import terms_of
from greenlane.records.canonical import canonical
from greenlane.records.models import Entry

CITE = "6 USC 967(b)"
FORMAT = "greenlane-federal-register-list/1"


@dataclass(frozen=True)
class Candidate:
    """A decision that could be listed, the appeal of it, and the verdict with the arithmetic."""

    decision: Decided
    appeal: Appeal | None
    verdict: Verdict

    @property
    def consequence(self) -> Consequence:
        return self.decision.consequence


def candidates(consequences: Iterable[Consequence], on: date) -> tuple[Candidate, ...]:
    """Each decided one of *consequences* with whether it may be listed on a day (three queries for all)."""
    rows = list(consequences)
    keys = [row.pk for row in rows]
    states = dict(Case.objects.filter(pk__in=keys).values_list("pk", "state"))
    said = Entry.objects.filter(subject__in=keys, kind=ConsequenceDecided.entry_kind).order_by("id")
    latest = {entry.subject: entry for entry in said}
    uids = [entry.uid for entry in latest.values()]
    appeals = {appeal.decision_entry: appeal for appeal in Appeal.objects.filter(decision_entry__in=uids)}
    found = []
    for row in rows:
        if row.pk in latest:
            decision = of_entry(row, latest[row.pk], states[row.pk])
            found.append(_candidate(decision, appeals.get(decision.entry), states[row.pk], on))
    return tuple(found)


def _candidate(decision: Decided, appeal: Appeal | None, state: str, on: date) -> Candidate:
    one = listed_participant(decision, appeal)
    law = may_publish_in_federal_register(FederalRegisterList((one,)), on, terms_of(decision.consequence.programme, on))
    reasons = [reason for reason in law.reasons if reason.code != "somebody_listed"]
    return Candidate(decision, appeal, Verdict((*reasons, _in_force(one.participant, state))))


def _in_force(name: str, state: str) -> Reason:
    """Whoever was reinstated, or whose decision is being taken anew, is not suspended or expelled on this day."""
    return finding(
        CITE,
        "in_force_on_the_day",
        state == "in_force",
        N_("%(participant)s is suspended or expelled on this day."),
        N_("%(participant)s is not suspended or expelled on this day (the case is: %(state)s)."),
        mend=N_("Leave %(participant)s out of the list."),
        where=name,
        participant=name,
        state=state,
    )


def draft(programme: str, on: date) -> tuple[Candidate, ...]:
    """Every suspension and expulsion of a programme that was not reversed, for the draft of a list."""
    return candidates(sanctioned(programme), on)


def row_of(listed: ListedName) -> dict[str, Any]:
    """A name as everybody reads it: page, PDF, JSON and CSV."""
    return {
        "participant": listed.name,
        "city": listed.city,
        "country": listed.country,
        "business_type": listed.business_type,
        "measure": listed.measure,
        "decided_on": listed.decided_on.isoformat(),
        "period_until": listed.period_until.isoformat() if listed.period_until else None,
        "appeal_process": [str(Sentence.from_json(reason)) for reason in listed.basis],
    }


def data_of(one: RegisterList) -> dict[str, Any]:
    """The list as data; ``sha256`` is over its names as they were issued."""
    return {
        "format": FORMAT,
        "citation": CITE,
        "programme": one.programme,
        "number": one.number,
        "issued_on": one.issued_on.isoformat(),
        "published_on": one.published_on.isoformat(),
        "note": one.note,
        "sha256": one.sha256,
        "participants": [row_of(listed) for listed in one.names.order_by("position")],
    }


COLUMNS = ("participant", "city", "country", "business_type", "measure", "decided_on", "period_until")


def csv_of(one: RegisterList) -> str:
    """The list as CSV. A text that a spreadsheet would take for a formula is kept a text."""
    rows = (row_of(listed) for listed in one.names.order_by("position"))
    values = ([*(row[name] for name in COLUMNS), " ".join(row["appeal_process"])] for row in rows)
    return as_csv((*COLUMNS, "appeal_process"), values)


def names_hash(names: Iterable[Any]) -> str:
    """SHA-256 over the canonical form of the names of a list."""
    return hashlib.sha256(canonical(list(names))).hexdigest()


def may_see(one: RegisterList, rank: int, on: date) -> Verdict:
    """May a reader who holds this tier (0: none) see the list on a day?"""
    return may_see_list(rank, one.published_on, on)


def numbered(programme: str) -> int:
    """The number of the next list of a programme."""
    return RegisterList.objects.filter(programme=programme).count() + 1


def consequences_named(keys: Iterable[UUID]) -> list[Consequence]:
    """The consequences with these ids, by name of the company."""
    rows = Consequence.objects.select_related("participant").filter(pk__in=list(keys))
    return list(rows.order_by("participant__legal_name", "pk"))
