"""The corrective action plan: propose, return, accept; report its goals done and accept that (6 USC 967(a)-(b))."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries_plan as entries
from greenlane.consequences.checks import on_file, said
from greenlane.consequences.entries_plan import Goal
from greenlane.consequences.models import SANCTIONS, Consequence, GoalRow
from greenlane.consequences.queries import consequence_of
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding

MOST_GOALS = 50


def cite_of(row: Consequence) -> str:
    """The clause of the measure: 967(b) for a sanction, else 967(a)."""
    return "6 USC 967(b)" if row.measure in SANCTIONS else "6 USC 967(a)"


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Propose a corrective action plan"), procedure="consequence")
@dataclass(frozen=True, kw_only=True)
class ProposeCorrectivePlan(Command):
    """Propose what the company does, by which days, so that it can return. A new plan replaces the last one."""

    case_id: UUID
    goals: tuple[Goal, ...] = field(metadata={"label": N_("Goals")})
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "documents"})


@handles(ProposeCorrectivePlan)
def propose_corrective_plan(ctx: Context, cmd: ProposeCorrectivePlan) -> Decision:
    row = consequence_of(cmd.case_id)
    cite = cite_of(row)
    whole = bool(cmd.goals) and len(cmd.goals) <= MOST_GOALS and all(goal.goal_on for goal in cmd.goals)
    past = [goal.goal_on for goal in cmd.goals if goal.goal_on and goal.goal_on < ctx.on]
    reasons = [
        finding(
            cite,
            "not_accepted_yet",
            row.plan_accepted_on is None,
            N_("No plan was accepted yet."),
            N_("A plan was accepted on %(accepted)s; its goals stand."),
            mend=N_("Report the goals of that plan done."),
            accepted=row.plan_accepted_on or "-",
        ),
        finding(
            cite,
            "plan_with_dated_goals",
            whole,
            N_("The plan has %(count)s goals, each with its day."),
            N_("A plan has 1 to %(most)s goals, and each has a day by which it is done."),
            mend=N_("Give each goal a day."),
            where="goals",
            count=len(cmd.goals),
            most=MOST_GOALS,
        ),
        finding(
            cite,
            "goals_ahead",
            not past,
            N_("The days of the goals are still to come."),
            N_("The day %(day)s of a goal is past."),
            mend=N_("Give a day that is still to come."),
            where="goals",
            day=past[0] if past else ctx.on,
        ),
        *(said(goal.goal, "goals", cite) for goal in cmd.goals),
        *on_file(cmd.documents, row.participant_id, "documents", cite),
    ]
    return Decision(all_of(reasons), (entries.CorrectivePlanProposed(goals=cmd.goals, documents=cmd.documents),))


def _waits(row: Consequence) -> Reason:
    return finding(
        cite_of(row),
        "plan_waits",
        row.plan_proposed_on is not None and row.plan_accepted_on is None,
        N_("The plan of %(proposed)s waits for an answer."),
        N_("No corrective action plan waits for an answer."),
        mend=N_("The company proposes a plan first."),
        where="actions",
        proposed=row.plan_proposed_on or "-",
    )


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Return the plan"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReturnCorrectivePlan(Command):
    """Return the corrective action plan to the company with what is missing."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("What is missing"), "widget": "textarea"})


@handles(ReturnCorrectivePlan)
def return_corrective_plan(ctx: Context, cmd: ReturnCorrectivePlan) -> Decision:
    row = consequence_of(cmd.case_id)
    returned = entries.CorrectivePlanReturned(company=row.participant.legal_name, reason=cmd.reason.strip())
    return Decision(Verdict((_waits(row), said(cmd.reason, "reason", cite_of(row)))), (returned,))


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Accept the plan"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class AcceptCorrectivePlan(Command):
    """Accept the corrective action plan that the company proposed; its dated goals then stand."""

    case_id: UUID


