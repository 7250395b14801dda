"""What follows from an appeal and from a published list (6 USC 967(b)-(c))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.appeals import entries
from greenlane.appeals.models import Appeal
from greenlane.casework.context import Recorded
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, reacts
from greenlane.consequences.commands_appeal import (
    CloseConsequence,
    RecordAppealFiled,
    ReduceConsequence,
    RemandConsequence,
    ReverseConsequence,
)
from greenlane.consequences.commands_return import PublishConsequence
from greenlane.consequences.models import Consequence
from greenlane.law.s967_appeals import Outcome
from greenlane.people.commands import AssignCase, ReleaseCase
from greenlane.people.queries import is_assigned


@reacts(entries.AppealFiled)
def right_is_used(one: Recorded) -> Iterator[Command]:
    """The clock of the right to appeal is met."""
    data = one.data
    assert isinstance(data, entries.AppealFiled)
    yield RecordAppealFiled(case_id=data.consequence_id, appeal_id=data.appeal_id, filed_on=data.filed_on)


@reacts(entries.AppealOfficerAssigned)
def officer_gets_the_case(one: Recorded) -> Iterator[Command]:
    """The case goes to the officer who has the appeal now and leaves the others, in whatever order this is heard."""
    data = one.data
    assert isinstance(data, entries.AppealOfficerAssigned)
    officer = Appeal.objects.get(pk=one.subject).officer
    for other in (data.previous, data.officer):
        if other is not None and other != officer and is_assigned(other, one.subject, one.on):
            yield ReleaseCase(case_id=one.subject, account_id=other, reason="another officer has the appeal")
    if officer is not None and not is_assigned(officer, one.subject, one.on):
        yield AssignCase(case_id=one.subject, account_id=officer)


@reacts(entries.AppealDetermined)
def determination_takes_effect(one: Recorded) -> Iterator[Command]:
    """The decision is reversed, reduced or remanded; one that stands and has ended is closed."""
    data = one.data
    assert isinstance(data, entries.AppealDetermined)
    case = data.consequence_id
    if data.outcome is Outcome.REVERSED:
        yield ReverseConsequence(case_id=case, appeal_id=data.appeal_id)
    elif data.outcome is Outcome.REMANDED:
        yield RemandConsequence(case_id=case, appeal_id=data.appeal_id, reasons=data.reasons)
    else:
        if data.outcome is Outcome.MODIFIED:
            yield ReduceConsequence(
                case_id=case,
                appeal_id=data.appeal_id,
                benefits=data.benefits,
                period_until=data.period_until,
                modified_to=data.modified_to,
                measure=data.measure,
            )
        if Case.objects.get(pk=case).state == "ended":
            yield CloseConsequence(case_id=case, reason="the appeal is determined and the decision stands")


@reacts(entries.AppealWithdrawn)
def nothing_more_to_wait_for(one: Recorded) -> Iterator[Command]:
    """A consequence that has ended waited for the appeal only."""
    appeal = Appeal.objects.get(pk=one.subject)
    if Case.objects.get(pk=appeal.consequence_id).state == "ended":
        yield CloseConsequence(case_id=appeal.consequence_id, reason="the appeal is withdrawn")


@reacts(entries.FederalRegisterListPublished)
def names_are_published(one: Recorded) -> Iterator[Command]:
    """Each decision on the list is noted as published, once."""
    data = one.data
    assert isinstance(data, entries.FederalRegisterListPublished)
    done = Consequence.objects.exclude(published_on=None).filter(pk__in=[name.consequence_id for name in data.names])
    before = set(done.values_list("pk", flat=True))
    for name in data.names:
        if name.consequence_id not in before:
            publication = f"Federal Register list {data.number}, {data.published_on.isoformat()}"
            yield PublishConsequence(case_id=name.consequence_id, publication=publication)
