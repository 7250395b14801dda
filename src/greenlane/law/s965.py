"""Validation of a second-tier participant on site, and the benefits it may then have: 6 USC 965."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import LeapRule, add_years
from greenlane.law.filing import LatenessWords, decided_late
from greenlane.law.parameters import parameter
from greenlane.law.s964 import BARRING_STANDINGS, GuidelinesFact
from greenlane.law.s964_decision import as_recommended, second_person, work_programme_done
from greenlane.law.s964_investigation import InvestigationFacts, investigation_cleared, investigation_complete
from greenlane.law.s965_benefits import may_extend_benefit, offers_validated_benefits
from greenlane.law.s965_visits import (
    BlockedFacts,
    MeasureFinding,
    NoForeignLocation,
    Visit,
    assessed_on_site,
    is_foreign,
    may_block,
    measures_validated,
)
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "BlockedFacts",
    "GuidelinesFact",
    "MeasureFinding",
    "NoForeignLocation",
    "ValidationFacts",
    "Visit",
    "assessed_on_site",
    "is_foreign",
    "may_block",
    "may_extend_benefit",
    "may_fail_validation",
    "may_validate",
    "measures_validated",
    "offers_validated_benefits",
    "validation_counted_late",
    "validation_due",
    "validation_guidelines_in_force",
]

ON_SITE_ASSESSMENT = "on_site_assessment"


@dataclass(frozen=True)
class ValidationFacts:
    """All that a validation holds when it is decided; the persons are accounts, and dates are of what happened.

    ``rank``: the tier that the participant holds. ``nodes``: keys of the sites, partners and legs of its own supply
    chain. ``letter_signed_on``: the signed certification letter on file. ``schedule``: the validation schedule that
    lists it, or ''. ``blocked``: a government refuses the visit, and no determination or other visit has ended that.
    """

    rank: int
    certified_on: date
    letter_signed_on: date | None
    nodes: frozenset[str]
    visits: tuple[Visit, ...]
    determination: NoForeignLocation | None
    measures: tuple[MeasureFinding, ...]
    second_vetting: InvestigationFacts | None
    guidelines: GuidelinesFact | None
    schedule: str
    recommended: str
    recommended_by: str
    decided_by: str
    standing: str = ""
    blocked: bool = False
    lateness_reason: str = ""
    due_on: date | None = None
    steps_undone: tuple[str, ...] = ()


@rule("6 USC 965(a)")
def validation_due(certified_on: date, terms: Terms) -> date:
    """The last day for validation: one year after certification, without pauses."""
    leap = LeapRule(str(parameter("leap_agency_duty", certified_on, terms).value))
    return add_years(certified_on, parameter("tier_2_validation_years", certified_on, terms).number, leap)


@rule("6 USC 965(a)")
def validation_counted_late(certified_on: date, decided_on: date, terms: Terms, due_on: date | None = None) -> bool:
    """Is a validation decided on this day counted as late in every report?"""
    return decided_on > (due_on or validation_due(certified_on, terms))


@rule("6 USC 965(c)")
def validation_guidelines_in_force(guidelines: GuidelinesFact | None, schedule: str, on: date) -> Verdict:
    """Are the validation guidelines in force, with on-site assessment in them, and is it on a schedule?"""
    version = guidelines.version if guidelines else "-"
    in_force = guidelines is not None and guidelines.in_force_from <= on and (guidelines.in_force_to or on) >= on
    return all_of(
        [
            finding(
                "6 USC 965(c)",
                "guidelines_in_force",
                in_force,
                N_("Validation guidelines %(version)s are in force on %(on)s."),
                N_("The validation guidelines cited (%(version)s) are not in force on %(on)s."),
                mend=N_("Cite the guidelines that are in force on the day of the decision."),
                where="guidelines",
                version=version,
                on=on,
            ),
            finding(
                "6 USC 965(a)",
                "guidelines_on_site",
                guidelines is not None and ON_SITE_ASSESSMENT in guidelines.parts,
                N_("They include on-site assessments."),
                N_("Guidelines for validation include on-site assessments; these do not."),
                mend=N_("Publish guidelines that include on-site assessments, then cite them."),
                where="guidelines",
            ),
            finding(
                "6 USC 965(c)",
                "on_schedule",
                bool(schedule.strip()),
                N_("The validation is on the schedule %(schedule)s."),
                N_("The validation is on no schedule."),
                mend=N_("Add the validation to the schedule."),
                where="schedule",
                schedule=schedule or "-",
            ),
        ]
    )


@rule("6 USC 965(a)", "6 USC 965(c)", "6 USC 971(a)")
def may_validate(facts: ValidationFacts, on: date, terms: Terms) -> Verdict:
    """May this participant be validated at the second tier? Blocked is neither pass nor fail; late needs a reason."""
    return all_of(
        [
            *_ready(facts, terms),
            *assessed_on_site(facts.visits, facts.determination, facts.nodes, facts.certified_on, on).reasons,
            *measures_validated(facts.measures, on).reasons,
            *_second_vetting(facts, on),
            *_decision(facts, "validate", on, terms),
        ]
    )


@rule("6 USC 965(a)", "6 USC 971(a)")
def may_fail_validation(facts: ValidationFacts, on: date, terms: Terms) -> Verdict:
    """May a validation end as failed? Never while blocked; only on measures found not to be in place."""
    unmet = [m for m in facts.measures if not m.satisfied(on)]
    return all_of(
        [
            _not_blocked(facts),
            finding(
                "6 USC 965(a)",
                "measures_failed",
                bool(unmet),
                N_("%(count)d measures are not in place, and their required actions are not closed."),
                N_("No measure is found wanting, so the validation cannot end as failed."),
                mend=N_("Record the findings of the visit first."),
                where="measures",
                count=len(unmet),
            ),
            *_decision(facts, "fail", on, terms),
        ]
    )


def _not_blocked(facts: ValidationFacts) -> Reason:
    return finding(
        "6 USC 965(a)",
        "not_blocked",
        not facts.blocked,
        N_("Nothing blocks the visit."),
        N_("The visit is blocked; the validation is neither passed nor failed."),
        mend=N_(
            "Wait for the review date, visit another appropriate location, or let a supervisor determine in writing."
        ),
        where="blocked",
    )


def _ready(facts: ValidationFacts, terms: Terms) -> Sequence[Reason]:
    first, second = terms.tier(1), terms.tier(2)
    return (
        finding(
            "6 USC 965(a)",
            "holds_tier_one",
            facts.rank == 1,
            N_("The participant is %(first)s."),
            N_("Only a participant that is %(first)s is validated as %(second)s."),
            mend=N_("Certify the participant first; one that is validated already is revalidated instead."),
            where="rank",
            first=first.title if first else "1",
            second=second.title if second else "2",
        ),
        finding(
            "6 USC 965(a)",
            "letter_signed",
            facts.letter_signed_on is not None,
            N_("The signed certification letter is on file."),
            N_("No signed certification letter is on file."),
            mend=N_("File the signed letter of the certification."),
            where="letter",
        ),
        finding(
            "6 USC 965(a)",
            "standing_allows",
            facts.standing not in BARRING_STANDINGS,
            N_("Nothing in the standing of the participant bars validation."),
            N_("The standing of the participant is '%(standing)s', which bars validation."),
            mend=N_("Decide when the period has ended or an appeal has restored the standing."),
            where="standing",
            standing=facts.standing or "-",
        ),
        _not_blocked(facts),
    )


def _second_vetting(facts: ValidationFacts, on: date) -> Sequence[Reason]:
    done = facts.second_vetting.completed_on if facts.second_vetting else None
    again = finding(
        "6 USC 965(a)",
        "vetted_again",
        done is not None and done > facts.certified_on,
        N_("The participant was vetted again on %(done)s, after its certification."),
        N_("The participant was not vetted again after its certification on %(certified)s."),
        mend=N_("Screen its parties again and complete the investigation."),
        where="investigation",
        done=done or "-",
        certified=facts.certified_on,
    )
    return (
        again,
        *investigation_complete(facts.second_vetting, on).reasons,
        *investigation_cleared(facts.second_vetting).reasons,
    )


def _decision(facts: ValidationFacts, recommended: str, on: date, terms: Terms) -> Sequence[Reason]:
    return (
        *validation_guidelines_in_force(facts.guidelines, facts.schedule, on).reasons,
        as_recommended("6 USC 965(a)", facts.recommended, recommended),
        work_programme_done(facts.steps_undone),
        second_person(facts.recommended_by, facts.decided_by),
        _lateness(facts, on, terms),
    )


_LATE = LatenessWords(
    in_time=N_("Certified %(certified)s, due %(due)s, decided %(on)s: in time."),
    explained=N_(
        "Certified %(certified)s, due %(due)s, decided %(on)s: %(days)d days late, reason written, counted late."
    ),
    unexplained=N_(
        "Certified %(certified)s, due %(due)s, decided %(on)s: %(days)d days late, and no reason is written."
    ),
    mend=N_("Write why it was not practicable to decide in time. Being late never stops the decision."),
)


def _lateness(facts: ValidationFacts, on: date, terms: Terms) -> Reason:
    due = facts.due_on or validation_due(facts.certified_on, terms)
    return decided_late("6 USC 965(a)", due, on, facts.lateness_reason, _LATE, certified=facts.certified_on)
