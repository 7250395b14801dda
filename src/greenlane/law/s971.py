"""Management of the programme: work programme, documented determinations, report: 971(a)(3), (b), (e)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.clocks import clock_of, due
from greenlane.law.listing import left_out, listed, written
from greenlane.law.s971_plans import (
    AnnualPlanFacts,
    Goal,
    Measure,
    StrategicPlanFacts,
    Unfit,
    Work,
    may_adopt_annual_plan,
    may_publish_strategic_plan,
    what_does_not_fit,
)
from greenlane.law.s971_quality import ErrorRate, QualityFacts, SecondReview, error_rates, quality_controls_kept, sample
from greenlane.law.s971_safeguards import (
    BY_ASSIGNMENT,
    BY_OFFICE,
    COMMITTEE,
    COMPANY_OFFICES,
    HANDLING,
    NEED_TO_KNOW,
    PROCESSES,
    Audience,
    ReadFacts,
    SafeguardFacts,
    SharingAgreement,
    VerificationFacts,
    may_adopt_safeguards,
    may_read,
    may_verify,
)
from greenlane.law.s971_staff import (
    TRADE_RESUMPTION,
    Course,
    CrossTrainingFacts,
    StaffingPlanFacts,
    TaskFacts,
    Training,
    cross_training_provided,
    may_adopt_staffing_plan,
    may_do_task,
)
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "BY_ASSIGNMENT",
    "BY_OFFICE",
    "COMMITTEE",
    "COMPANY_OFFICES",
    "HANDLING",
    "NEED_TO_KNOW",
    "PROCESSES",
    "REVIEW_KINDS",
    "TRADE_RESUMPTION",
    "AnnualPlanFacts",
    "Audience",
    "BudgetReportFacts",
    "Course",
    "CrossTrainingFacts",
    "DeterminationFacts",
    "ErrorRate",
    "Goal",
    "Measure",
    "Progress",
    "QualityFacts",
    "ReadFacts",
    "SafeguardFacts",
    "SecondReview",
    "SharingAgreement",
    "StaffingPlanFacts",
    "Step",
    "StrategicPlanFacts",
    "TaskFacts",
    "Training",
    "Unfit",
    "VerificationFacts",
    "Work",
    "WorkFacts",
    "budget_report_met",
    "cross_training_provided",
    "error_rates",
    "is_documented",
    "may_adopt_annual_plan",
    "may_adopt_safeguards",
    "may_adopt_staffing_plan",
    "may_determine",
    "may_do_task",
    "may_publish_strategic_plan",
    "may_read",
    "may_verify",
    "quality_controls_kept",
    "sample",
    "what_does_not_fit",
]


REVIEW_KINDS = ("certification", "validation", "revalidation")

# --------------------------------------------------------------------- (a)(3) the standardized work programme


@dataclass(frozen=True)
class Step:
    """A step of the checklist; a required one cannot be left out."""

    code: str
    required: bool


@dataclass(frozen=True)
class WorkFacts:
    """A review about to be determined: its kind, the checklist's version and steps, the steps done, the time kept.

    ``version`` 0 means that no checklist is adopted; ``minutes`` are whole staff minutes on record for this review.
    """

    kind: str
    version: int
    steps: tuple[Step, ...]
    done: tuple[str, ...]
    minutes: int


@rule("6 USC 971(a)(3)")
def may_determine(facts: WorkFacts) -> Verdict:
    """No certification, validation or revalidation is determined with a required step undone or without staff hours."""
    missing = left_out((s.code for s in facts.steps if s.required), facts.done)
    return all_of(
        (
            finding(
                "6 USC 971(a)(3)",
                "work_programme",
                facts.kind in REVIEW_KINDS and facts.version > 0 and bool(facts.steps),
                N_("Version %(version)d of the standardized work programme for a %(kind)s was used."),
                N_("There is no standardized work programme for a %(kind)s."),
                mend=N_("Adopt a checklist for each of: %(kinds)s."),
                version=facts.version,
                kind=facts.kind,
                kinds=listed(REVIEW_KINDS),
            ),
            finding(
                "6 USC 971(a)(3)",
                "required_steps_done",
                not missing,
                N_("Every required step is done."),
                N_("Required steps not done: %(missing)s."),
                mend=N_("Do and record: %(missing)s."),
                where=missing[0] if missing else "",
                missing=listed(missing),
            ),
            finding(
                "6 USC 971(a)(3)",
                "hours_kept",
                facts.minutes > 0,
                N_("%(minutes)d minutes of staff time are on record."),
                N_("No staff hours are on record for this review."),
                mend=N_("Record the time spent on this review."),
                where="minutes",
                minutes=facts.minutes,
            ),
        )
    )


# --------------------------------------------------------------------------- (b) documentation of determinations


@dataclass(frozen=True)
class DeterminationFacts:
    """A determination as the record holds it; ``sealed``: the entry stands in the record that cannot be altered."""

    kind: str
    participant: str
    outcome: str
    decided_on: date | None
    decided_by: str
    reasons: int
    citations: tuple[str, ...]
    sealed: bool


@rule("6 USC 971(b)")
def is_documented(facts: DeterminationFacts) -> Verdict:
    """The record of a determination says what, for whom, by whom, when, why and under which clause, and is sealed."""
    parts = {
        "kind": facts.kind in REVIEW_KINDS,
        "participant": written(facts.participant),
        "outcome": written(facts.outcome),
        "decided_on": facts.decided_on is not None,
        "decided_by": written(facts.decided_by),
        "reasons": facts.reasons > 0,
        "citations": bool(facts.citations),
    }
    missing = [name for name, there in parts.items() if not there]
    return all_of(
        (
            finding(
                "6 USC 971(b)",
                "determination_complete",
                not missing,
                N_("The record names what was determined, for whom, by whom, when, why and under which clause."),
                N_("The record of the determination lacks: %(missing)s."),
                mend=N_("Record: %(missing)s."),
                where=missing[0] if missing else "",
                missing=listed(missing),
            ),
            finding(
                "6 USC 971(b)",
                "determination_sealed",
                facts.sealed,
                N_("The record of the determination is sealed."),
                N_("The record of the determination is not sealed in the record management system."),
                mend=N_("Append the determination to the record."),
            ),
        )
    )


# ----------------------------------------------------------------------------------- (e) the report with the budget


@dataclass(frozen=True)
class Progress:
    """Progress on one kind of review: how many are complete, how many are open, how many are open past their time."""

    kind: str
    completed: int
    open: int
    overdue: int


@dataclass(frozen=True)
class BudgetReportFacts:
    """The report on progress, the day of the President's budget, and the day of the report (None: not yet)."""

    budget_on: date
    submitted_on: date | None
    progress: tuple[Progress, ...]


