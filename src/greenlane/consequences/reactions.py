"""What follows from decisions: benefits and standing stop and return on the right day (6 USC 967)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.consequences import entries_decision as entries
from greenlane.consequences.commands import OpenConsequence
from greenlane.consequences.entries import ConsequenceOpened
from greenlane.consequences.entries_incident import IncidentConcluded, IncidentReviewBegun
from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.consequences.timeline import HEAVIER, standings_from
from greenlane.law.authority import Office
from greenlane.participants.commands_standing import SetDeniedBenefits, SetStanding
from greenlane.participants.entries import StandingSet
from greenlane.people.commands import AssignCase
from greenlane.people.queries import is_assigned
from greenlane.programs.queries import terms_of


@reacts(ConsequenceOpened, IncidentReviewBegun)
def specialist_has_the_case(one: Recorded) -> Iterator[Command]:
    """A specialist who opens a consequence, or begins a review, answers for it until a supervisor says otherwise."""
    if one.actor and one.office == Office.SPECIALIST.value and not is_assigned(one.actor, one.subject, one.on):
        yield AssignCase(case_id=one.subject, account_id=one.actor)


@reacts(entries.ConsequenceDecided)
def decision_takes_effect(one: Recorded) -> Iterator[Command]:
    """From the day of the decision; one decided anew after it had ended changes nothing."""
    data = one.data
    assert isinstance(data, entries.ConsequenceDecided)
    if not data.ended:
        yield from _carried_out(data.consequence_id, data.decided_on, data.benefits, data.in_whole)


@reacts(entries.ConsequenceReduced)
def reduction_takes_effect(one: Recorded) -> Iterator[Command]:
    """From the day of the determination: only a reversal restores the days before."""
    data = one.data
    assert isinstance(data, entries.ConsequenceReduced)
    row = Consequence.objects.get(pk=data.consequence_id)
    if row.ended_on is None:
        yield from _carried_out(row.pk, one.on, data.benefits, row.in_whole)


@reacts(entries.ConsequenceEnded)
def end_takes_effect(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, entries.ConsequenceEnded)
    yield from _carried_out(data.consequence_id, data.since, (), False)


@reacts(entries.ConsequenceReversed)
def reversal_takes_effect(one: Recorded) -> Iterator[Command]:
    """All returns from the day it was lost (967(c))."""
    data = one.data
    assert isinstance(data, entries.ConsequenceReversed)
    yield from _carried_out(data.consequence_id, data.lost_on, (), False)


def _carried_out(consequence_id: UUID, since: date, benefits: tuple[str, ...], in_whole: bool) -> Iterator[Command]:
    """What the consequence does from a day on. A denial in whole denies what a higher tier would give as well."""
    row = Consequence.objects.select_related("participant").get(pk=consequence_id)
    reason = f"6 USC {row.decision}"
    if row.measure in SANCTIONS:
        for stand in standings_from(row.participant_id, since):
            yield SetStanding(
                participant_id=row.participant_id,
                standing=stand.standing,  # type: ignore[arg-type]  # a standing on record
                tier=stand.tier,
                reason=reason,
                because=stand.because if stand.since > since else row.pk,
                since=stand.since,
            )
        return
    denied = tuple(b.code for b in terms_of(row.programme, since).benefits) if benefits and in_whole else benefits
    yield SetDeniedBenefits(
        participant_id=row.participant_id, because=row.pk, benefits=denied, reason=reason, since=since
    )


@reacts(StandingSet)
def sanction_holds_over_a_tier(one: Recorded) -> Iterator[Command]:
    """What was decided or declared while a sanction was taken, a tier or a withdrawal, bears when the sanction ends."""
    data = one.data
    assert isinstance(data, StandingSet)
    if data.standing not in ("certified", "withdrawn"):
        return
    stands = standings_from(data.participant_id, data.since or one.on)
    if stands and stands[0].standing in HEAVIER:
        for stand in stands:
            yield SetStanding(
                participant_id=data.participant_id,
                standing=stand.standing,  # type: ignore[arg-type]  # a standing on record
                tier=stand.tier,
                reason="6 USC 967(b)",
                because=stand.because,
                since=stand.since,
            )


@reacts(IncidentConcluded)
def incident_leads_to_a_consequence(one: Recorded) -> Iterator[Command]:
    """A consequence is opened, with all its protections to come: nothing is denied by a report."""
    data = one.data
    assert isinstance(data, IncidentConcluded)
    if data.outcome == "consequence":
        yield OpenConsequence(
            participant_id=data.participant_id,
            proposed="denial",
            benefits=data.benefits,
            failures=data.failures,
            because_of=data.incident_id,
        )
