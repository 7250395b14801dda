"""How reports, answers and decisions follow from the record (6 USC 965(a), 965(c))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.validation import entries_report as entries
from greenlane.validation.models import Action, Validation


@applies(entries.ValidationReportIssued)
def report_issued(data: entries.ValidationReportIssued, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(report_on=one.on, report_summary=data.summary)


@applies(entries.ValidationReportAnswered)
def report_answered(data: entries.ValidationReportAnswered, one: Recorded) -> None:
    for given in data.answers:
        Action.objects.filter(validation_id=one.subject, number=given.number).update(
            answered_on=one.on, answer=given.answer, proof=[str(key) for key in given.proof]
        )
    Validation.objects.filter(pk=one.subject).update(answered_on=one.on)


@applies(entries.ValidationAnswerReturned)
def answer_returned(data: entries.ValidationAnswerReturned, one: Recorded) -> None:
    """What is sent back counts as unanswered; the words of the answer stay on the record."""
    Action.objects.filter(validation_id=one.subject, number__in=data.actions).update(answered_on=None)
    Validation.objects.filter(pk=one.subject).update(
        answered_on=None, returned_on=one.on, returned_message=data.message
    )


@applies(entries.RequiredActionClosed)
def action_closed(data: entries.RequiredActionClosed, one: Recorded) -> None:
    Action.objects.filter(validation_id=one.subject, number=data.number).update(
        closed_on=one.on,
        closed_by=data.by,
        evidence=[str(key) for key in data.evidence],
        acceptance=data.acceptance,
    )


@applies(entries.ActionsOverdue)
def actions_overdue(data: entries.ActionsOverdue, one: Recorded) -> None:
    numbers = [action.number for action in data.actions]
    Action.objects.filter(validation_id=one.subject, number__in=numbers).update(escalated_on=one.on)


@applies(entries.ValidationRecommended)
def recommended(data: entries.ValidationRecommended, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        recommended=data.decision,
        recommended_by=data.by,
        recommended_on=one.on,
        note=data.note,
        grounds=data.grounds,
    )


@applies(entries.ValidationSentBack)
def sent_back(data: entries.ValidationSentBack, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        recommended="", recommended_by=None, recommended_on=None, note="", grounds=""
    )


@applies(entries.ValidationDecided)
def decided(data: entries.ValidationDecided, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        outcome=data.outcome,
        decided_by=one.actor,
        decided_on=data.decided_on,
        due_on=data.due_on,
        guidelines=data.guidelines,
        late=data.late,
        lateness_reason=data.lateness_reason,
    )


@applies(entries.ValidationClosed)
def closed(data: entries.ValidationClosed, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(closed_on=one.on)
