"""The 1-year voluntary pilot: plan, consultations, report on the plan, start, report (6 USC 968(a)-(c), (i))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.clocks import clock_of, due
from greenlane.law.parameter_table import SAFE_PORT_ACT
from greenlane.law.s968 import (
    PilotPlanFacts,
    PilotReportFacts,
    PilotStartFacts,
    PlanReportFacts,
    ReportPart,
    may_adopt_pilot_plan,
    may_start_pilot,
    pilot_ends_on,
    pilot_report_met,
    plan_report_met,
)
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validators import entries_pilot as entries
from greenlane.validators.checks import LONGEST_TEXT, TEXTAREA, filled
from greenlane.validators.models import PilotProgramme
from greenlane.validators.pilot_figures import pilot_figures, records_behind
from greenlane.validators.queries import pilot_of, running_pilot

PLAN, CONSULTING, START, REPORT = "6 USC 968(a)", "6 USC 968(b)", "6 USC 968(c)(1)", "6 USC 968(i)"
LATE = {"label": N_("Why it is late, where it is"), **TEXTAREA}


@command(PLAN, "6 USC 968", title=N_("Adopt the plan for the pilot program"), procedure="pilot", case="")
@dataclass(frozen=True, kw_only=True)
class AdoptPilotPlan(Command):
    """Adopt the plan for the 1-year voluntary pilot: how it tests feasibility, costs and benefits."""

    programme: str = field(default="ctpat", metadata={"label": N_("Programme")})
    title: str = field(metadata={"label": N_("Title")})
    feasibility: str = field(default="", metadata={"label": N_("How feasibility is assessed"), **TEXTAREA})
    costs: str = field(default="", metadata={"label": N_("How costs are assessed"), **TEXTAREA})
    benefits: str = field(default="", metadata={"label": N_("How benefits are assessed"), **TEXTAREA})
    years: int = field(default=1, metadata={"label": N_("Length, in years")})
    voluntary: bool = field(metadata={"label": N_("Taking part is voluntary")})


@handles(AdoptPilotPlan)
def adopt_pilot_plan(ctx: Context, cmd: AdoptPilotPlan) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("pilot", cmd.programme)
    plan = {part: text.strip() for part in ("feasibility", "costs", "benefits") if (text := getattr(cmd, part)).strip()}
    verdict = may_adopt_pilot_plan(PilotPlanFacts(tuple(plan), cmd.years, cmd.voluntary))
    open_one = PilotProgramme.objects.filter(programme=cmd.programme, result_submitted_on=None).exists()
    reasons = [
        *verdict.reasons,
        filled(PLAN, "title", cmd.title, 200),
        finding(
            PLAN,
            "plan_fits",
            all(len(text) <= LONGEST_TEXT for text in plan.values()),
            N_("The parts of the plan fit."),
            N_("A part of the plan is longer than %(longest)s characters."),
            mend=N_("Shorten it."),
            longest=LONGEST_TEXT,
        ),
        finding(
            PLAN,
            "one_pilot",
            not open_one,
            N_("No other pilot is planned or runs."),
            N_("A pilot is planned or runs already."),
            mend=N_("Complete it first."),
        ),
    ]
    key = ctx.new_id()
    adopted = entries.PilotPlanAdopted(
        pilot_id=key,
        programme=cmd.programme,
        title=cmd.title.strip(),
        plan=plan,
        years=cmd.years,
        voluntary=cmd.voluntary,
    )
    return Decision(all_of(reasons), (adopted,), opens=Opening(key, "pilot", programme=cmd.programme))


@command(CONSULTING, title=N_("Record a consultation on the plan"), procedure="pilot")
@dataclass(frozen=True, kw_only=True)
class RecordPilotConsultation(Command):
    """Record whom the programme consulted on the plan, what was said, and when that consultation closed."""

    case_id: UUID
    who: str = field(metadata={"label": N_("Who was consulted")})
    said: str = field(default="", metadata={"label": N_("What was said"), **TEXTAREA})
    closed_on: date = field(metadata={"label": N_("Closed on")})


@handles(RecordPilotConsultation)
def record_pilot_consultation(ctx: Context, cmd: RecordPilotConsultation) -> Decision:
    pilot = pilot_of(cmd.case_id)
    reasons = [
        filled(CONSULTING, "who", cmd.who, 200),
        finding(
            CONSULTING,
            "consultation_closed",
            cmd.closed_on <= ctx.on and len(cmd.said) <= LONGEST_TEXT,
            N_("The consultation closed on %(day)s."),
            N_("%(day)s lies ahead, or the text is longer than %(longest)s characters."),
            mend=N_("Record it when it has closed."),
            where="closed_on",
            day=cmd.closed_on,
            longest=LONGEST_TEXT,
        ),
    ]
    consulted = entries.PilotConsulted(
        consultation_id=ctx.new_id(),
        pilot_id=pilot.pk,
        who=" ".join(cmd.who.split()),
        said=cmd.said.strip(),
        closed_on=cmd.closed_on,
    )
    return Decision(all_of(reasons), (consulted,))


@command(CONSULTING, title=N_("Submit the report on the plan"), procedure="pilot")
@dataclass(frozen=True, kw_only=True)
class SubmitPilotPlanReport(Command):
    """Submit the report on the plan, after the consultations and within 120 days of enactment or with a reason."""

    case_id: UUID
    text: str = field(metadata={"label": N_("Report"), **TEXTAREA})
    lateness_reason: str = field(default="", metadata=LATE)


@handles(SubmitPilotPlanReport)
def submit_pilot_plan_report(ctx: Context, cmd: SubmitPilotPlanReport) -> Decision:
    pilot = pilot_of(cmd.case_id)
    facts = PlanReportFacts(
        consulted=tuple(dict.fromkeys(pilot.consultations.order_by("closed_on", "pk").values_list("who", flat=True))),
        consultations_closed_on=consulted_until(pilot),
        submitted_on=ctx.on,
        lateness_reason=cmd.lateness_reason,
    )
    reasons = [
        *plan_report_met(facts, ctx.on).reasons,
        filled(CONSULTING, "text", cmd.text, 100_000),
    ]
    reported = entries.PilotPlanReported(
        pilot_id=pilot.pk,
        text=cmd.text.strip(),
        due_on=due(clock_of("consultation_report"), SAFE_PORT_ACT).due_on,
        lateness_reason=cmd.lateness_reason.strip()[:LONGEST_TEXT],
    )
    return Decision(all_of(reasons), (reported,))


def consulted_until(pilot: PilotProgramme) -> date | None:
    """The day on which the last consultation closed."""
    return max(pilot.consultations.values_list("closed_on", flat=True), default=None)


@command(START, "6 USC 968(c)", title=N_("Start the pilot program"), procedure="pilot")
@dataclass(frozen=True, kw_only=True)
class StartPilot(Command):
    """Start the pilot today, not later than 1 year after the consultations, or later with a reason."""

    case_id: UUID
    lateness_reason: str = field(default="", metadata=LATE)


@handles(StartPilot)
def start_pilot(ctx: Context, cmd: StartPilot) -> Decision:
    pilot = pilot_of(cmd.case_id)
    facts = PilotStartFacts(
        plan_adopted_on=pilot.adopted_on,
        consultations_closed_on=consulted_until(pilot) or ctx.on,
        report_submitted_on=pilot.report_submitted_on,
        starts_on=ctx.on,
        lateness_reason=cmd.lateness_reason,
    )
    before = running_pilot(pilot.programme)
    reasons = [*may_start_pilot(facts).reasons, _no_other(before)]
    started = entries.PilotStarted(
        pilot_id=pilot.pk,
        until=pilot_ends_on(ctx.on),
        lateness_reason=cmd.lateness_reason.strip()[:LONGEST_TEXT],
    )
    return Decision(all_of(reasons), (started,))


def _no_other(before: PilotProgramme | None) -> Reason:
    return finding(
        START,
        "one_at_a_time",
        before is None or before.result_submitted_on is not None,
        N_("No other pilot runs."),
        N_("Another pilot runs, or its report is not submitted."),
        mend=N_("Complete it first."),
    )


@command(REPORT, title=N_("Submit the report on the pilot program"), procedure="pilot")
@dataclass(frozen=True, kw_only=True)
class CompletePilot(Command):
    """Submit, within 30 days of the end of the pilot, the report on it. Its figures are counted from the record."""

    case_id: UUID
    results: str = field(metadata={"label": N_("Results"), **TEXTAREA})
    proprietary_information: str = field(metadata={"label": N_("Protection of proprietary information"), **TEXTAREA})
    cost: str = field(metadata={"label": N_("Cost"), **TEXTAREA})
    efficiency: str = field(metadata={"label": N_("Efficiency"), **TEXTAREA})
    validation_rate: str = field(metadata={"label": N_("Impact on the rate of validations"), **TEXTAREA})
    national_security: str = field(metadata={"label": N_("Impact on national security"), **TEXTAREA})
    recommendations: str = field(metadata={"label": N_("Recommendations"), **TEXTAREA})
    lateness_reason: str = field(default="", metadata=LATE)


PARTS = (
    "results",
    "proprietary_information",
    "cost",
    "efficiency",
    "validation_rate",
    "national_security",
    "recommendations",
)


@handles(CompletePilot)
def complete_pilot(ctx: Context, cmd: CompletePilot) -> Decision:
    pilot = pilot_of(cmd.case_id)
    ends_on = pilot_ends_on(pilot.started_on) if pilot.started_on else ctx.on
    figures = pilot_figures(pilot, min(ends_on, ctx.on))
    parts = tuple(entries.PilotPart(part=p, text=getattr(cmd, p).strip(), figures=figures.get(p, ())) for p in PARTS)
    facts = PilotReportFacts(
        completed_on=ends_on,
        parts=tuple(ReportPart(p.part, p.text, records_behind(p.figures)) for p in parts),
        submitted_on=ctx.on,
        lateness_reason=cmd.lateness_reason,
    )
    reasons = [
        finding(
            REPORT,
            "pilot_over",
            pilot.started_on is not None and ctx.on > ends_on,
            N_("The pilot was complete on %(day)s."),
            N_("The pilot runs until %(day)s; the report follows its completion."),
            mend=N_("Submit it in the 30 days after that day."),
            day=ends_on,
        ),
        *pilot_report_met(facts, ctx.on).reasons,
        *(filled(REPORT, p.part, p.text, LONGEST_TEXT) for p in parts),
    ]
    completed = entries.PilotCompleted(
        pilot_id=pilot.pk,
        title=pilot.title,
        completed_on=ends_on,
        due_on=due(clock_of("pilot_report"), ends_on).due_on,
        parts=parts,
        lateness_reason=cmd.lateness_reason.strip()[:LONGEST_TEXT],
    )
    return Decision(all_of(reasons), (completed,))
