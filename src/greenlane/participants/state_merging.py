"""How merged, split, divided and extracted accounts follow from the record; nothing written is changed (6 USC 962)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.participants import entries_merging as entries
from greenlane.participants.models import ChangeConsent, Dated, Merger, MovedPart
from greenlane.participants.state import TABLES
from greenlane.people.models import OfficeHolding

OWN = frozenset({"id", "series", "participant_id", "effective_from", "effective_to", "recorded_at"})
"""Columns that a copy does not take over: its key, its account and its own dates."""


@applies(entries.AccountChangeConsented)
def account_change_consented(data: entries.AccountChangeConsented, one: Recorded) -> None:
    ChangeConsent.objects.create(
        id=data.consent_id,
        participant_id=data.participant_id,
        act=data.act,
        other_id=data.other_id,
        reason=data.reason,
        given_by=one.actor,
        given_on=one.on,
    )


@applies(entries.AccountChangeConsentWithdrawn)
def account_change_consent_withdrawn(data: entries.AccountChangeConsentWithdrawn, one: Recorded) -> None:
    ChangeConsent.objects.filter(pk=data.consent_id).update(ended_on=one.on)


@applies(entries.AccountsMerged)
def accounts_merged(data: entries.AccountsMerged, one: Recorded) -> None:
    Merger.objects.create(
        id=data.merger_id,
        survivor_id=data.survivor_id,
        merged_id=data.merged_id,
        takeover=data.takeover,
        reason=data.reason,
        merged_on=one.on,
        survivor_tier=data.survivor_tier,
        standing_before=data.standing_before,
        tier_before=data.tier_before,
        holdings=[str(office.holding_id) for office in data.offices],
        cases=[{**dataclasses.asdict(case), "case_id": str(case.case_id)} for case in data.cases],
    )
    ChangeConsent.objects.filter(pk__in=data.consents).update(used_by=data.merger_id)
    _copy(data.goes, data.survivor_id, nodes_of(data.goes), one)
    _note(data.goes, data.merger_id, data.merged_id, data.survivor_id, one)
    for office in data.offices:
        OfficeHolding.objects.create(
            id=office.holding_id,
            account_id=office.account_id,
            office=office.office,
            participant_id=office.participant_id,
            effective_from=one.on,
            recorded_at=one.at,
        )


@applies(entries.AccountSplit)
def account_split(data: entries.AccountSplit, one: Recorded) -> None:
    Merger.objects.filter(pk=data.merger_id).update(split_on=one.on)
    ChangeConsent.objects.filter(pk__in=data.consents).update(used_by=data.merger_id)
    moved = (*data.corrected, *data.goes)
    leaves: list[entries.PartNamed | entries.PartMoved] = [*data.returned, *data.ended, *moved]
    nodes = {**dict(data.nodes), **nodes_of(data.goes)}
    for part in leaves:
        _end(part.part, part.series, one)
    for correction in data.corrected:
        _end(correction.part, correction.to_series, one)
    _copy(moved, data.restored_id, nodes, one)
    _note(moved, one.uid, data.survivor_id, data.restored_id, one)
    ended = [office.holding_id for office in data.offices]
    OfficeHolding.objects.filter(pk__in=ended, effective_to=None).update(effective_to=one.on)


@applies(entries.PartsExtracted)
def parts_extracted(data: entries.PartsExtracted, one: Recorded) -> None:
    ChangeConsent.objects.filter(pk__in=data.consents).update(used_by=data.target_id)
    _copy(data.goes, data.target_id, nodes_of(data.goes), one)
    _note(data.goes, data.target_id, data.source_id, data.target_id, one)
    for part in data.goes:
        _end(part.part, part.series, one)


def nodes_of(goes: Iterable[entries.PartMoved]) -> dict[UUID, UUID]:
    """Which site or partner of the target continues which of the source: the ends of its legs."""
    return {part.series: part.to_series for part in goes if part.part in ("site", "partner")}


def _copy(goes: Iterable[entries.PartMoved], target: UUID, nodes: Mapping[UUID, UUID], one: Recorded) -> None:
    """A row of the target for each part, from today on; the row of the source stays as it was written."""
    for part in goes:
        model = TABLES[part.part]
        row = model._default_manager.get(pk=part.row)
        values = {name: getattr(row, name) for name in _columns(model) if name not in OWN}
        for end in {"origin", "destination"} & values.keys():
            values[end] = nodes.get(values[end], values[end])
        model._default_manager.create(
            id=part.to_row,
            series=part.to_series,
            effective_from=one.on,
            recorded_at=one.at,
            **{**values, "participant_id": target},
        )


def _columns(model: type[Dated]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def _end(part: str, series: UUID, one: Recorded) -> None:
    TABLES[part]._default_manager.filter(series=series, effective_to=None).update(effective_to=one.on)


def _note(goes: Iterable[entries.PartMoved], change: UUID, source: UUID, target: UUID, one: Recorded) -> None:
    for part in goes:
        MovedPart.objects.create(
            id=one.id_for("moved", part.to_row),
            change=change,
            part=part.part,
            name=part.name,
            source_id=source,
            series=part.series,
            target_id=target,
            to_row=part.to_row,
            to_series=part.to_series,
            moved_on=one.on,
        )
