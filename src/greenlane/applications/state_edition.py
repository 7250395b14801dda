"""How an application follows when it takes up a newer edition (6 USC 961(b))."""

from __future__ import annotations

from greenlane.applications.entries_edition import EditionTakenUp
from greenlane.applications.models import AnswerRow, Application
from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies


@applies(EditionTakenUp)
def edition_taken_up(data: EditionTakenUp, one: Recorded) -> None:
    """What reads otherwise is unanswered again: nobody submits an answer to words that were not seen."""
    Application.objects.filter(pk=data.application_id).update(edition_id=data.edition_id)
    gone = [*data.to_answer, *data.removed]
    AnswerRow.objects.filter(application_id=data.application_id, number__in=gone).delete()