@rule("6 USC 971(e)")
def budget_report_met(facts: BudgetReportFacts, on: date) -> Verdict:
    """The report on certifications, validations and revalidations is due on the day the budget is submitted."""
    return all_of(_report(facts, on))


def _report(facts: BudgetReportFacts, on: date) -> Iterator[Reason]:
    missing = left_out(REVIEW_KINDS, (p.kind for p in facts.progress))
    last = due(clock_of("budget_report"), facts.budget_on).due_on
    yield finding(
        "6 USC 971(e)",
        "progress_on_each_kind",
        not missing,
        N_("The report gives progress on certifications, validations and revalidations."),
        N_("The report gives no progress on: %(missing)s."),
        mend=N_("Add: %(missing)s."),
        where=missing[0] if missing else "",
        missing=listed(missing),
    )
    submitted = facts.submitted_on if facts.submitted_on is not None and facts.submitted_on <= on else None
    yield finding(
        "6 USC 971(e)",
        "on_budget_day",
        (submitted or on) <= last,
        N_("Due on %(due)s, the day of the President's budget; submitted on %(sent)s; asked on %(day)s."),
        N_("Due on %(due)s, the day of the President's budget, and not submitted by then (submitted: %(sent)s)."),
        mend=N_("Submit the report now; the record keeps that it is late."),
        where="submitted_on",
        due=last,
        day=on,
        sent=submitted or "-",
    )
