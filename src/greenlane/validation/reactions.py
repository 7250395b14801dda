"""What follows from certifications, notices, decisions and withdrawals (6 USC 965, 971(a)(3))."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from greenlane.casework.context import Recorded
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, reacts
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.entries import StandingSet
from greenlane.participants.queries import participant_of
from greenlane.people.commands import AssignCase, ReleaseCase
from greenlane.people.queries import is_assigned
from greenlane.validation import entries, queries
from greenlane.validation.commands_decision import ENDED, CloseValidation
from greenlane.validation.commands_planning import PlanValidation
from greenlane.validation.entries_report import ValidationDecided
from greenlane.validation.entries_visits import ThirdPartyVisitRecorded
from greenlane.validation.facts import vetting_purpose
from greenlane.validation.models import Validation
from greenlane.vetting.commands import OpenInvestigation
from greenlane.vetting.entries import InvestigationCompleted
from greenlane.vetting.models import Investigation


@reacts(StandingSet)
def first_tier_is_to_be_validated(one: Recorded) -> Iterator[Command]:
    """Whoever holds the first tier is validated within a year: the case and its clock begin at once (965(a))."""
    data = one.data
    assert isinstance(data, StandingSet)
    if data.standing != "certified" or data.tier != 1 or queries.open_validations(data.participant_id).exists():
        return
    if participant_of(data.participant_id).tier == 1:  # and not only for days that are past: a later sanction stands
        yield PlanValidation(participant_id=data.participant_id)


@reacts(StandingSet)
def validation_ends_with_participation(one: Recorded) -> Iterator[Command]:
    """A company that takes part no longer is not validated (961(a)); a suspended one waits, also if it left as well."""
    data = one.data
    assert isinstance(data, StandingSet)
    if data.standing in ENDED and participant_of(data.participant_id).standing in ENDED:
        cases = Case.objects.filter(participant_id=data.participant_id, kind="validation")
        for case in cases.exclude(state__in=queries.FINAL).order_by("opened_on", "pk"):
            yield CloseValidation(case_id=case.pk, reason="the company takes part no longer")


@reacts(entries.ValidationTeamAssigned)
def team_reaches_the_case(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, entries.ValidationTeamAssigned)
    for member in data.members:
        if not is_assigned(member, one.subject, one.on):
            yield AssignCase(case_id=one.subject, account_id=member)
    for member in data.released:
        if is_assigned(member, one.subject, one.on):
            yield ReleaseCase(case_id=one.subject, account_id=member, reason="replaced in the team")


@reacts(entries.ValidationNoticeGiven, ThirdPartyVisitRecorded)
def vetted_again(one: Recorded) -> Iterator[Command]:
    """With the notice, or a validator's visits, the company is vetted again, unless it is already (965(a), RC-11)."""
    yield from _second_vetting(Validation.objects.get(pk=one.subject))


@reacts(InvestigationCompleted)
def vetted_again_when_another_ends(one: Recorded) -> Iterator[Command]:
    """A notice that came while another investigation was open gets its own vetting when that one ends."""
    if one.participant is not None:
        begun = Q(first_notice_on__isnull=False) | Q(visits__engagement__isnull=False)
        for validation in queries.open_validations(one.participant).filter(begun).distinct():
            yield from _second_vetting(validation)


def _second_vetting(validation: Validation) -> Iterator[Command]:
    purpose = vetting_purpose(validation)
    rows = Investigation.objects.filter(participant_id=validation.participant_id)
    if _open_investigation(validation.participant_id) is not None:
        return
    if not rows.filter(purpose=purpose, opened_on__gte=validation.planned_on).exists():
        yield OpenInvestigation(participant_id=validation.participant_id, purpose=purpose)  # type: ignore[arg-type]


def _open_investigation(participant_id: UUID) -> Case | None:
    return Case.objects.filter(kind="investigation", participant_id=participant_id, state="open").first()


@reacts(ValidationDecided)
def tier_follows(one: Recorded) -> Iterator[Command]:
    """A company that is validated holds its tier from the day of the decision; a refusal leaves its tier as it is.

    One that left at the same time holds none: taking part is voluntary (961(a)).
    """
    data = one.data
    assert isinstance(data, ValidationDecided)
    left = participant_of(data.participant_id).standing == "withdrawn"
    if data.outcome == "validated" and data.purpose in CITED and not left:
        yield SetStanding(
            participant_id=data.participant_id,
            standing="certified",
            tier=data.tier,
            reason=CITED[data.purpose],
            because=one.subject,
        )


CITED = {"tier_two": "6 USC 965", "tier_three": "6 USC 966"}
"""The purposes with which a tier rises, and their sections."""