@handles(AcceptCorrectivePlan)
def accept_corrective_plan(ctx: Context, cmd: AcceptCorrectivePlan) -> Decision:
    row = consequence_of(cmd.case_id)
    goals = tuple(Goal(goal=g.goal, goal_on=g.goal_on) for g in row.goals.order_by("number"))
    accepted = entries.CorrectivePlanAccepted(
        company=row.participant.legal_name, goals=goals, by=ctx.actor.account or row.pk
    )
    return Decision(Verdict((_waits(row),)), (accepted,))


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Report a goal done"), procedure="consequence")
@dataclass(frozen=True, kw_only=True)
class ReportGoalDone(Command):
    """Report a goal of the plan done, with the documents that show it."""

    case_id: UUID
    number: int = field(metadata={"label": N_("Number of the goal")})
    report: str = field(metadata={"label": N_("What was done"), "widget": "textarea"})
    documents: tuple[UUID, ...] = field(metadata={"label": N_("Documents that show it"), "choices": "documents"})


@handles(ReportGoalDone)
def report_goal_done(ctx: Context, cmd: ReportGoalDone) -> Decision:
    row = consequence_of(cmd.case_id)
    cite, goal = cite_of(row), _goal(row, cmd.number)
    reasons = [
        finding(
            cite,
            "goal_open",
            goal is not None and row.plan_accepted_on is not None and goal.done_on is None,
            N_("Goal %(number)s is open."),
            N_("There is no open goal %(number)s of an accepted plan."),
            mend=N_("Give the number of an open goal."),
            where="number",
            number=cmd.number,
        ),
        finding(
            cite,
            "documents_named",
            bool(cmd.documents),
            N_("Documents show it."),
            N_("A goal is done with evidence, and no document is named."),
            mend=N_("Add the document to the case, then choose it here."),
            where="documents",
        ),
        said(cmd.report, "report", cite),
        *on_file(cmd.documents, row.participant_id, "documents", cite),
    ]
    reported = entries.GoalReported(number=cmd.number, report=cmd.report.strip(), documents=cmd.documents)
    return Decision(all_of(reasons), (reported,))


def _goal(row: Consequence, number: int) -> GoalRow | None:
    return row.goals.filter(number=number).first() if 0 < number <= MOST_GOALS else None


def _reported(row: Consequence, goal: GoalRow | None, number: int) -> Reason:
    return finding(
        cite_of(row),
        "goal_reported",
        goal is not None and goal.reported_on is not None and goal.done_on is None,
        N_("Goal %(number)s was reported done on %(reported)s."),
        N_("Goal %(number)s was not reported done, or is answered already."),
        mend=N_("Wait for the company's report."),
        where="number",
        number=number,
        reported=(goal and goal.reported_on) or "-",
    )


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Accept a goal as done"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class AcceptGoal(Command):
    """Accept that a goal is done, on the day on which the company reported it."""

    case_id: UUID
    number: int = field(metadata={"label": N_("Number of the goal")})


@handles(AcceptGoal)
def accept_goal(ctx: Context, cmd: AcceptGoal) -> Decision:
    row = consequence_of(cmd.case_id)
    goal = _goal(row, cmd.number)
    done_on = (goal and goal.reported_on) or ctx.on
    return Decision(
        Verdict((_reported(row, goal, cmd.number),)), (entries.GoalAccepted(number=cmd.number, done_on=done_on),)
    )


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Return a goal"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReturnGoal(Command):
    """Say that a goal is not done yet, and what is missing."""

    case_id: UUID
    number: int = field(metadata={"label": N_("Number of the goal")})
    reason: str = field(metadata={"label": N_("What is missing"), "widget": "textarea"})


@handles(ReturnGoal)
def return_goal(ctx: Context, cmd: ReturnGoal) -> Decision:
    row = consequence_of(cmd.case_id)
    verdict = Verdict((_reported(row, _goal(row, cmd.number), cmd.number), said(cmd.reason, "reason", cite_of(row))))
    return Decision(verdict, (entries.GoalReturned(number=cmd.number, reason=cmd.reason.strip()),))
