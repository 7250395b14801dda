"""Rows of a validation as the facts that 965 asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from greenlane.casework.models import Case, StateRow
from greenlane.law.authority import Office
from greenlane.law.citations import Citation
from greenlane.law.clocks import Due, Pause, clock_of, due, pausing_commands
from greenlane.law.s964 import GuidelinesFact
from greenlane.law.s965 import MeasureFinding, NoForeignLocation, ValidationFacts, Visit
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, finding
from greenlane.people.queries import answers_for
from greenlane.programs.queries import terms_of
from greenlane.validation import queries
from greenlane.validation.locations import places_of
from greenlane.validation.models import Action, Validation
from greenlane.validation.models import Visit as VisitRow
from greenlane.vetting.facts import investigation_facts, latest_investigation
from greenlane.vetting.models import Investigation

CLOCK = clock_of("tier_2_validation")
TEAM_OF = 2
"""A visit is made by two, as the programme's practice has it; the law leaves the number open (decision 0320)."""


def guidelines_facts(programme: str, on: date) -> GuidelinesFact | None:
    row = queries.guidelines_on(programme, on)
    return GuidelinesFact(row.version, row.in_force_from, None, tuple(row.parts)) if row else None


def pauses_of(case_id: UUID, certified_on: date, terms: Terms) -> tuple[Pause, ...]:
    """The days on which the validation was blocked, where the programme's terms let the year rest then."""
    if "BlockValidation" not in pausing_commands(CLOCK, certified_on, terms):
        return ()
    rows = StateRow.objects.filter(case_id=case_id, state="blocked").order_by("effective_from")
    reason = N_("the visit was blocked")
    return tuple(Pause(row.effective_from, row.effective_to, reason, Citation("6 USC 965(a)")) for row in rows)


def due_of(validation: Validation) -> Due:
    """The last day of the year of 965(a), from certification, with the days on which the visit was blocked."""
    terms = terms_of(validation.programme, validation.certified_on)
    pauses = pauses_of(validation.pk, validation.certified_on, terms)
    return due(CLOCK, validation.certified_on, pauses=pauses, terms=terms)


def second_person(recommended_by: UUID | None, decided_by: UUID | None, on: date) -> str:
    """Who decides, for the internal control of 971(a): an office lent by who recommended is not a second one's."""
    if decided_by is None:
        return ""
    answering = answers_for(decided_by, Office.SUPERVISOR.value, on)
    return str(recommended_by if set(answering) == {recommended_by} else decided_by)


def of_the_team(validation: Validation, account: UUID, on: date) -> bool:
    """Is this person of the team that visited, or is the office used one that only its members lent?"""
    team = {UUID(key) for key in validation.team}
    return account in team or set(answers_for(account, Office.SUPERVISOR.value, on)) <= team


def visit_facts(validation: Validation) -> tuple[Visit, ...]:
    """The visits that took place and count, with the day of the report of the validation."""
    return tuple(
        Visit(str(row.node), row.foreign, row.mode, row.visited_on, row.appropriate, validation.report_on)
        for row in queries.visits_made(validation)
        if row.visited_on is not None
    )


def determination_facts(validation: Validation) -> NoForeignLocation | None:
    if validation.determined_on is None:
        return None
    return NoForeignLocation(
        office=validation.determined_office,
        account=str(validation.determined_by or ""),
        reason=validation.determination,
        determined_on=validation.determined_on,
    )


def measure_facts(validation: Validation) -> tuple[MeasureFinding, ...]:
    """A measure for each criterion found: what does not apply, and a 'should' that is not met, is none to wait for."""
    actions: dict[str, list[Action]] = {}
    for action in validation.actions.filter(kind="required").order_by("number"):
        actions.setdefault(action.criterion, []).append(action)
    rows = validation.findings.exclude(finding="not_applicable").order_by("number")
    return tuple(
        _measure(row.number, row.finding == "met", actions.get(row.number, []))
        for row in rows
        if row.finding == "met" or row.mandatory
    )


