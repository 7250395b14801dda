"""How decided consequences, their appeals, plans and ends follow from the record (6 USC 967)."""

from __future__ import annotations

from datetime import date
from typing import Any

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.consequences import entries_decision as entries
from greenlane.consequences import entries_plan as plan
from greenlane.consequences.models import SANCTIONS, Consequence, GoalRow
from greenlane.consequences.state import texts, touch

STANDS = {"suspension": "suspended", "expulsion": "expelled"}
"""The standing that a sanction gives."""

GIVES_WAY = ""
"""From this day on the sanction gives no standing any more."""


def _course(row: Consequence, since: date, standing: str) -> list[list[str]]:
    """The course of a sanction with another standing from a day on; later days give way."""
    day = since.isoformat()
    return [*(step for step in row.course if step[0] < day), [day, standing]]


def _row(one: Recorded) -> Consequence:
    return Consequence.objects.get(pk=one.subject)


@applies(entries.EmergencyActionTaken)
def emergency_action_taken(data: entries.EmergencyActionTaken, one: Recorded) -> None:
    Consequence.objects.create(
        id=data.consequence_id,
        participant_id=data.participant_id,
        programme=data.programme,
        proposed="emergency",
        opened_by=one.actor,
        opened_on=one.on,
        because_of=data.because_of,
        grounds=data.grounds,
        taken_on=one.on,
    )


@applies(entries.ConsequenceDecided)
def consequence_decided(data: entries.ConsequenceDecided, one: Recorded) -> None:
    row = _row(one)
    values: dict[str, Any] = {
        "decision": data.decision,
        "measure": data.measure,
        "benefits": list(data.benefits),
        "in_whole": data.in_whole,
        "decided_by": one.actor,
        "decided_on": data.decided_on,
        "lost_on": data.lost_on,
        "period_until": data.period_until,
        "standing_before": data.standing_before,
        "tier_before": data.tier_before,
        "took_part": texts(data.took_part),
        "reasons": data.reasons,
        "appeal_id": None,
        "appealed_on": None,
    }
    if data.measure in SANCTIONS and not data.ended:
        values["course"] = _course(row, data.decided_on, STANDS[data.measure])
    touch(one, **values)


@applies(entries.EmergencyNoticed)
def emergency_noticed(data: entries.EmergencyNoticed, one: Recorded) -> None:
    touch(one, emergency_notice_on=one.on, notice=data.message, response_until=data.response_until)


@applies(entries.EmergencyAnswered)
def emergency_answered(data: entries.EmergencyAnswered, one: Recorded) -> None:
    touch(one, responded_on=one.on, response=data.response, response_documents=texts(data.documents))


@applies(entries.EmergencyConfirmed)
def emergency_confirmed(data: entries.EmergencyConfirmed, one: Recorded) -> None:
    touch(one, confirmed_on=one.on, reasons=data.reasons)


@applies(entries.ConsequenceEnded)
def consequence_ended(data: entries.ConsequenceEnded, one: Recorded) -> None:
    row = _row(one)
    ended: dict[str, Any] = {"ended_on": data.since, "ended_as": data.ended_as, "end_reason": data.reason}
    if data.measure in SANCTIONS:
        ended["course"] = _course(row, data.since, "withdrawn" if data.ended_as == "period_over" else GIVES_WAY)
    touch(one, **ended)


@applies(entries.ConsequencePublished)
def consequence_published(data: entries.ConsequencePublished, one: Recorded) -> None:
    touch(one, published_on=one.on, publication=data.publication)


@applies(entries.AppealNoted)
def appeal_noted(data: entries.AppealNoted, one: Recorded) -> None:
    touch(one, appeal_id=data.appeal_id, appealed_on=data.filed_on)


@applies(entries.ConsequenceReversed)
def consequence_reversed(data: entries.ConsequenceReversed, one: Recorded) -> None:
    touch(one, ended_on=one.on, ended_as="reversed", end_reason=data.reasons, course=[])


@applies(entries.ConsequenceReduced)
def consequence_reduced(data: entries.ConsequenceReduced, one: Recorded) -> None:
    row = _row(one)
    values: dict[str, Any] = {
        "measure": data.measure,
        "benefits": list(data.benefits),
        "period_until": data.period_until,
        "modified_to": data.modified_to,
        "modified_on": one.on,
    }
    if data.measure not in SANCTIONS:
        values["in_whole"] = row.in_whole and set(data.benefits) == set(row.benefits)
    elif row.ended_on is None and data.measure != row.measure:
        values["course"] = _course(row, one.on, STANDS[data.measure])
    touch(one, **values)


@applies(entries.ConsequenceRemanded)
def consequence_remanded(data: entries.ConsequenceRemanded, one: Recorded) -> None:
    touch(one, remanded_on=one.on, remand_reasons=data.reasons)


@applies(plan.CorrectivePlanProposed)
def plan_proposed(data: plan.CorrectivePlanProposed, one: Recorded) -> None:
    GoalRow.objects.filter(consequence_id=one.subject).delete()
    GoalRow.objects.bulk_create(
        GoalRow(
            id=one.id_for("goal", number), consequence_id=one.subject, number=number, goal=g.goal, goal_on=g.goal_on
        )
        for number, g in enumerate(data.goals, start=1)
    )
    touch(one, plan_proposed_on=one.on)


@applies(plan.CorrectivePlanReturned)
def plan_returned(data: plan.CorrectivePlanReturned, one: Recorded) -> None:
    touch(one, plan_proposed_on=None)


@applies(plan.CorrectivePlanAccepted)
def plan_accepted(data: plan.CorrectivePlanAccepted, one: Recorded) -> None:
    touch(one, plan_accepted_by=data.by, plan_accepted_on=one.on)


@applies(plan.GoalReported)
def goal_reported(data: plan.GoalReported, one: Recorded) -> None:
    goals = GoalRow.objects.filter(consequence_id=one.subject, number=data.number)
    goals.update(reported_on=one.on, report=data.report, documents=texts(data.documents))


@applies(plan.GoalAccepted)
def goal_accepted(data: plan.GoalAccepted, one: Recorded) -> None:
    goals = GoalRow.objects.filter(consequence_id=one.subject, number=data.number)
    goals.update(done_on=data.done_on, accepted_by=one.actor)


@applies(plan.GoalReturned)
def goal_returned(data: plan.GoalReturned, one: Recorded) -> None:
    goals = GoalRow.objects.filter(consequence_id=one.subject, number=data.number)
    goals.update(reported_on=None, report="", documents=[])
