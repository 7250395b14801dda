"""Looks at the status of others: each is asked of the law first, and each is on record once (6 USC 971(c), RC-22)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from greenlane.casework.dates import legal_date
from greenlane.law.authority import Office
from greenlane.law.s971_safeguards import Audience, ReadFacts, VerificationFacts, may_read, may_verify
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, finding
from greenlane.participants.models import Participant
from greenlane.people.queries import holdings_of
from greenlane.records.reads import log_reads, reads_by
from greenlane.sharing import queries
from greenlane.sharing.models import Monitor, SharedAssessment, VerificationConsent
from greenlane.sharing.queries import STATUS, TIER, StatusShown

COMPANY = frozenset({Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT})

MISSED = "a number that showed nothing"
MOST_MISSES = 20
MISSES_WITHIN = timedelta(hours=1)
"""How many numbers that show no status a person may look up, and within which time."""


@dataclass(frozen=True)
class Look:
    """Somebody who looks: which person, for which participant, what for, and when."""

    account: UUID
    participant: UUID
    purpose: str
    at: datetime


@dataclass(frozen=True)
class Seen:
    """The answer of the law, and what it lets the reader see; nothing where it refuses."""

    verdict: Verdict
    found: tuple[StatusShown, ...] = ()


@dataclass(frozen=True)
class Watched:
    """A monitored partner and its status now."""

    monitor: Monitor
    status: StatusShown


@dataclass(frozen=True)
class AgencyLook:
    """Somebody of an agency who reads the participants of a programme, what for, and when."""

    account: UUID
    programme: str
    purpose: str
    at: datetime


def look_up(look: Look, number: str) -> Seen:
    """The status of the participant with this number. An unknown number and one without consent are told the same."""
    consent = queries.by_number(number)
    with transaction.atomic():
        few = _few_misses(look)
        if not few.holds:
            return Seen(Verdict((few,)))
        verdict = _verdict(look, consent is not None)
        if consent is None and look.purpose.strip():
            log_reads(look.account, _office(look), (None,), MISSED, _purpose(look), look.at)
        if consent is None or not verdict.granted:
            return Seen(verdict)
        found = queries.statuses([consent], legal_date(look.at))
        _log(look, found, "status by its number")
        return Seen(verdict, tuple(found))


def _few_misses(look: Look) -> Reason:
    """Nobody finds numbers by trying: after some that showed nothing, a person waits."""
    since = look.at - MISSES_WITHIN
    missed = reads_by(look.account).filter(what=MISSED, at__gt=since)[:MOST_MISSES].count()
    return finding(
        "6 USC 971(c)",
        "few_misses",
        missed < MOST_MISSES,
        N_("Few numbers that you looked up showed nothing."),
        N_("%(most)s numbers that you looked up within an hour showed nothing."),
        mend=N_("Wait an hour, and copy the number as your partner gives it."),
        where="number",
        most=MOST_MISSES,
    )


def monitored(look: Look) -> tuple[Verdict, list[Watched]]:
    """The partners that a participant monitors, with their status now. Each look is on record for each of them."""
    with transaction.atomic():
        verdict = _verdict(look, True)
        if not verdict.granted:
            return verdict, []
        rows = {row.watched_id: row for row in queries.monitors(look.participant)}
        consents = VerificationConsent.objects.select_related("participant").filter(
            participant_id__in=rows, until=None, with_participants=True
        )
        found = queries.statuses(consents.order_by("participant__legal_name", "id"), legal_date(look.at))
        _log(look, found, "status as a monitored partner")
        return verdict, [Watched(rows[status.participant], status) for status in found]


def read_assessment(look: Look, share: UUID) -> tuple[Verdict, SharedAssessment | None]:
    """An assessment that a partner shares. One that is not shared with the reader does not exist for it."""
    row = queries.shared_with(look.participant, legal_date(look.at)).filter(pk=share).first()
    with transaction.atomic():
        verdict = _verdict(look, row is not None)
        if row is None or not verdict.granted:
            return verdict, None
        purpose = _purpose(look)
        log_reads(look.account, _office(look), (row.participant_id,), "shared assessment", purpose, look.at)
        return verdict, row


def agency_list(look: AgencyLook, *, after: tuple[str, UUID] | None = None, limit: int | None = None) -> Seen:
    """The status of every participant that consents, for an agency under an agreement; *limit* of them after a name.

    Each participant on it finds the look in its own list, with agency and purpose.
    """
    on = legal_date(look.at)
    agency = queries.agency_of(look.account, on)
    facts = ReadFacts(
        kind=STATUS,
        audience=Audience.PARTICIPANT,
        office=Office.PARTNER_AGENCY,
        agency=agency,
        agreements=queries.agreements(agency, look.programme),
        consented=True,  # only those that consent are on the list
        purpose=look.purpose,
    )
    verdict = may_read(facts, on)
    if not verdict.granted:
        return Seen(verdict)
    rows = queries.consents_to_agencies(look.programme)
    if after is not None:
        rows = rows.filter(participant__legal_name__gte=after[0]).exclude(
            participant__legal_name=after[0], participant_id__lte=after[1]
        )
    tiers = may_read(replace(facts, kind=TIER), on).granted
    with transaction.atomic():
        found = queries.statuses(rows[:limit] if limit else rows, on, tiers=tiers)
        keys = [status.participant for status in found]
        log_reads(
            look.account, Office.PARTNER_AGENCY.value, keys, STATUS, f"{agency}: {look.purpose.strip()}"[:200], look.at
        )
        return Seen(verdict, tuple(found))


def _verdict(look: Look, asked: bool) -> Verdict:
    return may_verify(
        VerificationFacts(
            own=_office(look) != Office.PUBLIC.value,
            asker_consents=queries.consents_to_participants(look.participant),
            asked_consents=asked,
            purpose=look.purpose,
        )
    )


def _office(look: Look) -> str:
    """The office in which the person acts for the participant that asks; 'public' for a stranger."""
    held = [
        holding.office
        for holding in holdings_of(look.account, legal_date(look.at))
        if holding.office in COMPANY and holding.participant == str(look.participant)
    ]
    return held[0].value if held else Office.PUBLIC.value


def _purpose(look: Look) -> str:
    """What the participant that was looked at reads: for whom, and what for."""
    name = Participant.objects.values_list("legal_name", flat=True).get(pk=look.participant)
    return f"{name}: {look.purpose.strip()}"[:200]


def _log(look: Look, found: list[StatusShown], what: str) -> None:
    if found:
        log_reads(look.account, _office(look), [status.participant for status in found], what, _purpose(look), look.at)
