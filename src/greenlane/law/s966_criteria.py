"""The designated criteria of the third tier, and their evaluation on evidence: 6 USC 966(b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

CRITERION_CLAUSES = {
    "access_to_cargo": "6 USC 966(b)(1)",
    "advance_information": "6 USC 966(b)(2)",
    "container_security": "6 USC 966(b)(3)",
    "other": "6 USC 966(b)(4)",
}


@dataclass(frozen=True)
class DesignatedCriterion:
    """A designated criterion. ``kind``: access_to_cargo, advance_information, container_security or other.

    ``exceeds`` says how it exceeds the second-tier guidelines (asked of access_to_cargo); ``standard`` names the
    established standard (asked of container_security); ``before_loading`` is asked of advance_information.
    """

    code: str
    kind: str
    text: str
    designated_on: date
    exceeds: str = ""
    standard: str = ""
    before_loading: bool = False


@dataclass(frozen=True)
class CriterionEvaluation:
    """What the validation found on one designated criterion, with the documents that show it."""

    code: str
    met: bool
    evidence: tuple[str, ...] = ()


@rule("6 USC 966(b)", "6 USC 966(b)(1)", "6 USC 966(b)(2)", "6 USC 966(b)(3)", "6 USC 966(b)(4)")
def may_designate(criterion: DesignatedCriterion) -> Verdict:
    """May this be designated as a third-tier criterion? It is of a kind that the law names."""
    cite = CRITERION_CLAUSES.get(criterion.kind, "6 USC 966(b)")
    asked = {
        "access_to_cargo": bool(criterion.exceeds.strip()),
        "advance_information": criterion.before_loading,
        "container_security": bool(criterion.standard.strip()),
        "other": True,
    }
    return all_of(
        [
            finding(
                "6 USC 966(b)",
                "criterion_described",
                criterion.kind in CRITERION_CLAUSES and bool(criterion.text.strip()),
                N_("%(criterion)s says what it asks."),
                N_("%(criterion)s is of no kind that the law names, or does not say what it asks."),
                mend=N_("Choose a kind and write what is asked."),
                where=criterion.code,
                criterion=criterion.code,
            ),
            finding(
                cite,
                "criterion_kind_asks",
                asked.get(criterion.kind, False),
                N_("%(criterion)s says what its kind of criterion asks."),
                N_("%(criterion)s does not say what its kind of criterion asks."),
                mend=N_(
                    "Say how it exceeds the guidelines for validation (access to cargo), that it is before loading "
                    "(advance information), or which standard is to be met (container security)."
                ),
                where=criterion.code,
                criterion=criterion.code,
            ),
        ]
    )


@rule("6 USC 966(b)", "6 USC 966(b)(1)", "6 USC 966(b)(2)", "6 USC 966(b)(3)", "6 USC 966(b)(4)")
def criteria_met(
    criteria: Sequence[DesignatedCriterion], evaluations: Sequence[CriterionEvaluation], on: date
) -> Verdict:
    """Is every designated criterion in force met, on evidence? None designated means that none can be met."""
    in_force = [criterion for criterion in criteria if criterion.designated_on <= on]
    found = {evaluation.code: evaluation for evaluation in evaluations}
    designated = finding(
        "6 USC 966(b)",
        "criteria_designated",
        bool(in_force),
        N_("%(count)d criteria are designated."),
        N_("No criteria are designated, so nobody can be validated on them."),
        mend=N_("Designate the criteria first."),
        where="criteria",
        count=len(in_force),
    )
    return all_of([designated, *(_criterion(criterion, found.get(criterion.code)) for criterion in in_force)])


def _criterion(criterion: DesignatedCriterion, evaluation: CriterionEvaluation | None) -> Reason:
    return finding(
        CRITERION_CLAUSES.get(criterion.kind, "6 USC 966(b)"),
        "designated_criterion_met",
        evaluation is not None and evaluation.met and bool(evaluation.evidence),
        N_("Met, on evidence: %(text)s"),
        N_("Not found met on evidence: %(text)s"),
        mend=N_("Evaluate this criterion and attach what shows it."),
        where=criterion.code,
        text=criterion.text,
    )
