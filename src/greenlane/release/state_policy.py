"""How thresholds, policies, agencies, criteria and arrangements follow from the record (6 USC 964(a); 19 USC 4311)."""

from __future__ import annotations

import dataclasses

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.release import entries_policy as entries
from greenlane.release.models import (
    Agency,
    AgencyCriteria,
    Arrangement,
    RecognisedManufacturer,
    ReleasePolicy,
    Threshold,
)


@applies(entries.ThresholdRecorded)
def threshold_recorded(data: entries.ThresholdRecorded, one: Recorded) -> None:
    Threshold.objects.create(
        id=data.threshold_id,
        programme=data.programme,
        points=data.points,
        in_force_from=data.in_force_from,
        basis=data.basis,
        recorded_on=one.on,
        recorded_at=one.at,
        entry=one.uid,
    )


@applies(entries.ReleasePolicyDrafted)
def drafted(data: entries.ReleasePolicyDrafted, one: Recorded) -> None:
    ReleasePolicy.objects.create(
        id=data.policy_id,
        programme=data.programme,
        version=data.version,
        title=data.title,
        why=data.why,
        numbers=dataclasses.asdict(data.numbers),
        effective_from=data.effective_from,
        status="draft",
        drafted_by=one.actor,
        drafted_on=one.on,
    )


@applies(entries.ReleasePolicyConsultedOn)
def consulted_on(data: entries.ReleasePolicyConsultedOn, one: Recorded) -> None:
    values = {f"{data.committee}_consulted_on": data.concluded_on, f"{data.committee}_advice": data.advice}
    ReleasePolicy.objects.filter(pk=data.policy_id).update(**values)


@applies(entries.ReleasePolicySimulated)
def simulated(data: entries.ReleasePolicySimulated, one: Recorded) -> None:
    ReleasePolicy.objects.filter(pk=data.policy_id).update(simulation=data.found)


@applies(entries.ReleasePolicyPublished)
def published(data: entries.ReleasePolicyPublished, one: Recorded) -> None:
    ReleasePolicy.objects.filter(pk=data.policy_id).update(
        status="published", published_on=one.on, published_at=one.at, published_by=one.actor
    )


@applies(entries.DrawSet)
def draw_set(data: entries.DrawSet, one: Recorded) -> None:
    ReleasePolicy.objects.filter(pk=data.policy_id).update(salt=data.salt)


@applies(entries.ReleasePolicyWithdrawn)
def withdrawn(data: entries.ReleasePolicyWithdrawn, one: Recorded) -> None:
    ReleasePolicy.objects.filter(pk=data.policy_id).update(status="withdrawn")


@applies(entries.AgencyRegistered)
def agency_registered(data: entries.AgencyRegistered, one: Recorded) -> None:
    Agency.objects.create(id=data.agency_id, code=data.code, name=data.name, place=data.place, registered_on=one.on)


@applies(entries.AgencyCriteriaAdopted)
def criteria_adopted(data: entries.AgencyCriteriaAdopted, one: Recorded) -> None:
    AgencyCriteria.objects.create(
        id=data.criteria_id,
        agency_id=data.agency_id,
        version=data.version,
        document=data.document,
        agreed_with=data.agreed_with,
        rests_on_id=data.rests_on,
        ports=list(data.ports),
        origins=list(data.origins),
        headings=list(data.headings),
        in_force_from=data.in_force_from,
        in_force_until=data.in_force_until,
        adopted_on=one.on,
        recorded_at=one.at,
        entry=one.uid,
    )


@applies(entries.ArrangementRecorded)
def arrangement_recorded(data: entries.ArrangementRecorded, one: Recorded) -> None:
    Arrangement.objects.create(
        id=data.arrangement_id,
        programme=data.programme,
        country=data.country,
        partner_programme=data.partner_programme,
        since=data.since,
        recorded_at=one.at,
    )


@applies(entries.ArrangementEnded)
def arrangement_ended(data: entries.ArrangementEnded, one: Recorded) -> None:
    rows = Arrangement.objects.filter(pk=data.arrangement_id)
    rows.update(ended_on=one.on, ended_at=one.at, end_reason=data.reason)


@applies(entries.ManufacturersRecognised)
def manufacturers_recognised(data: entries.ManufacturersRecognised, one: Recorded) -> None:
    RecognisedManufacturer.objects.bulk_create(
        RecognisedManufacturer(
            id=row.row_id,
            arrangement_id=data.arrangement_id,
            mid=row.mid,
            name=row.name,
            foreign_number=row.foreign_number,
            since=one.on,
            recorded_at=one.at,
        )
        for row in data.manufacturers
    )


@applies(entries.RecognitionEnded)
def recognition_ended(data: entries.RecognitionEnded, one: Recorded) -> None:
    rows = RecognisedManufacturer.objects.filter(pk=data.row_id)
    rows.update(ended_on=one.on, ended_at=one.at, end_reason=data.reason)
