"""The rows of the parameters, in the order of the statute: 961-973; 19 USC 4311; last what the law leaves open."""

from __future__ import annotations

from datetime import date

from greenlane.law.calendar import fiscal_year_end, fiscal_year_start
from greenlane.law.citations import Citation
from greenlane.law.parameters import Parameter, Unit
from greenlane.law.sentences import N_

SAFE_PORT_ACT = date(2006, 10, 13)
"""Enactment of Public Law 109-347, from which sections 961-973 are in force and several of their clocks run."""
TRADE_FACILITATION_ACT = date(2016, 2, 24)
"""Enactment of Public Law 114-125, whose section 101 is 19 USC 4311."""


def _law(
    cite: str, code: str, value: int | str, unit: Unit, title: str, start: date | None = None, end: date | None = None
) -> Parameter:
    enacted = TRADE_FACILITATION_ACT if cite.startswith("19") else SAFE_PORT_ACT
    return Parameter(code, title, value, unit, start or enacted, end, Citation(cite))


def _year(cite: str, code: str, year: int, value: int, unit: Unit, title: str) -> Parameter:
    """A value for one fiscal year."""
    return _law(cite, code, value, unit, title, fiscal_year_start(year), fiscal_year_end(year))


def _open(cite: str, code: str, value: int, unit: Unit, title: str, minimum: int = 1) -> Parameter:
    """The law gives no number: *value* is what holds until a programme sets another."""
    return Parameter(code, title, value, unit, SAFE_PORT_ACT, None, Citation(cite), True, (), minimum)


def _choice(cite: str, code: str, title: str, *choices: str) -> Parameter:
    """The law gives no rule: the first of *choices* holds until a programme chooses another."""
    return Parameter(code, title, choices[0], Unit.CHOICE, SAFE_PORT_ACT, None, Citation(cite), True, choices)


_PERSONNEL = N_("Increase of full-time personnel owed over the last day of the previous fiscal year")
_PROGRAMME_MONEY = N_("Authorized to carry out sections 961 through 971")
_STAFF_MONEY = N_("Authorized to meet the staffing requirement of section 972")

SET_BY_LAW: tuple[Parameter, ...] = (
    _law("6 USC 961(b)", "criteria_review_years", 1, Unit.YEARS, N_("Review of the minimum security requirements")),
    _law(
        "6 USC 964(a)",
        "tier_1_reduction_cap_percent",
        20,
        Unit.PERCENT,
        N_("Largest reduction of a Tier 1 score, of the high-risk threshold"),
    ),
    _law("6 USC 964(b)", "certification_guidelines_days", 180, Unit.DAYS, N_("Update of the certification guidelines")),
    _law("6 USC 964(c)", "tier_1_certification_days", 90, Unit.DAYS, N_("Tier 1 certification")),
    _law("6 USC 965(a)", "tier_2_validation_years", 1, Unit.YEARS, N_("Tier 2 validation")),
    _law("6 USC 965(c)", "validation_guidelines_days", 180, Unit.DAYS, N_("Validation schedule and guidelines")),
    _law("6 USC 966(d)", "tier_3_criteria_years", 2, Unit.YEARS, N_("Designation of the Tier 3 criteria")),
    _law("6 USC 967(c)(1)", "denial_appeal_filing_days", 90, Unit.DAYS, N_("Appeal of a denial of benefits")),
    _law(
        "6 USC 967(c)(1)",
        "denial_appeal_determination_days",
        180,
        Unit.DAYS,
        N_("Determination of an appeal of a denial of benefits"),
    ),
    _law("6 USC 967(c)(2)", "sanction_appeal_filing_days", 30, Unit.DAYS, N_("Appeal of a suspension or expulsion")),
    _law(
        "6 USC 967(c)(2)",
        "sanction_appeal_determination_days",
        180,
        Unit.DAYS,
        N_("Determination of an appeal of a suspension or expulsion"),
    ),
    _law("6 USC 968(a)", "pilot_length_years", 1, Unit.YEARS, N_("Length of the voluntary pilot program")),
    _law("6 USC 968(b)", "consultation_report_days", 120, Unit.DAYS, N_("Report on the plan for the pilot program")),
    _law("6 USC 968(c)(1)", "pilot_start_years", 1, Unit.YEARS, N_("Start of the pilot program")),
    _law("6 USC 968(i)", "pilot_report_days", 30, Unit.DAYS, N_("Report on the pilot program")),
    _law("6 USC 969(2)", "revalidation_period_years", 4, Unit.PERIOD_YEARS, N_("Period of revalidation")),
    _law("6 USC 969(3)", "revalidation_plan_fiscal_years", 1, Unit.FISCAL_YEARS, N_("Annual plan for revalidation")),
    _law("6 USC 971(a)(1)", "strategic_plan_years", 5, Unit.YEARS, N_("Length of the strategic plan")),
    _law("6 USC 971(a)(2)", "annual_plan_fiscal_years", 1, Unit.FISCAL_YEARS, N_("Annual plan for each fiscal year")),
    _year("6 USC 972", "additional_personnel", 2008, 50, Unit.PERSONNEL, _PERSONNEL),
    _year("6 USC 972", "additional_personnel", 2009, 50, Unit.PERSONNEL, _PERSONNEL),
    _year("6 USC 973(a)(1)", "programme_authorization_usd", 2008, 65_000_000, Unit.USD, _PROGRAMME_MONEY),
    _year("6 USC 973(a)(2)", "programme_authorization_usd", 2009, 72_000_000, Unit.USD, _PROGRAMME_MONEY),
    _year("6 USC 973(a)(3)", "programme_authorization_usd", 2010, 75_600_000, Unit.USD, _PROGRAMME_MONEY),
    _year("6 USC 973(b)(1)", "personnel_authorization_usd", 2008, 8_500_000, Unit.USD, _STAFF_MONEY),
    _year("6 USC 973(b)(2)", "personnel_authorization_usd", 2009, 17_600_000, Unit.USD, _STAFF_MONEY),
    _year("6 USC 973(b)(3)", "personnel_authorization_usd", 2010, 19_000_000, Unit.USD, _STAFF_MONEY),
    _year("6 USC 973(b)(4)", "personnel_authorization_usd", 2011, 20_000_000, Unit.USD, _STAFF_MONEY),
    _year("6 USC 973(b)(5)", "personnel_authorization_usd", 2012, 21_000_000, Unit.USD, _STAFF_MONEY),
    _law("19 USC 4311(c)", "first_partnership_report_days", 180, Unit.DAYS, N_("First partnership report")),
    _law(
        "19 USC 4311(c)",
        "partnership_report_day",
        "12-31",
        Unit.DAY_OF_YEAR,
        N_("Partnership report of each later calendar year"),
        date(2017, 1, 1),  # 'each calendar year thereafter': the first report falls in 2016
    ),
    _law(
        "19 USC 4311(c)(9)", "plans_ahead_years", 2, Unit.YEARS, N_("Years ahead that plans, targets and goals cover")
    ),
)

