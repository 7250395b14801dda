"""Who consents to what, who monitors whom, which agreements are in force, what is shared with whom (6 USC 971(c))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.applications.models import AnswerRow, Application
from greenlane.casework.tables import as_csv
from greenlane.law.authority import Office
from greenlane.law.s971_safeguards import SharingAgreement as Agreement
from greenlane.participants.benefits import NONE, Stood, known
from greenlane.participants.models import Participant, Standing
from greenlane.people.models import OfficeHolding
from greenlane.people.queries import in_force
from greenlane.profiles.queries import answers_of
from greenlane.sharing.models import Monitor, SharedAssessment, SharingAgreement, VerificationConsent
from greenlane.sharing.numbers import compact

STATUS, TIER = "status", "tier"
KINDS = (STATUS, TIER)
"""Kinds of record that an agreement with an agency can name: the standing since when, and the tier."""


@dataclass(frozen=True)
class StatusShown:
    """What another one may see of a participant. ``tier`` None: it does not consent to showing it."""

    participant: UUID
    number: str
    name: str
    business_type: str
    standing: str
    since: date | None
    tier: int | None


COLUMNS = ("name", "business_type", "standing", "since", "tier")


def csv_of(found: Iterable[StatusShown]) -> str:
    """The list as a file for an agency: of each participant what it lets be seen."""
    return as_csv(COLUMNS, ([getattr(one, column) for column in COLUMNS] for one in found))


def consent_of(participant: UUID) -> VerificationConsent | None:
    """The consent of a participant to status verification that is in force, or None."""
    return VerificationConsent.objects.filter(participant_id=participant, until=None).first()


def consents_to_participants(participant: UUID) -> bool:
    """Does it let other participants verify its status now?"""
    return VerificationConsent.objects.filter(participant_id=participant, until=None, with_participants=True).exists()


def by_number(number: str) -> VerificationConsent | None:
    """The consent to other participants that has this number now, or None."""
    rows = VerificationConsent.objects.select_related("participant").filter(number=compact(number), until=None)
    return rows.filter(with_participants=True).first()


def consents_to_agencies(programme: str) -> QuerySet[VerificationConsent]:
    """The participants of a programme that let agencies under an agreement read their status, by name."""
    rows = VerificationConsent.objects.select_related("participant").filter(until=None, with_agencies=True)
    return rows.filter(participant__programme=programme).order_by("participant__legal_name", "participant_id")


def stood(participants: Iterable[UUID], on: date) -> dict[UUID, Stood]:
    """The standing of each of these participants on a day, in one query."""
    rows = known(Standing.objects.filter(participant_id__in=list(participants)), on)
    return {row.participant_id: Stood(row.standing, row.tier, row.effective_from, row.because) for row in rows}


def statuses(consents: Iterable[VerificationConsent], on: date, *, tiers: bool = True) -> list[StatusShown]:
    """What these consents let others see on a day; *tiers* False: no tier at all."""
    found = list(consents)
    standings = stood([one.participant_id for one in found], on)
    return [_shown(one, standings.get(one.participant_id, Stood(NONE, 0)), tiers) for one in found]


def _shown(consent: VerificationConsent, now: Stood, tiers: bool) -> StatusShown:
    participant = consent.participant
    return StatusShown(
        participant=participant.pk,
        number=consent.number,
        name=participant.legal_name,
        business_type=participant.business_type,
        standing=now.standing,
        since=now.since,
        tier=now.tier if tiers and consent.show_tier else None,
    )


def monitors(watcher: UUID) -> list[Monitor]:
    """The partners whose status a participant monitors now, by name."""
    rows = Monitor.objects.select_related("watched").filter(watcher_id=watcher, until=None)
    return list(rows.order_by("watched__legal_name", "id"))


def monitored_by(watched: UUID) -> QuerySet[Monitor]:
    """Who monitors the status of a participant now, by name."""
    rows = Monitor.objects.select_related("watcher").filter(watched_id=watched, until=None)
    return rows.order_by("watcher__legal_name", "id")


def monitors_about(participant: UUID) -> QuerySet[Monitor]:
    """All monitoring that is in force, by and of a participant."""
    return Monitor.objects.filter(Q(watcher_id=participant) | Q(watched_id=participant), until=None).order_by("id")


def agency_of(account: UUID, on: date) -> str:
    """The agency for which a person holds the office of partner agency on a day, '' for none."""
    held = OfficeHolding.objects.filter(in_force(on), account_id=account, account__closed_on=None)
    row = held.filter(office=Office.PARTNER_AGENCY.value).order_by("effective_from", "id").first()
    return row.agency if row else ""


def agreements(agency: str, programme: str) -> tuple[Agreement, ...]:
    """The agreements with an agency about one programme that were not ended, as the law reads them."""
    rows = SharingAgreement.objects.filter(agency=agency, programme=programme, ended_on=None).order_by("since", "id")
    return tuple(Agreement(row.agency, tuple(row.kinds), row.since, row.until, row.purpose) for row in rows)


def agreements_about(programme: str, on: date) -> QuerySet[SharingAgreement]:
    """Every agreement about a programme that is in force on a day: what its participants are told."""
    rows = SharingAgreement.objects.filter(programme=programme, ended_on=None, since__lte=on, until__gte=on)
    return rows.order_by("agency", "since", "id")


def answers_on_file(participant: UUID, on: date) -> dict[str, dict[str, str]]:
    """The answers of a participant by criterion: those that it was certified with or affirmed since; else those of its
    last application, for a supplier that is not certified."""
    found = answers_of(participant, on)
    rows: Iterable[AnswerRow] = ()
    if not found:
        last = Application.objects.filter(participant_id=participant).order_by("opened_on", "pk").last()
        rows = AnswerRow.objects.filter(application=last).exclude(value="unanswered") if last else ()
    given: Iterable[Any] = found.values() if found else rows
    return {row.number: _answer(row) for row in sorted(given, key=lambda row: _order(row.number))}


def _answer(row: Any) -> dict[str, str]:
    names = ("number", "value", "narrative", "not_applicable_reason")
    return {name: getattr(row, name) for name in names} | {"answered_on": row.answered_on.isoformat()}


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def shares_in_force(on: date) -> QuerySet[SharedAssessment]:
    """The assessments that are shared on a day (the last day is part of it), by participants that still consent."""
    consenting = VerificationConsent.objects.filter(until=None, with_participants=True).values("participant_id")
    rows = SharedAssessment.objects.select_related("participant").filter(ended_on=None, expires_on__gte=on)
    return rows.filter(participant_id__in=consenting).order_by("-shared_on", "id")


def shared_with(participant: UUID, on: date) -> QuerySet[SharedAssessment]:
    """What others share with a participant on a day, while it consents itself."""
    if not consents_to_participants(participant):
        return SharedAssessment.objects.none()
    return shares_in_force(on).filter(receivers__participant_id=participant)


def answered_already(asker: UUID, partner: UUID, criteria: Iterable[str], on: date) -> dict[str, SharedAssessment]:
    """Which of these criteria the partner answers in an assessment that it shares with the asker on a day (RC-26)."""
    found: dict[str, SharedAssessment] = {}
    asked = set(criteria)
    for share in shared_with(asker, on).filter(participant_id=partner):
        for answer in share.answers:
            if answer["number"] in asked:
                found.setdefault(answer["number"], share)
    return found


def names_of(participants: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Participant.objects.filter(pk__in=list(participants)).values_list("pk", "legal_name"))
