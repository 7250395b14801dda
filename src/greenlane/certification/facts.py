"""Rows of a certification as the facts that 964 asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from greenlane.applications.facts import answer_facts, changed_since_submission, eligibility_facts
from greenlane.applications.queries import questionnaire
from greenlane.casework.models import Case, StateRow
from greenlane.certification.entries import RefusalGround
from greenlane.certification.models import Certification
from greenlane.certification.queries import guidelines_on
from greenlane.law.authority import Office
from greenlane.law.citations import Citation
from greenlane.law.clocks import Due, Pause, clock_of, due, pausing_commands
from greenlane.law.s963_measures import UNANSWERED
from greenlane.law.s964 import CertificationFacts, CriterionFinding, DocumentReview, Ground, GuidelinesFact
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.people.queries import answers_for
from greenlane.programs.queries import terms_of
from greenlane.vetting.facts import investigation_facts, latest_investigation

CLOCK = clock_of("tier_1_certification")


def review_facts(certification: Certification) -> DocumentReview:
    """A finding for every criterion that is asked; one without a row is unreviewed."""
    application = certification.application
    answers = {row.number: answer_facts(row) for row in application.answers.all()}
    found = {row.number: row for row in certification.findings.all()}
    return DocumentReview(
        tuple(
            CriterionFinding(
                number=criterion.number,
                level=criterion.level,
                answer=answers[criterion.number].value if criterion.number in answers else UNANSWERED,
                finding=found[criterion.number].finding if criterion.number in found else "unreviewed",
                note=found[criterion.number].note if criterion.number in found else "",
            )
            for criterion in questionnaire(application)
        )
    )


def guidelines_facts(programme: str, on: date) -> GuidelinesFact | None:
    row = guidelines_on(programme, on)
    return GuidelinesFact(row.version, row.in_force_from, None, tuple(row.parts)) if row else None


def pauses_of(case: Case, terms: Terms, on: date) -> tuple[Pause, ...]:
    """The days in which the application lay with the company, where the programme's terms let the clock rest then."""
    if "ReturnForCorrection" not in pausing_commands(CLOCK, on, terms):
        return ()
    rows = StateRow.objects.filter(case=case, state="returned").order_by("effective_from")
    reason = N_("returned to the company for correction")
    return tuple(Pause(row.effective_from, row.effective_to, reason, Citation("6 USC 964(c)")) for row in rows)


def due_of(certification: Certification, case: Case) -> Due:
    """The last day of the 90 (964(c)), reckoned from receipt under the terms then in force."""
    terms = terms_of(certification.application.programme, certification.received_on)
    pauses = pauses_of(case, terms, certification.received_on)
    return due(CLOCK, certification.received_on, pauses=pauses, terms=terms)


def second_person(certification: Certification, decided_by: UUID | None, on: date) -> str:
    """Who decides, for the internal control of 971(a): an office lent by the one who recommended is not a second one's.

    Whoever lends an office still answers for it, so a loan does not let one person recommend and decide.
    """
    if decided_by is None:
        return ""
    answering = answers_for(decided_by, Office.SUPERVISOR.value, on)
    return str(certification.recommended_by if set(answering) == {certification.recommended_by} else decided_by)


def certification_facts(
    certification: Certification, case: Case, *, decided_by: UUID | None, lateness_reason: str, on: date
) -> CertificationFacts:
    application = certification.application
    return CertificationFacts(
        received_on=certification.received_on,
        investigation=investigation_facts(latest_investigation(certification.participant_id, "certification"), on),
        review=review_facts(certification),
        guidelines=guidelines_facts(application.programme, on),
        recommended=certification.recommended,
        recommended_by=str(certification.recommended_by or ""),
        decided_by=second_person(certification, decided_by, on),
        standing=certification.participant.standing,
        lateness_reason=lateness_reason,
        due_on=due_of(certification, case).due_on,
        changed=changed_since_submission(application),
        eligibility=eligibility_facts(application),
    )


def ground_facts(grounds: Iterable[RefusalGround]) -> tuple[Ground, ...]:
    return tuple(Ground(Citation(g.cite), g.kind, g.statement, g.criterion) for g in grounds)
