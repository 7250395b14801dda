"""What the platform does by itself: screen, compare new lists, take up an investigation again (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from greenlane.applications.entries import ApplicationSubmitted, ApplicationWithdrawn
from greenlane.casework.context import Recorded
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, reacts
from greenlane.participants.entries import IdentifierRecorded, PartEnded, PersonRecorded, ProfileAmended, SiteRecorded
from greenlane.participants.entries_duties import ParticipantWithdrew
from greenlane.vetting import monitoring
from greenlane.vetting.commands import (
    CloseInvestigation,
    Ground,
    OpenInvestigation,
    ReopenInvestigation,
    ScreenParties,
)
from greenlane.vetting.commands_lists import ScreenChanges
from greenlane.vetting.entries import ChangesScreened, InvestigationOpened, InvestigationReopened, ListImported
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.listing import register_id
from greenlane.vetting.models import Investigation, ListVersion
from greenlane.vetting.parties import parties_of, same_parties

INVESTIGATED = frozenset({"identifier", "person", "site"})


@reacts(ApplicationSubmitted)
def investigate_applicant(one: Recorded) -> Iterable[Command]:
    """A submitted application is investigated; one that comes back corrected, or finds one open, goes on with it."""
    data = one.data
    assert isinstance(data, ApplicationSubmitted)
    case_id = latest_investigation(data.participant_id)
    own = Investigation.objects.filter(pk=case_id, application_id=data.application_id)
    if case_id is not None and (own.exists() or Case.objects.get(pk=case_id).state == "open"):
        yield from _if_changed(case_id, data.participant_id, one.on)
    else:
        yield OpenInvestigation(participant_id=data.participant_id, application_id=data.application_id)


@reacts(ApplicationWithdrawn)
def close_with_application(one: Recorded) -> Iterable[Command]:
    data = one.data
    assert isinstance(data, ApplicationWithdrawn)
    for case_id in Investigation.objects.filter(application_id=data.application_id).values_list("pk", flat=True):
        if Case.objects.get(pk=case_id).state != "closed":
            yield CloseInvestigation(case_id=case_id, reason="The application was withdrawn.")


@reacts(ParticipantWithdrew)
def close_with_participant(one: Recorded) -> Iterable[Command]:
    """Who takes no part is investigated no more; one who is suspended stays under review until its period ends."""
    data = one.data
    assert isinstance(data, ParticipantWithdrew)
    if data.standing_before == "suspended":
        return
    cases = Investigation.objects.filter(participant_id=data.participant_id).values("pk")
    for case_id in (
        Case.objects.filter(pk__in=cases).exclude(state="closed").order_by("pk").values_list("pk", flat=True)
    ):
        yield CloseInvestigation(case_id=case_id, reason="The company withdrew from the programme.")


@reacts(InvestigationOpened, InvestigationReopened)
def screen_at_once(one: Recorded) -> Iterable[Command]:
    """A new or re-opened investigation is screened when there is a list."""
    if ListVersion.objects.exists():
        yield ScreenParties(case_id=one.subject)


@reacts(ListImported)
def compare_changes(one: Recorded) -> Iterable[Command]:
    data = one.data
    assert isinstance(data, ListImported)
    yield ScreenChanges(list_id=register_id(data.list_kind), version_id=data.version_id)


@reacts(ChangesScreened)
def take_up_again(one: Recorded) -> Iterable[Command]:
    """Open investigations are screened against the new version; completed ones only where it changes something."""
    data = one.data
    assert isinstance(data, ChangesScreened)
    for case_id in monitoring.live(("open",)):
        yield ScreenParties(case_id=case_id)
    for case_id in data.affected:
        yield from _again(case_id, "list_changed")


@reacts(PersonRecorded, PartEnded, SiteRecorded, ProfileAmended, IdentifierRecorded)
def parties_may_have_changed(one: Recorded) -> Iterable[Command]:
    """A changed owner, officer, site or company is investigated again (RC-12); a changed telephone number is not."""
    if one.participant is None or (isinstance(one.data, PartEnded) and one.data.table not in INVESTIGATED):
        return
    case_id = latest_investigation(one.participant)
    if case_id is not None:
        yield from _if_changed(case_id, one.participant, one.on)


def _if_changed(case_id: UUID, participant: UUID, on: date) -> Iterable[Command]:
    if _parties_changed(case_id, participant, on):
        yield from _again(case_id, "parties_changed")


def _parties_changed(case_id: UUID, participant: UUID, on: date) -> bool:
    row = Investigation.objects.select_related("screening").get(pk=case_id)
    return row.screening is not None and not same_parties(parties_of(participant, on), row.screening.parties)


def _again(case_id: UUID, ground: Ground) -> Iterable[Command]:
    state = Case.objects.get(pk=case_id).state
    if state == "open":
        yield ScreenParties(case_id=case_id)
    elif state in monitoring.COMPLETED:
        yield ReopenInvestigation(case_id=case_id, ground=ground)
