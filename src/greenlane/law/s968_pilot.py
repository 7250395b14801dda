"""The 1-year voluntary pilot program: plan, consultations, start, end and report: 968(a)-(c), (i)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.clocks import clock_of, due, explain_lateness
from greenlane.law.listing import left_out, listed, written
from greenlane.law.parameter_table import SAFE_PORT_ACT
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

PLAN_PARTS = ("feasibility", "costs", "benefits")
COMMITTEE = "Commercial Operations Advisory Committee"


@dataclass(frozen=True)
class PilotPlanFacts:
    """The plan: which of PLAN_PARTS it tests and assesses, its length in years, and that taking part is voluntary."""

    assesses: tuple[str, ...]
    years: int
    voluntary: bool


@rule("6 USC 968(a)", "6 USC 968")
def may_adopt_pilot_plan(facts: PilotPlanFacts) -> Verdict:
    """The plan is for a 1-year voluntary pilot that assesses feasibility, costs and benefits."""
    missing = left_out(PLAN_PARTS, facts.assesses)
    years = parameter("pilot_length_years", SAFE_PORT_ACT).number
    return all_of(
        (
            finding(
                "6 USC 968(a)",
                "assesses_all",
                not missing,
                N_("The plan assesses feasibility, costs and benefits."),
                N_("The plan does not assess: %(missing)s."),
                mend=N_("Say how the pilot tests: %(missing)s."),
                where=missing[0] if missing else "",
                missing=listed(missing),
            ),
            finding(
                "6 USC 968(a)",
                "one_year",
                facts.years == years,
                N_("The pilot runs %(years)d year(s)."),
                N_("The plan is for %(planned)d year(s); the law gives the pilot %(years)d."),
                mend=N_("Plan for %(years)d year(s)."),
                where="years",
                years=years,
                planned=facts.years,
            ),
            finding(
                "6 USC 968(a)",
                "voluntary",
                facts.voluntary,
                N_("Taking part is voluntary."),
                N_("The plan does not leave participants the choice."),
                mend=N_("Let each participant choose whether a third party validates it."),
                where="voluntary",
            ),
        )
    )


@dataclass(frozen=True)
class PlanReportFacts:
    """The report on the plan: who was consulted, when consultations closed, when it was submitted (None: not yet)."""

    consulted: tuple[str, ...]
    consultations_closed_on: date | None
    submitted_on: date | None
    lateness_reason: str = ""


@rule("6 USC 968(b)")
def plan_report_met(facts: PlanReportFacts, on: date) -> Verdict:
    """The report on the plan is submitted within 120 days of enactment, after consulting stakeholders."""
    others = [who for who in facts.consulted if who != COMMITTEE]
    closed, submitted = facts.consultations_closed_on, facts.submitted_on
    return all_of(
        (
            finding(
                "6 USC 968(b)",
                "stakeholders_consulted",
                COMMITTEE in facts.consulted and bool(others),
                N_("Consulted: %(who)s."),
                N_("Private sector stakeholders and the %(committee)s must be consulted; consulted: %(who)s."),
                mend=N_("Record the consultation with stakeholders and with the %(committee)s."),
                where="consultation",
                who=listed(facts.consulted),
                committee=COMMITTEE,
            ),
            finding(
                "6 USC 968(b)",
                "after_consultations",
                closed is not None and closed <= (submitted or on),
                N_("The consultations closed on %(closed)s, before the report."),
                N_("The report comes after the consultations; they are not closed (%(closed)s)."),
                mend=N_("Close the consultations first."),
                where="consultation",
                closed=closed or "-",
            ),
            *_in_time("consultation_report", SAFE_PORT_ACT, submitted, on, facts.lateness_reason),
        )
    )


def _in_time(clock: str, start: date, submitted: date | None, on: date, reason: str) -> Iterator[Reason]:
    """Submitted: in time, or late with a reason. Not submitted: open until its last day, then not met."""
    last = due(clock_of(clock), start)
    if submitted is not None and submitted <= on:
        yield from explain_lateness(clock_of(clock), last, submitted, reason).reasons
        return
    yield finding(
        last.citation.cite,
        "not_overdue",
        on <= last.due_on,
        N_("Not submitted yet; due by %(due)s."),
        N_("Not submitted by %(due)s; on %(day)s it is %(late)d days late."),
        mend=N_("Submit it, with the reason why it is late."),
        due=last.due_on,
        day=on,
        late=(on - last.due_on).days,
    )


@dataclass(frozen=True)
class PilotStartFacts:
    """The start of the pilot: adopted plan, closed consultations, submitted report, and the first day."""

    plan_adopted_on: date | None
    consultations_closed_on: date
    report_submitted_on: date | None
    starts_on: date
    lateness_reason: str = ""


@rule("6 USC 968(c)(1)", "6 USC 968(c)")
def may_start_pilot(facts: PilotStartFacts) -> Verdict:
    """The pilot starts on an adopted plan, reported on, not later than 1 year after the consultations."""
    clock = clock_of("pilot_start")
    last = due(clock, facts.consultations_closed_on)
    plan, report = facts.plan_adopted_on, facts.report_submitted_on
    return Verdict(
        (
            finding(
                "6 USC 968(c)(1)",
                "plan_adopted",
                plan is not None and plan <= facts.starts_on,
                N_("The plan was adopted on %(plan)s."),
                N_("No plan is adopted by %(start)s."),
                mend=N_("Adopt the plan before the pilot starts."),
                where="plan",
                plan=plan or "-",
                start=facts.starts_on,
            ),
            finding(
                "6 USC 968(b)",
                "plan_reported",
                report is not None and report <= facts.starts_on,
                N_("The report on the plan was submitted on %(report)s."),
                N_("The report on the plan is not submitted by %(start)s."),
                mend=N_("Submit the report on the plan first."),
                where="report",
                report=report or "-",
                start=facts.starts_on,
            ),
            *explain_lateness(clock, last, facts.starts_on, facts.lateness_reason).reasons,
        )
    )


@rule("6 USC 968(a)", "6 USC 968(c)(1)")
def pilot_ends_on(started_on: date) -> date:
    """The last day of the 1-year pilot that started on this day."""
    return due(clock_of("pilot_end"), started_on).due_on


REPORT_PARTS = {
    "results": "6 USC 968(i)(1)",
    "proprietary_information": "6 USC 968(i)(1)",
    "cost": "6 USC 968(i)(2)",
    "efficiency": "6 USC 968(i)(2)",
    "validation_rate": "6 USC 968(i)(3)",
    "national_security": "6 USC 968(i)(4)",
    "recommendations": "6 USC 968(i)(5)",
}


@dataclass(frozen=True)
class ReportPart:
    """A part of the report (of REPORT_PARTS): its text, and how many records its figures rest on."""

    part: str
    text: str
    records: int


@dataclass(frozen=True)
class PilotReportFacts:
    """The report: the day the pilot was complete, the parts, and the day it was submitted (None: not yet)."""

    completed_on: date
    parts: tuple[ReportPart, ...]
    submitted_on: date | None
    lateness_reason: str = ""


@rule(
    "6 USC 968(i)",
    "6 USC 968(i)(1)",
    "6 USC 968(i)(2)",
    "6 USC 968(i)(3)",
    "6 USC 968(i)(4)",
    "6 USC 968(i)(5)",
)
def pilot_report_met(facts: PilotReportFacts, on: date) -> Verdict:
    """The report is complete, each part resting on records, and submitted within 30 days of the end of the pilot."""
    given = {p.part: p for p in facts.parts}
    parts = [_part(part, cite, given.get(part)) for part, cite in REPORT_PARTS.items()]
    return all_of(
        (*parts, *_in_time("pilot_report", facts.completed_on, facts.submitted_on, on, facts.lateness_reason))
    )


def _part(part: str, cite: str, given: ReportPart | None) -> Reason:
    """Recommendations rest on the results; every other part on records of its own."""
    complete = given is not None and written(given.text) and (given.records > 0 or part == "recommendations")
    return finding(
        cite,
        "part_complete",
        complete,
        N_("The report contains: %(part)s (from %(records)d records)."),
        N_("The report does not contain, or not from records: %(part)s."),
        mend=N_("Add %(part)s, with the records that its figures open into."),
        where=part,
        part=part,
        records=given.records if given else 0,
    )
