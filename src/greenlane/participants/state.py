"""How participants and their parts follow from the record (6 USC 962, 963(2))."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.law.authority import Office
from greenlane.participants import entries
from greenlane.participants.models import (
    Dated,
    DeniedBenefits,
    Group,
    Identifier,
    Leg,
    Participant,
    Partner,
    Person,
    Site,
    Standing,
)
from greenlane.people.models import OfficeHolding

TABLES: dict[str, type[Dated]] = {
    "identifier": Identifier,
    "person": Person,
    "site": Site,
    "partner": Partner,
    "leg": Leg,
}


@applies(entries.ParticipantRegistered)
def participant_registered(data: entries.ParticipantRegistered, one: Recorded) -> None:
    if data.group_is_new:
        Group.objects.create(id=data.group_id, name=data.group_name)
    Participant.objects.create(
        id=data.participant_id,
        group_id=data.group_id,
        programme=data.programme,
        business_type=data.business_type,
        legal_name=data.legal_name,
        country=data.country,
        address=data.address,
        city=data.city,
        cargo_kinds=[],
        standing="applicant",
        registered_on=one.on,
    )
    _stand(one, data.participant_id, "applicant", 0, "")
    OfficeHolding.objects.create(
        id=data.officer_holding_id,
        account_id=data.officer_account_id,
        office=Office.APPLICANT_OFFICER.value,
        participant_id=data.participant_id,
        effective_from=one.on,
        recorded_at=one.at,
    )


@applies(entries.ProfileAmended)
def profile_amended(data: entries.ProfileAmended, one: Recorded) -> None:
    values = dataclasses.asdict(data)
    values["cargo_kinds"] = list(values["cargo_kinds"])
    Participant.objects.filter(pk=values.pop("participant_id")).update(**values)


@applies(entries.IdentifierRecorded)
def identifier_recorded(data: entries.IdentifierRecorded, one: Recorded) -> None:
    rest = {"kind": data.kind_of, "value": data.value}
    _record("identifier", data.identifier_id, data.identifier_id, one, rest)


@applies(entries.PersonRecorded)
def person_recorded(data: entries.PersonRecorded, one: Recorded) -> None:
    _record("person", data.person_id, data.series, one, _rest(data, "person_id"))


@applies(entries.SiteRecorded)
def site_recorded(data: entries.SiteRecorded, one: Recorded) -> None:
    _record("site", data.site_id, data.series, one, _rest(data, "site_id"))


@applies(entries.PartnerRecorded)
def partner_recorded(data: entries.PartnerRecorded, one: Recorded) -> None:
    _record("partner", data.partner_id, data.series, one, _rest(data, "partner_id"))


@applies(entries.LegRecorded)
def leg_recorded(data: entries.LegRecorded, one: Recorded) -> None:
    _record("leg", data.leg_id, data.series, one, _rest(data, "leg_id"))


@applies(entries.PartEnded)
def part_ended(data: entries.PartEnded, one: Recorded) -> None:
    _end(data.table, data.series, one)


@applies(entries.ParticipantInvited)
def participant_invited(data: entries.ParticipantInvited, one: Recorded) -> None:
    Participant.objects.filter(pk=data.participant_id).update(invited_on=one.on)


@applies(entries.StandingSet)
def standing_set(data: entries.StandingSet, one: Recorded) -> None:
    since = data.since or one.on
    _supersede(Standing.objects.filter(participant_id=data.participant_id), since, one)
    _stand(one, data.participant_id, data.standing, data.tier, data.reason, since=since, because=data.because)
    participant = Participant.objects.get(pk=data.participant_id)
    if data.tier and participant.certified_on is None:
        participant.certified_on = one.on
    participant.standing, participant.tier = data.standing, data.tier
    participant.save(update_fields=["standing", "tier", "certified_on"])


@applies(entries.DeniedBenefitsSet)
def denied_benefits_set(data: entries.DeniedBenefitsSet, one: Recorded) -> None:
    same = DeniedBenefits.objects.filter(participant_id=data.participant_id, because=data.because)
    _supersede(same, data.since, one)
    DeniedBenefits.objects.create(
        id=data.denied_id,
        participant_id=data.participant_id,
        because=data.because,
        benefits=list(data.benefits),
        reason=data.reason,
        effective_from=data.since,
        recorded_at=one.at,
    )


def _rest(data: Any, key: str) -> dict[str, Any]:
    values = dataclasses.asdict(data)
    del values[key], values["series"]
    return values


def _record(table: str, key: UUID, series: UUID, one: Recorded, values: dict[str, Any]) -> None:
    _end(table, series, one)
    TABLES[table]._default_manager.create(
        id=key, series=series, participant_id=one.participant, effective_from=one.on, recorded_at=one.at, **values
    )


def _end(table: str, series: UUID, one: Recorded) -> None:
    TABLES[table]._default_manager.filter(series=series, effective_to=None).update(effective_to=one.on)


def _stand(
    one: Recorded,
    participant: UUID,
    standing: str,
    tier: int,
    reason: str,
    *,
    since: date | None = None,
    because: UUID | None = None,
) -> None:
    Standing.objects.create(
        id=one.id_for("standing"),
        participant_id=participant,
        standing=standing,
        tier=tier,
        reason=reason,
        because=because,
        effective_from=since or one.on,
        recorded_at=one.at,
    )


def _supersede(rows: QuerySet[Any], since: date, one: Recorded) -> None:
    """What was said of this day or a later one gives way to what is said now."""
    rows.filter(effective_from__gte=since, superseded_at=None).update(superseded_at=one.at)
