"""Certification of a first-tier participant: guidelines, investigation, review, second person, time: 6 USC 964."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import add_days
from greenlane.law.citations import Citation
from greenlane.law.filing import LatenessWords, decided_late
from greenlane.law.parameters import parameter
from greenlane.law.s962 import EligibilityFacts, eligible
from greenlane.law.s962_pending import BARRING_STANDINGS
from greenlane.law.s963_measures import MUST, NO
from greenlane.law.s964_benefits import (
    Threshold,
    may_publish_benefit_policy,
    offers_limited_benefits,
    tier_one_cap,
)
from greenlane.law.s964_decision import as_recommended, second_person, work_programme_done
from greenlane.law.s964_investigation import (
    ADVERSE,
    InvestigationFacts,
    ListUsed,
    investigation_cleared,
    investigation_complete,
)
from greenlane.law.s964_review import (
    SENT_BACK,
    CriterionFinding,
    DocumentReview,
    documentation_review_complete,
    may_return,
    not_accepted,
)
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "BARRING_STANDINGS",
    "CertificationFacts",
    "CriterionFinding",
    "DocumentReview",
    "Ground",
    "GuidelinesFact",
    "InvestigationFacts",
    "ListUsed",
    "Threshold",
    "certification_due",
    "counted_late",
    "documentation_review_complete",
    "guidelines_in_force",
    "investigation_cleared",
    "investigation_complete",
    "may_certify",
    "may_publish_benefit_policy",
    "may_refuse",
    "may_return",
    "offers_limited_benefits",
    "second_person",
    "tier_one_cap",
]

BACKGROUND_INVESTIGATION = "background_investigation"
DOCUMENTATION_REVIEW = "documentation_review"
GROUND_TRUE_MATCH = "true_match"
GROUND_UNMET_MUST = "unmet_must"
GROUND_OTHER = "other_requirement"


@dataclass(frozen=True)
class GuidelinesFact:
    """The guidelines that a decision cites, in force to and with ``in_force_to``; ``parts`` names what they include."""

    version: str
    in_force_from: date
    in_force_to: date | None = None
    parts: tuple[str, ...] = (BACKGROUND_INVESTIGATION, DOCUMENTATION_REVIEW)


@dataclass(frozen=True)
class Ground:
    """A ground of refusal: the clause not met, its kind, what it says, and the criterion number where there is one.

    ``kind``: 'true_match', 'unmet_must' or 'other_requirement' (a condition of 962 or 963 that is not met).
    """

    citation: Citation
    kind: str
    statement: str
    criterion: str = ""


@dataclass(frozen=True)
class CertificationFacts:
    """All that a certification holds when it is decided; the persons are accounts, and dates are of what happened.

    ``due_on``: last day of the clock of 964(c) with its pauses; None reckons 90 days from receipt.
    ``steps_undone``: required steps of the work programme not yet done. ``standing``: for example 'expelled'.
    ``changed``: parts of the company's record that are not as they were submitted. ``eligibility``: as it stands on
    the day of the decision, where it is on record.
    """

    received_on: date
    investigation: InvestigationFacts | None
    review: DocumentReview
    guidelines: GuidelinesFact | None
    recommended: str
    recommended_by: str
    decided_by: str
    standing: str = ""
    lateness_reason: str = ""
    due_on: date | None = None
    steps_undone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    eligibility: EligibilityFacts | None = None


@rule("6 USC 964(c)")
def certification_due(received_on: date) -> date:
    """The 90th day after receipt; the day of receipt is not counted."""
    return add_days(received_on, parameter("tier_1_certification_days", received_on).number)


@rule("6 USC 964(c)")
def counted_late(received_on: date, decided_on: date, due_on: date | None = None) -> bool:
    """Is a certification decided on this day counted as late in every report?"""
    return decided_on > (due_on or certification_due(received_on))


@rule("6 USC 964(b)")
def guidelines_in_force(guidelines: GuidelinesFact | None, on: date) -> Verdict:
    """Are the cited guidelines in force, with a background investigation and a documentation review in them?"""
    version = guidelines.version if guidelines else "-"
    parts = {BACKGROUND_INVESTIGATION, DOCUMENTATION_REVIEW}
    in_force = guidelines is not None and guidelines.in_force_from <= on and (guidelines.in_force_to or on) >= on
    cited = finding(
        "6 USC 964(b)",
        "guidelines_in_force",
        in_force,
        N_("Guidelines %(version)s are in force on %(on)s."),
        N_("The guidelines cited (%(version)s) are not in force on %(on)s."),
        mend=N_("Cite the guidelines that are in force on the day of the decision."),
        where="guidelines",
        version=version,
        on=on,
    )
    whole = finding(
        "6 USC 964(b)",
        "guidelines_whole",
        guidelines is not None and parts <= set(guidelines.parts),
        N_("They include a background investigation and extensive documentation review."),
        N_("Guidelines for certification include a background investigation and extensive documentation review."),
        mend=N_("Publish guidelines that include both, then cite them."),
        where="guidelines",
    )
    return all_of([cited, whole])


_LATE = LatenessWords(
    in_time=N_("Received %(received)s, due %(due)s, decided %(on)s: in time."),
    explained=N_(
        "Received %(received)s, due %(due)s, decided %(on)s: %(days)d days late, reason written, counted late."
    ),
    unexplained=N_("Received %(received)s, due %(due)s, decided %(on)s: %(days)d days late, and no reason is written."),
    mend=N_("Write why it was not practicable to decide in time. Being late never stops the decision."),
)


def _lateness(facts: CertificationFacts, on: date) -> Reason:
    due = facts.due_on or certification_due(facts.received_on)
    return decided_late("6 USC 964(c)", due, on, facts.lateness_reason, _LATE, received=facts.received_on)


def _common(facts: CertificationFacts, recommended: str, on: date) -> list[Reason]:
    """What every decision needs, whichever way it goes."""
    return [
        *guidelines_in_force(facts.guidelines, on).reasons,
        finding(
            "6 USC 964(c)",
            "received",
            facts.received_on <= on,
            N_("The application was received on %(received)s."),
            N_("The decision of %(on)s lies before the receipt of %(received)s."),
            mend=N_("Correct the date of the decision."),
            where="decided_on",
            received=facts.received_on,
            on=on,
        ),
        as_recommended("6 USC 964(b)", facts.recommended, recommended),
        work_programme_done(facts.steps_undone),
        second_person(facts.recommended_by, facts.decided_by),
        _lateness(facts, on),
    ]


@rule("6 USC 964(b)", "6 USC 964(a)", "6 USC 964(c)", "6 USC 971(a)")
def may_certify(facts: CertificationFacts, on: date, terms: Terms) -> Verdict:
    """May this applicant be certified at the first tier? Lateness needs a written reason, and never blocks."""
    first = terms.tier(1)
    standing = finding(
        "6 USC 964(a)",
        "standing_allows",
        facts.standing not in BARRING_STANDINGS,
        N_("Nothing in the standing of the company bars certification as %(tier)s."),
        N_("The standing of the company is '%(standing)s', which bars certification as %(tier)s."),
        mend=N_("Decide when the period has ended or an appeal has restored the standing."),
        where="standing",
        standing=facts.standing or "-",
        tier=first.title if first else "1",
    )
    return all_of(
        [
            *investigation_complete(facts.investigation, on).reasons,
            *investigation_cleared(facts.investigation).reasons,
            *documentation_review_complete(facts.review).reasons,
            *not_accepted(facts.review),
            standing,
            *_as_applied(facts, terms),
            *_common(facts, "certify", on),
        ]
    )


def _as_applied(facts: CertificationFacts, terms: Terms) -> Iterator[Reason]:
    """What was reviewed is what the company is today: as it was submitted (963), and still eligible (962)."""
    yield finding(
        "6 USC 963",
        "as_submitted",
        not facts.changed,
        N_("The company's record is as it was submitted."),
        N_("Since the submission these parts of the company's record have changed: %(changed)s."),
        mend=N_("Return the application, so that an officer submits what the company stands by now."),
        where="submission",
        changed=", ".join(facts.changed) or "-",
    )
    if facts.eligibility is not None:
        verdict = eligible(facts.eligibility, terms)
        yield from verdict.failing
        yield finding(
            "6 USC 962",
            "eligible",
            verdict.granted,
            N_("The company is eligible on the day of the decision."),
            N_("The company is not eligible on the day of the decision."),
            mend=N_("Return the application until the condition is met, or recommend refusal."),
            where="eligibility",
        )


@rule("6 USC 964(b)", "6 USC 971(a)")
def may_refuse(facts: CertificationFacts, grounds: Sequence[Ground], on: date) -> Verdict:
    """May certification be refused? Every ground names its clause and is borne out by the record."""
    some = finding(
        "6 USC 964(b)",
        "ground_given",
        bool(grounds),
        N_("The refusal states %(count)d grounds."),
        N_("The refusal states no ground."),
        mend=N_("Add at least one ground with its clause."),
        where="grounds",
        count=len(grounds),
    )
    return all_of([some, *(_ground(ground, facts) for ground in grounds), *_common(facts, "refuse", on)])


def _ground(ground: Ground, facts: CertificationFacts) -> Reason:
    return finding(
        ground.citation.cite,
        "ground_borne_out",
        bool(ground.statement.strip()) and _borne_out(ground, facts),
        N_("Borne out by the record: %(statement)s"),
        N_("The record does not bear out this ground: %(statement)s"),
        mend=N_("Name a true match, a must-criterion that is answered no or sent back, or a clause of 962 or 963."),
        where=ground.criterion or "grounds",
        statement=ground.statement or "-",
    )


def _borne_out(ground: Ground, facts: CertificationFacts) -> bool:
    if ground.kind == GROUND_TRUE_MATCH:
        found = facts.investigation
        return found is not None and (found.true_matches > 0 or found.state == ADVERSE)
    if ground.kind == GROUND_UNMET_MUST:
        return any(
            f.number == ground.criterion and f.level == MUST and (f.answer == NO or f.finding == SENT_BACK)
            for f in facts.review.findings
        )
    return ground.kind == GROUND_OTHER and ground.citation.section in ("962", "963")
