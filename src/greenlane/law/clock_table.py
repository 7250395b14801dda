"""Every clock of both laws as data: what starts it, its length, its force, whose duty it is, and what meets it."""

from __future__ import annotations

from greenlane.law.citations import Citation
from greenlane.law.reckoning import Clock, Duty, Force, Roll
from greenlane.law.sentences import N_

SHALL, PRACTICABLE, NOT_LESS = Force.SHALL, Force.PRACTICABLE, Force.NOT_LESS_THAN

_ENACTMENT = N_("enactment, 13 October 2006")


def _duty(
    cite: str,
    code: str,
    title: str,
    starts_with: str,
    parameter: str | None,
    applies_to: str = "programme",
    *,
    force: Force = SHALL,
    opens: str = "",
    meets: str = "",
    moot: str = "",
    pauses: tuple[tuple[str, str], ...] = (),
    resumes: str = "",
) -> Clock:
    """A duty of the agency: its last day stays where the calendar puts it."""
    return Clock(
        code=code,
        title=title,
        citation=Citation(cite),
        starts_with=starts_with,
        parameter=parameter,
        force=force,
        duty_of=Duty.AGENCY,
        roll=Roll.KEEP,
        ends_with=tuple(meets.split()),
        applies_to=applies_to,
        opens_with=tuple(opens.split()),
        moot_with=tuple(moot.split()),
        pauses_on=pauses,
        resumes_with=tuple(resumes.split()),
    )


def _right(cite: str, code: str, title: str, starts_with: str, parameter: str, opens: str, meets: str) -> Clock:
    """A right that a participant would lose: its last day rolls forward to a business day."""
    return Clock(
        code=code,
        title=title,
        citation=Citation(cite),
        starts_with=starts_with,
        parameter=parameter,
        force=SHALL,
        duty_of=Duty.PARTICIPANT,
        roll=Roll.FORWARD,
        ends_with=tuple(meets.split()),
        applies_to="consequence",
        opens_with=tuple(opens.split()),
    )


CLOCKS: tuple[Clock, ...] = (
    _duty(
        "6 USC 961(b)",
        "criteria_review",
        N_("Review of the minimum security requirements"),
        N_("the last review"),
        "criteria_review_years",
        "criteria_review",
        opens="ConcludeWithoutChange AdoptEdition",
        meets="ConcludeWithoutChange AdoptEdition",
    ),
    _duty(
        "6 USC 964(b)",
        "certification_guidelines",
        N_("Update of the certification guidelines"),
        _ENACTMENT,
        "certification_guidelines_days",
    ),
    _duty(
        "6 USC 964(c)",
        "tier_1_certification",
        N_("Tier 1 certification"),
        N_("receipt of the application"),
        "tier_1_certification_days",
        "certification",
        force=PRACTICABLE,
        opens="OpenCertification",
        meets="CertifyTierOne RefuseCertification",
        moot="CloseCertification",
        pauses=(("ReturnForCorrection", "clock_while_returned"),),
        resumes="ResumeReview",
    ),
    _duty(
        "6 USC 965(a)",
        "tier_2_validation",
        N_("Tier 2 validation"),
        N_("certification as a Tier 1 participant"),
        "tier_2_validation_years",
        "validation",
        force=PRACTICABLE,
        opens="CertifyTierOne",
        meets="ValidateTierTwo RefuseValidation",
        moot="CloseValidation",
        pauses=(("BlockValidation", "clock_while_blocked"),),
        resumes="UnblockValidation",
    ),
    _duty(
        "6 USC 965(c)",
        "validation_guidelines",
        N_("Validation schedule and guidelines"),
        _ENACTMENT,
        "validation_guidelines_days",
    ),
    _duty(
        "6 USC 966(d)",
        "tier_3_criteria",
        N_("Designation of the Tier 3 criteria and benefits"),
        _ENACTMENT,
        "tier_3_criteria_years",
    ),
    _right(
        "6 USC 967(c)(1)",
        "denial_appeal_filing",
        N_("Appeal of a denial of benefits"),
        N_("the date of the decision"),
        "denial_appeal_filing_days",
        "DenyBenefits TakeEmergencyAction DecideAnew",
        "FileAppeal",
    ),
    _duty(
        "6 USC 967(c)(1)",
        "denial_appeal_determination",
        N_("Determination of an appeal of a denial of benefits"),
        N_("the filing of the appeal"),
        "denial_appeal_determination_days",
        "appeal",
        opens="FileAppeal",
        meets="DetermineAppeal",
        moot="WithdrawAppeal",
    ),
    _right(
        "6 USC 967(c)(2)",
        "sanction_appeal_filing",
        N_("Appeal of a suspension or expulsion"),
        N_("the date of the decision"),
        "sanction_appeal_filing_days",
        "SuspendParticipant ExpelParticipant DecideAnew",
        "FileAppeal",
    ),
    _duty(
        "6 USC 967(c)(2)",
        "sanction_appeal_determination",
        N_("Determination of an appeal of a suspension or expulsion"),
        N_("the filing of the appeal"),
        "sanction_appeal_determination_days",
        "appeal",
        opens="FileAppeal",
        meets="DetermineAppeal",
        moot="WithdrawAppeal",
    ),
    _duty(
        "6 USC 968(b)",
        "consultation_report",
        N_("Report on the plan for the pilot program"),
        _ENACTMENT,
        "consultation_report_days",
    ),
    _duty(
        "6 USC 968(c)(1)",
        "pilot_start",
        N_("Start of the pilot program"),
        N_("the consultations on the plan"),
        "pilot_start_years",
    ),
    _duty("6 USC 968(a)", "pilot_end", N_("End of the 1-year pilot program"), N_("its start"), "pilot_length_years"),
    _duty(
        "6 USC 968(i)",
        "pilot_report",
        N_("Report on the pilot program"),
        N_("the completion of the pilot program"),
        "pilot_report_days",
    ),
    _duty(
        "6 USC 969(2)",
        "revalidation",
        N_("Revalidation"),
        N_("the initial validation"),
        "revalidation_period_years",
        "revalidation",
        force=NOT_LESS,
        opens="ValidateTierTwo",
        meets="ConfirmTier RefuseRevalidation",
    ),
    _duty(
        "6 USC 969(3)",
        "annual_revalidation_plan",
        N_("Annual plan for revalidation"),
        N_("the fiscal year"),
        "revalidation_plan_fiscal_years",
    ),
    _duty("6 USC 971(a)(1)", "strategic_plan", N_("Next strategic plan"), N_("the last plan"), "strategic_plan_years"),
    _duty("6 USC 971(a)(2)", "annual_plan", N_("Annual plan"), N_("the fiscal year"), "annual_plan_fiscal_years"),
    _duty(
        "6 USC 971(e)",
        "budget_report",
        N_("Report to Congress with the budget"),
        N_("the day of the President's budget"),
        None,
    ),
    _duty(
        "19 USC 4311(c)",
        "first_partnership_report",
        N_("First partnership report"),
        N_("enactment, 24 February 2016"),
        "first_partnership_report_days",
    ),
    _duty(
        "19 USC 4311(c)",
        "partnership_report",
        N_("Partnership report"),
        N_("the calendar year"),
        "partnership_report_day",
    ),
)