def _measure(number: str, met: bool, actions: list[Action]) -> MeasureFinding:
    open_first = sorted(actions, key=lambda action: (action.closed_on is not None, action.number))
    if met or not open_first:
        return MeasureFinding(number, met)
    action = open_first[0]
    return MeasureFinding(
        number=number,
        met=False,
        required_action=action.text,
        closed_on=action.closed_on,
        closed_by=str(action.closed_by or ""),
        evidence=tuple(action.evidence),
    )


def actions_closed(participant_id: UUID, on: date) -> Reason:
    """No required action of the company is open, in this validation or another (RC-06): asked at a rise of a tier."""
    still_open = list(queries.open_actions(participant_id, on))
    return finding(
        "6 USC 965(c)",
        "required_actions_closed",
        not still_open,
        N_("Every required action is closed."),
        N_("Required actions are open: %(open)s."),
        mend=N_("Close each with evidence and a reviewer; no tier rises while one is open."),
        where="actions",
        open="; ".join(f"{action.number}: {action.text[:80]} ({action.due_on})" for action in still_open) or "-",
    )


def steps_undone(validation: Validation) -> tuple[str, ...]:
    """Required steps of the work programme (971(a)(3)) that the record does not show, by code."""
    return tuple(step for step, done in _steps(validation) if not done)


def _steps(validation: Validation) -> Iterator[tuple[str, bool]]:
    made = list(queries.visits_made(validation))
    by_officers = [visit for visit in made if visit.conducted_by == "officers"]
    if by_officers or not made:
        yield "team_assigned", len(validation.team) == TEAM_OF
        yield "notice_given", validation.first_notice_on is not None
    yield "visit_recorded", bool(made)
    yield "report_sent", validation.report_on is not None
    unanswered = validation.actions.filter(kind="required", answered_on=None, closed_on=None)
    yield "actions_answered", validation.recommended == "fail" or not unanswered.exists()


def vetting_purpose(validation: Validation) -> str:
    """The purpose of the investigation that a validation of this kind needs."""
    return "revalidation" if validation.purpose == "revalidation" else "validation"


def _vetted_again(validation: Validation) -> UUID | None:
    """The second vetting of this validation: one of an earlier validation is none (965(a))."""
    latest = latest_investigation(validation.participant_id, vetting_purpose(validation))
    rows = Investigation.objects.filter(pk=latest, opened_on__gte=validation.planned_on)
    return rows.values_list("pk", flat=True).first()


def validation_facts(
    validation: Validation, case: Case, *, decided_by: UUID | None, lateness_reason: str, on: date
) -> ValidationFacts:
    """All that 965 asks of a validation that is to be decided on *on*."""
    participant = validation.participant
    vetting = _vetted_again(validation)
    return ValidationFacts(
        rank=participant.tier,
        certified_on=validation.certified_on,
        letter_signed_on=validation.letter_signed_on,
        nodes=frozenset(str(node) for node in places_of(participant.pk)),
        visits=visit_facts(validation),
        determination=determination_facts(validation),
        measures=measure_facts(validation),
        second_vetting=investigation_facts(vetting, on),
        guidelines=guidelines_facts(validation.programme, on),
        schedule=validation.schedule,
        recommended=validation.recommended,
        recommended_by=str(validation.recommended_by or ""),
        decided_by=second_person(validation.recommended_by, decided_by, on),
        standing=participant.standing,
        blocked=case.state == "blocked",
        lateness_reason=lateness_reason,
        due_on=due_of(validation).due_on,
        steps_undone=steps_undone(validation),
    )


def visits_planned(validation: Validation) -> list[VisitRow]:
    """The locations that are chosen and not visited yet, first things first."""
    return list(validation.visits.filter(visited_on=None).order_by("planned_from", "pk"))
