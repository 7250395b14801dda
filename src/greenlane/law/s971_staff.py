"""Staffing plan, formalized training and cross-training in postincident trade resumption: 971(d)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import left_out, listed
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of, finding, rule

TRADE_RESUMPTION = "postincident_trade_resumption"


@dataclass(frozen=True)
class Course:
    """A course of the formal training programme and the tasks that it qualifies for."""

    code: str
    qualifies_for: tuple[str, ...]


@dataclass(frozen=True)
class Training:
    """A person completed a course; it counts up to and including ``expires_on`` (None: for good)."""

    person: str
    course: str
    completed_on: date
    expires_on: date | None = None

    def counts(self, on: date) -> bool:
        return self.completed_on <= on and (self.expires_on is None or on <= self.expires_on)


@dataclass(frozen=True)
class StaffingPlanFacts:
    """Staff there and staff needed, recruitment planned, the courses, and the tasks that need one.

    ``goals`` are the goals of the strategic plan in force; ``goals_served`` those that the staffing plan names.
    """

    goals: tuple[str, ...]
    goals_served: tuple[str, ...]
    staff: int
    needed: int
    to_recruit: int
    tasks: tuple[str, ...]
    courses: tuple[Course, ...]


@rule("6 USC 971(d)", "6 USC 971(d)(1)")
def may_adopt_staffing_plan(facts: StaffingPlanFacts) -> Verdict:
    """The staffing plan recruits and trains, by a formal programme, to the objectives of the strategic plan."""
    cite = "6 USC 971(d)(1)"
    unserved = left_out(facts.goals, facts.goals_served)
    untaught = left_out(facts.tasks, (task for course in facts.courses for task in course.qualifies_for))
    return all_of(
        (
            finding(
                cite,
                "meets_strategic_goals",
                bool(facts.goals) and not unserved,
                N_("The plan serves each of the %(count)d goals of the strategic plan."),
                N_("Of the %(count)d goals of the strategic plan, these are not served: %(unserved)s."),
                mend=N_("Say how staff meet each goal; a strategic plan must be in force."),
                where=unserved[0] if unserved else "goals",
                count=len(facts.goals),
                unserved=listed(unserved),
            ),
            finding(
                cite,
                "recruits_enough",
                facts.staff + facts.to_recruit >= facts.needed,
                N_("%(staff)d there and %(recruit)d to be recruited cover the %(needed)d needed."),
                N_("%(staff)d there and %(recruit)d to be recruited do not cover the %(needed)d needed."),
                mend=N_("Plan to recruit at least %(short)d."),
                where="to_recruit",
                staff=facts.staff,
                recruit=facts.to_recruit,
                needed=facts.needed,
                short=facts.needed - facts.staff,
            ),
            finding(
                cite,
                "formal_training",
                bool(facts.tasks) and not untaught,
                N_("There is a course for each of the %(count)d tasks."),
                N_("Of the %(count)d tasks, no course qualifies for: %(untaught)s."),
                mend=N_("Add a course for: %(untaught)s."),
                where=untaught[0] if untaught else "tasks",
                count=len(facts.tasks),
                untaught=listed(untaught),
            ),
        )
    )


@dataclass(frozen=True)
class TaskFacts:
    """A person about to do a task, the courses that there are, and the training on record."""

    person: str
    task: str
    courses: tuple[Course, ...]
    trainings: tuple[Training, ...]


@rule("6 USC 971(d)(1)")
def may_do_task(facts: TaskFacts, on: date) -> Verdict:
    """A person does a task for which a completed course, not expired on the day, qualifies."""
    courses = [c.code for c in facts.courses if facts.task in c.qualifies_for]
    held = [t.course for t in facts.trainings if t.person == facts.person and t.course in courses and t.counts(on)]
    return Verdict(
        (
            finding(
                "6 USC 971(d)(1)",
                "trained_for_task",
                bool(held),
                N_("%(person)s is trained for %(task)s by: %(held)s."),
                N_("%(person)s holds no training for %(task)s that counts on %(day)s; courses: %(courses)s."),
                mend=N_("Complete one of these courses, or assign another person."),
                where=facts.person,
                person=facts.person,
                task=facts.task,
                held=listed(held),
                day=on,
                courses=listed(courses),
            ),
        )
    )


@dataclass(frozen=True)
class CrossTrainingFacts:
    """The persons who administer the programme, and the training on record."""

    personnel: tuple[str, ...]
    trainings: tuple[Training, ...]


@rule("6 USC 971(d)(2)")
def cross_training_provided(facts: CrossTrainingFacts, on: date) -> Verdict:
    """Each person who administers the programme is cross-trained in postincident trade resumption."""
    trained = {t.person for t in facts.trainings if t.course == TRADE_RESUMPTION and t.counts(on)}
    missing = left_out(facts.personnel, trained)
    return Verdict(
        (
            finding(
                "6 USC 971(d)(2)",
                "all_cross_trained",
                bool(facts.personnel) and not missing,
                N_("All %(count)d persons are cross-trained in postincident trade resumption on %(day)s."),
                N_("Of %(count)d persons, not cross-trained on %(day)s: %(missing)s."),
                mend=N_("Train: %(missing)s."),
                where=missing[0] if missing else "personnel",
                count=len(facts.personnel),
                missing=listed(missing),
                day=on,
            ),
        )
    )
