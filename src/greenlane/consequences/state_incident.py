"""How incidents follow from the record (6 USC 971(c))."""

from __future__ import annotations

from typing import Any

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.consequences import entries_incident as entries
from greenlane.consequences.models import Incident
from greenlane.consequences.state import texts


@applies(entries.IncidentReported)
def incident_reported(data: entries.IncidentReported, one: Recorded) -> None:
    Incident.objects.create(
        id=data.incident_id,
        participant_id=data.participant_id,
        programme=data.programme,
        what=data.what,
        happened_on=data.happened_on,
        place=data.place,
        cargo=data.cargo,
        documents=texts(data.documents),
        reported_by=one.actor,
        reported_on=one.on,
        review_until=data.review_until,
    )


@applies(entries.IncidentAddedTo)
def incident_added_to(data: entries.IncidentAddedTo, one: Recorded) -> None:
    row = Incident.objects.get(pk=one.subject)
    row.what = f"{row.what}\n\n{data.text}"
    row.documents = list(dict.fromkeys([*row.documents, *texts(data.documents)]))
    row.save(update_fields=["what", "documents"])


@applies(entries.IncidentReviewBegun)
def incident_review_begun(data: entries.IncidentReviewBegun, one: Recorded) -> None:
    Incident.objects.filter(pk=one.subject).update(reviewed_by=data.by, review_began_on=one.on)


@applies(entries.IncidentConcluded)
def incident_concluded(data: entries.IncidentConcluded, one: Recorded) -> None:
    Incident.objects.filter(pk=one.subject).update(
        outcome=data.outcome,
        conclusion=data.conclusion,
        actions=[
            {"number": number, "action": a.action, "done_by": a.done_by.isoformat(), **NOTHING_YET}
            for number, a in enumerate(data.actions, 1)
        ],
        concluded_by=one.actor,
        concluded_on=one.on,
    )


NOTHING_YET = {"answered_on": None, "answer": "", "proof": [], "returned": "", "closed_on": None, "acceptance": ""}
"""An agreed action of which nothing was said yet."""


@applies(entries.IncidentActionAnswered)
def action_answered(data: entries.IncidentActionAnswered, one: Recorded) -> None:
    said = {"answered_on": one.on.isoformat(), "answer": data.answer, "proof": texts(data.proof), "returned": ""}
    _touch(one, data.number, said)


@applies(entries.IncidentActionReturned)
def action_returned(data: entries.IncidentActionReturned, one: Recorded) -> None:
    """It waits for an answer again; what was answered stays readable."""
    _touch(one, data.number, {"answered_on": None, "returned": data.reason})


@applies(entries.IncidentActionClosed)
def action_closed(data: entries.IncidentActionClosed, one: Recorded) -> None:
    _touch(one, data.number, {"closed_on": one.on.isoformat(), "acceptance": data.acceptance})


def _touch(one: Recorded, number: int, change: dict[str, Any]) -> None:
    row = Incident.objects.get(pk=one.subject)
    row.actions = [{**each, **change} if each["number"] == number else each for each in row.actions]
    row.save(update_fields=["actions"])
