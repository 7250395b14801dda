"""What an applicant shall show, and the submission of the application with every problem at once: 6 USC 963."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.months import months_before
from greenlane.law.parameters import parameter
from greenlane.law.s961 import Attestation, officer_signature
from greenlane.law.s962 import EligibilityFacts, eligible
from greenlane.law.s963_assessment import Node, RiskAssessment, assessment_complete, assessment_steps
from greenlane.law.s963_measures import Answer, CriterionFact, criteria_that_apply, measures_complete
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "Answer",
    "Attestation",
    "CargoHistory",
    "CriterionFact",
    "FurtherRequirement",
    "Node",
    "RiskAssessment",
    "SubmissionFacts",
    "assessment_complete",
    "assessment_steps",
    "criteria_that_apply",
    "demonstrates_history",
    "further_requirements_met",
    "may_sign",
    "may_submit",
    "measures_complete",
]

RELEASE_DATA = "release_data"
RECORDS = "records"


@dataclass(frozen=True)
class CargoHistory:
    """Cargo that the applicant moved between two dates, as counted in release data on file or shown by its records.

    ``source`` is 'release_data' or 'records'; ``evidence`` names the documents that show it (needed for records).
    """

    moved_from: date | None
    moved_to: date | None
    shipments: int
    source: str
    evidence: tuple[str, ...] = ()


@rule("6 USC 963(1)")
def demonstrates_history(history: CargoHistory | None, on: date, terms: Terms) -> Verdict:
    """Does the record show a history of moving cargo in the international supply chain within the look-back?"""
    if history is None:
        return all_of(
            [
                finding(
                    "6 USC 963(1)",
                    "history_recorded",
                    False,
                    "",
                    N_("No history of moving cargo is recorded."),
                    mend=N_("Record when you moved cargo, how many shipments, and what shows it."),
                    where="history",
                )
            ]
        )
    return all_of([_source(history), _shipments(history, on, terms), _period(history, on, terms)])


def _source(history: CargoHistory) -> Reason:
    on_file = history.source == RELEASE_DATA
    return finding(
        "6 USC 963(1)",
        "history_shown",
        on_file or (history.source == RECORDS and bool(history.evidence)),
        N_("The history comes from release data on file.")
        if on_file
        else N_("The history is shown by %(documents)d documents."),
        N_("Nothing shows the history of moving cargo."),
        mend=N_("Upload records, such as bills of lading or entry summaries, that show the shipments."),
        where="history.evidence",
        documents=len(history.evidence),
    )


def _shipments(history: CargoHistory, on: date, terms: Terms) -> Reason:
    least = parameter("history_minimum_shipments", on, terms).number
    return finding(
        "6 USC 963(1)",
        "history_shipments",
        history.shipments >= least,
        N_("%(shipments)d shipments are on record; at least %(least)d are asked for."),
        N_("%(shipments)d shipments are on record; at least %(least)d are asked for."),
        mend=N_("Record the shipments that you moved. Without a history of moving cargo nobody can take part."),
        where="history.shipments",
        shipments=history.shipments,
        least=least,
    )


def _period(history: CargoHistory, on: date, terms: Terms) -> Reason:
    months = parameter("history_look_back_months", on, terms).number
    since = months_before(on, months)
    first, last = history.moved_from, history.moved_to
    return finding(
        "6 USC 963(1)",
        "history_recent",
        first is not None and last is not None and first <= last <= on and last >= since,
        N_("Cargo last moved on %(last)s, within the %(months)d months since %(since)s."),
        N_(
            "The record must run from a first to a last date, the last between %(since)s and %(on)s; it ends: %(last)s."
        ),
        mend=N_("Correct the dates, or add shipments of the last %(months)d months."),
        where="history.period",
        last=last or "-",
        months=months,
        since=since,
        on=on,
    )


@dataclass(frozen=True)
class FurtherRequirement:
    """A further requirement of the programme; it binds from ``in_force_from`` and only when consulted on by then."""

    code: str
    text: str
    in_force_from: date
    consulted_on: date | None
    met: bool


@rule("6 USC 963(4)")
def further_requirements_met(requirements: Sequence[FurtherRequirement], on: date) -> Verdict:
    """Does the applicant meet every further requirement in force? One without its consultation binds nobody."""
    reasons = [_further(requirement, on) for requirement in requirements]
    if reasons:
        return all_of(reasons)
    none = N_("No further requirement is in force.")
    return all_of([finding("6 USC 963(4)", "further_requirement_met", True, none, "", where="requirements")])


def _further(requirement: FurtherRequirement, on: date) -> Reason:
    consulted = requirement.consulted_on is not None and requirement.consulted_on <= requirement.in_force_from
    if not consulted or on < requirement.in_force_from:
        return finding(
            "6 USC 963(4)",
            "further_requirement_not_in_force",
            True,
            N_("Does not bind on %(on)s, for it is not yet in force or its consultation is not on record: %(text)s"),
            "",
            where=requirement.code,
            on=on,
            text=requirement.text,
        )
    return finding(
        "6 USC 963(4)",
        "further_requirement_met",
        requirement.met,
        N_("Met: %(text)s"),
        N_("Not met: %(text)s"),
        mend=N_("Meet this requirement, which is in force since %(since)s, and record how."),
        where=requirement.code,
        text=requirement.text,
        since=requirement.in_force_from,
    )


@rule("6 USC 963", "6 USC 961(a)")
def may_sign(attestation: Attestation) -> Verdict:
    """May this person sign for the company? An officer of the company only; staff and consultants draft, never sign."""
    return all_of(officer_signature(attestation, "6 USC 963", "signature"))


@dataclass(frozen=True)
class SubmissionFacts:
    """All that an application holds on the day it is submitted; ``agreement`` is None until it is signed."""

    eligibility: EligibilityFacts
    history: CargoHistory | None
    nodes: tuple[Node, ...]
    assessments: tuple[RiskAssessment, ...]
    answers: tuple[Answer, ...]
    edition_criteria: tuple[CriterionFact, ...]
    cargo_kinds: tuple[str, ...]
    agreement: Attestation | None
    submission: Attestation
    further: tuple[FurtherRequirement, ...] = ()


@rule("6 USC 963", "6 USC 962", "6 USC 963(1)", "6 USC 963(2)", "6 USC 963(3)", "6 USC 963(4)")
def may_submit(facts: SubmissionFacts, on: date, terms: Terms) -> Verdict:
    """May the application be submitted? Every problem of every part is listed at once."""
    parts = (
        eligible(facts.eligibility, terms),
        demonstrates_history(facts.history, on, terms),
        assessment_complete(facts.nodes, facts.assessments, on, terms),
        measures_complete(facts.answers, facts.edition_criteria, facts.cargo_kinds),
        further_requirements_met(facts.further, on),
    )
    return all_of(
        [
            *(reason for part in parts for reason in part.reasons),
            *_agreement(facts.agreement, on),
            *officer_signature(facts.submission, "6 USC 963", "submission"),
        ]
    )


def _agreement(agreement: Attestation | None, on: date) -> list[Reason]:
    signed = agreement is not None and agreement.signed_on is not None and agreement.signed_on <= on
    reason = finding(
        "6 USC 961(a)",
        "agreement_signed",
        signed,
        N_("The agreement to take part is signed."),
        N_("The agreement to take part is not signed."),
        mend=N_("Let an officer of the company read and sign the agreement."),
        where="agreement",
    )
    return [reason] if agreement is None else [reason, *officer_signature(agreement, "6 USC 961(a)", "agreement")]
