"""Participants that monitor a partner are told of each change of its standing (6 USC 971(c))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.participants.entries import StandingSet
from greenlane.sharing import queries
from greenlane.sharing.commands import TellStatus
from greenlane.sharing.commands_assessments import ReceiveAssessment
from greenlane.sharing.entries import AssessmentShared, MonitoringBegun
from greenlane.sharing.models import Monitor


@reacts(StandingSet)
def monitors_are_told(one: Recorded) -> Iterator[Command]:
    """Each that monitors, while both consent; a change that it may not see is none for it."""
    assert isinstance(one.data, StandingSet)
    rows = list(queries.monitored_by(one.data.participant_id))
    consent = queries.consent_of(one.data.participant_id) if rows else None
    if consent is None:
        return
    [status] = queries.statuses([consent], one.on)
    since = status.since and status.since.isoformat()
    for row in rows:
        seen = {"standing": status.standing, "since": since, "tier": status.tier}
        if _differs(row.told, seen) and queries.consents_to_participants(row.watcher_id):
            yield TellStatus(participant_id=row.watcher_id, monitor_id=row.pk)


def _differs(told: Mapping[str, object], seen: Mapping[str, object]) -> bool:
    """A new standing, or a new tier where it is shown; that it was said again on another day is no change."""
    return any(told.get(key) != seen[key] for key in ("standing", "tier"))


@reacts(MonitoringBegun)
def first_status_is_told(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, MonitoringBegun)
    if Monitor.objects.filter(pk=one.data.monitor_id, until=None).exists():
        yield TellStatus(participant_id=one.data.watcher_id, monitor_id=one.data.monitor_id)


@reacts(AssessmentShared)
def receivers_are_told(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, AssessmentShared)
    receivers: tuple[UUID, ...] = one.data.receivers
    for receiver in receivers:
        yield ReceiveAssessment(participant_id=receiver, assessment_id=one.data.assessment_id)
