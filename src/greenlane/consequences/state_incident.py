"""How incidents follow from the record (6 USC 971(c))."""

from __future__ import annotations

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
        actions=[{"action": a.action, "done_by": a.done_by.isoformat()} for a in data.actions],
        concluded_by=one.actor,
        concluded_on=one.on,
    )