LEFT_OPEN: tuple[Parameter, ...] = (
    _choice(
        "6 USC 964(c)", "clock_while_returned", N_("The 90 days while an application is returned"), "runs", "pauses"
    ),
    _choice("6 USC 965(a)", "clock_while_blocked", N_("The year while a visit is blocked"), "pauses", "runs"),
    _choice(
        "6 USC 971(a)",
        "roll_agency_duty",
        N_("A duty of the agency whose last day is no business day"),
        "keep",
        "forward",
    ),
    _choice(
        "6 USC 967(c)",
        "roll_participant_right",
        N_("A right of a participant whose last day is no business day"),
        "forward",
        "keep",
    ),
    _choice(
        "6 USC 971(a)",
        "leap_agency_duty",
        N_("A duty of the agency counted in years from 29 February"),
        "last_of_february",
        "first_of_march",
    ),
    _choice(
        "6 USC 967(c)",
        "leap_participant_right",
        N_("A right of a participant counted in years from 29 February"),
        "first_of_march",
        "last_of_february",
    ),
    _open("6 USC 961(b)", "criteria_grace_days", 90, Unit.DAYS, N_("Time to answer changed criteria")),
    _open("6 USC 963(1)", "history_look_back_months", 12, Unit.MONTHS, N_("Look-back for the history of moving cargo")),
    _open("6 USC 963(1)", "history_minimum_shipments", 1, Unit.SHIPMENTS, N_("Shipments that show a history")),
    _open("6 USC 963(2)", "residual_risk_limit", 3, Unit.SCORE, N_("Residual risk above which an action is planned")),
    _open("6 USC 963(2)", "assessment_repeat_months", 12, Unit.MONTHS, N_("How long an assessment stays current")),
    _open(
        "6 USC 963(3)", "annual_review_opens_days", 90, Unit.DAYS, N_("Days before the anniversary for the attestation")
    ),
    _open("6 USC 963(3)", "review_reminder_days", 30, Unit.DAYS, N_("Reminder before the last day of a review")),
    _open("6 USC 964(b)", "vetting_valid_days", 365, Unit.DAYS, N_("How long a background investigation stays good")),
    _open("6 USC 964(b)", "list_age_days", 30, Unit.DAYS, N_("How old a screening list may be when it is relied on")),
    _open("6 USC 965(c)", "validation_notice_days", 30, Unit.DAYS, N_("Written notice before a visit")),
    _open("6 USC 965(c)", "visit_working_days", 10, Unit.DAYS, N_("Longest visit, in working days")),
    _open("6 USC 965(c)", "blocked_review_days", 180, Unit.DAYS, N_("When a blocked validation is looked at again")),
    _open("6 USC 966(a)", "tier_3_commitment_months", 12, Unit.MONTHS, N_("Sustained commitment before Tier 3")),
    _open("6 USC 967(a)", "consequence_response_days", 30, Unit.DAYS, N_("Time to answer a notice of denial")),
    _open("6 USC 967(b)", "suspension_response_days", 90, Unit.DAYS, N_("Time to answer a letter of suspension")),
    _open(
        "6 USC 968(d)(2)(B)",
        "validator_insurance_usd",
        1_000_000,
        Unit.USD,
        N_("Liability insurance that a validator keeps, where no limit of its own is set"),
    ),
    _open("6 USC 968(g)(1)", "validator_inspection_days", 365, Unit.DAYS, N_("Longest time between inspections")),
    _open(
        "6 USC 969(2)", "revalidation_warning_days", 365, Unit.DAYS, N_("Warning before a revalidation period ends"), 0
    ),
    _open("6 USC 971(c)", "incident_review_days", 30, Unit.DAYS, N_("Time to review a reported incident")),
    _open("6 USC 971(a)", "warn_before_days", 14, Unit.DAYS, N_("Warning before any deadline"), 0),
    _open(
        "6 USC 971(a)", "quality_sample_percent", 10, Unit.PERCENT, N_("Share of reviews that a second person repeats")
    ),
)

ROWS: tuple[Parameter, ...] = SET_BY_LAW + LEFT_OPEN
