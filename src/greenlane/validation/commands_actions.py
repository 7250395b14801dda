"""Actions of a report: required, answered by the company, accepted by a reviewer (6 USC 965(c), RC-06)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.validation import entries_report, entries_visits
from greenlane.validation.checks import fits, on_file, written
from greenlane.validation.commands_locations import VISITS
from greenlane.validation.entries_report import ActionAnswer
from greenlane.validation.models import Action, Validation
from greenlane.validation.queries import criteria_asked, validation_of

CITE = "6 USC 965(c)"


@command(CITE, "6 USC 965(a)", title=N_("Require an action"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class RequireAction(Command):
    """Require or recommend an action of the company: what is done, who carries it out, and by which day."""

    case_id: UUID
    kind: Literal["required", "recommended"] = field(metadata={"label": N_("Required or recommended")})
    text: str = field(metadata={"label": N_("What is to be done"), "widget": "textarea"})
    owner: str = field(metadata={"label": N_("Who in the company carries it out")})
    due_on: date = field(metadata={"label": N_("Done by")})
    criterion: str = field(
        default="",
        metadata={
            "label": N_("Criterion"),
            "help": N_("The criterion that is not met, if it is for one."),
            "choices": "criteria_to_find",
        },
    )
    changes: int | None = field(
        default=None, metadata={"label": N_("Changes action"), "help": N_("The number of one that is written anew.")}
    )


@handles(RequireAction)
def require_action(ctx: Context, cmd: RequireAction) -> Decision:
    validation = validation_of(cmd.case_id)
    number = cmd.criterion.strip()
    reasons = [
        written(CITE, "text", cmd.text, N_("Write what is to be done, so that one can see when it is.")),
        written(CITE, "owner", cmd.owner, N_("Name the person or post in the company."), 200),
        finding(
            CITE,
            "action_due_later",
            cmd.due_on > ctx.on,
            N_("It is due on %(due)s."),
            N_("It would be due on %(due)s, which leaves no time."),
            mend=N_("Give a later day."),
            where="due_on",
            due=cmd.due_on,
        ),
        finding(
            CITE,
            "action_criterion_asked",
            not number or number in {criterion.number for criterion in criteria_asked(validation, ctx.on)},
            N_("The criterion is asked of this company, or none is named."),
            N_("Criterion %(number)s is not asked of this company."),
            mend=N_("Name one that is asked, or none."),
            where="criterion",
            number=number[:20] or "-",
        ),
        finding(
            CITE,
            "changed_action_known",
            cmd.changes is None or validation.actions.filter(number=cmd.changes, closed_on=None).exists(),
            N_("The action is new, or one of this report."),
            N_("There is no open action %(number)s to write anew."),
            mend=N_("Leave the number out for a new action."),
            where="changes",
            number=cmd.changes or 0,
        ),
    ]
    required = entries_visits.ActionRequired(
        number=cmd.changes or validation.actions.count() + 1,
        kind=cmd.kind,
        criterion=number,
        text=cmd.text.strip(),
        owner=cmd.owner.strip(),
        due_on=cmd.due_on,
    )
    return Decision(all_of(reasons), (required,))


@command(CITE, title=N_("Answer the report"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class AnswerValidationReport(Command):
    """Answer the report: for each open required action, what was done and the documents that show it."""

    case_id: UUID
    answers: tuple[ActionAnswer, ...] = field(metadata={"label": N_("Answers to the actions")})
    message: str = field(default="", metadata={"label": N_("Message"), "widget": "textarea"})


@handles(AnswerValidationReport)
def answer_validation_report(ctx: Context, cmd: AnswerValidationReport) -> Decision:
    validation = validation_of(cmd.case_id)
    answered = entries_report.ValidationReportAnswered(answers=cmd.answers, message=cmd.message.strip())
    return Decision(all_of(_answers(validation, cmd)), (answered,))


def _answers(validation: Validation, cmd: AnswerValidationReport) -> Iterator[Reason]:
    actions = {action.number: action for action in validation.actions.filter(closed_on=None)}
    given = [one.number for one in cmd.answers]
    waiting = [n for n, action in sorted(actions.items()) if action.kind == "required" and action.answered_on is None]
    missing = [number for number in waiting if number not in given]
    yield finding(
        CITE,
        "every_required_action_answered",
        not missing,
        N_("Every required action has its answer."),
        N_("Required actions without an answer: %(missing)s."),
        mend=N_("Answer each required action of the report."),
        where="answers",
        missing=", ".join(str(number) for number in missing) or "-",
    )
    strange = sorted({number for number in given if number not in actions or given.count(number) > 1})
    yield finding(
        CITE,
        "answers_to_open_actions",
        bool(given) and not strange,
        N_("The answers are to open actions of this report, each once."),
        N_("There is no answer, or these are not open actions of this report or are answered twice: %(strange)s."),
        mend=N_("Answer each open action once."),
        where="answers",
        strange=", ".join(str(number) for number in strange) or "-",
    )
    yield fits(CITE, "message", cmd.message)
    for one in cmd.answers:
        yield written(CITE, "answer", one.answer, N_("Write what was done about the action."))
        action = actions.get(one.number)
        yield finding(
            CITE,
            "answer_shown",
            action is None or action.kind != "required" or bool(one.proof),
            N_("Action %(number)s: the answer is shown by documents."),
            N_("Action %(number)s is required, and no document shows what was done."),
            mend=N_("Upload what shows it to this case, then name it here."),
            where=str(one.number),
            number=one.number,
        )
    yield on_file(CITE, "answers", validation.pk, [key for one in cmd.answers for key in one.proof])


@command(CITE, title=N_("Send the answer back"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReturnValidationAnswer(Command):
    """Send the company's answer to some actions back, with what is still missing."""

    case_id: UUID
    actions: tuple[int, ...] = field(
        metadata={"label": N_("Actions whose answer is sent back"), "choices": "answered_actions"}
    )
    message: str = field(metadata={"label": N_("What is still missing"), "widget": "textarea"})


@handles(ReturnValidationAnswer)
def return_validation_answer(ctx: Context, cmd: ReturnValidationAnswer) -> Decision:
    validation = validation_of(cmd.case_id)
    open_ones = validation.actions.filter(kind="required", closed_on=None).exclude(answered_on=None)
    known = set(open_ones.values_list("number", flat=True))
    reasons = [
        finding(
            CITE,
            "returned_actions_answered",
            bool(cmd.actions) and set(cmd.actions) <= known,
            N_("The actions sent back were answered and are open."),
            N_("No action is named, or one that was not answered or is closed."),
            mend=N_("Name required actions that were answered and are still open: %(known)s."),
            where="actions",
            known=", ".join(str(number) for number in sorted(known)) or "-",
        ),
        written(CITE, "message", cmd.message, N_("Say what is still missing; the company reads it.")),
    ]
    returned = entries_report.ValidationAnswerReturned(
        company=validation.participant.legal_name,
        actions=tuple(sorted(set(cmd.actions))),
        message=cmd.message.strip(),
    )
    return Decision(all_of(reasons), (returned,))


@command(CITE, "6 USC 965(a)", title=N_("Accept a required action as done"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class CloseRequiredAction(Command):
    """Accept that a required action is done: on evidence, and as the reviewer who answers for it."""

    case_id: UUID
    number: int = field(metadata={"label": N_("Action"), "choices": "answered_actions"})
    acceptance: str = field(
        metadata={"label": N_("What shows that it is done"), "widget": "textarea", "help": N_("In your own words.")}
    )
    evidence: tuple[UUID, ...] = field(
        default=(), metadata={"label": N_("More documents"), "help": N_("Besides those that the company sent.")}
    )


@handles(CloseRequiredAction)
def close_required_action(ctx: Context, cmd: CloseRequiredAction) -> Decision:
    validation = validation_of(cmd.case_id)
    action = validation.actions.filter(number=cmd.number).first()
    evidence = tuple(dict.fromkeys([*(UUID(key) for key in (action.proof if action else ())), *cmd.evidence]))
    reviewer = ctx.actor.account
    verdict = all_of(
        [
            _may_close(action, cmd.number),
            finding(
                CITE,
                "action_evidenced",
                bool(evidence),
                N_("%(count)s documents show that it is done."),
                N_("No document shows that it is done."),
                mend=N_("Close it on the documents of the company's answer, or add what you saw."),
                where="evidence",
                count=len(evidence),
            ),
            finding(
                CITE,
                "action_has_reviewer",
                reviewer is not None,
                N_("A person reviewed it."),
                N_("Only a person accepts that an action is done."),
            ),
            written(CITE, "acceptance", cmd.acceptance, N_("Say what shows that it is done.")),
            on_file(CITE, "evidence", cmd.case_id, cmd.evidence),
        ]
    )
    if not verdict.granted or reviewer is None:
        return Decision(verdict)
    closed = entries_report.RequiredActionClosed(
        number=cmd.number, evidence=evidence, acceptance=cmd.acceptance.strip(), by=reviewer
    )
    return Decision(verdict, (closed,))


def _may_close(action: Action | None, number: int) -> Reason:
    answered = action is not None and action.kind == "required" and action.answered_on is not None
    return finding(
        CITE,
        "action_answered_and_open",
        answered and action is not None and action.closed_on is None,
        N_("Required action %(number)s is answered and open."),
        N_("Action %(number)s is no required action of this report that was answered and is still open."),
        mend=N_("Choose one that the company answered, or wait for its answer."),
        where="number",
        number=number,
    )


@command(CITE, title=N_("Warn of overdue actions"), procedure=VISITS, internal=True)
@dataclass(frozen=True, kw_only=True)
class EscalateOverdueActions(Command):
    """Tell the company and the supervisor that required actions are past their date: on the first day that they are."""

    case_id: UUID
    actions: tuple[int, ...]


@handles(EscalateOverdueActions)
def escalate_overdue_actions(ctx: Context, cmd: EscalateOverdueActions) -> Decision:
    validation = validation_of(cmd.case_id)
    rows = validation.actions.filter(number__in=cmd.actions, kind="required", closed_on=None, due_on__lt=ctx.on)
    late = list(rows.order_by("number"))
    past = finding(
        CITE,
        "action_past_its_date",
        bool(late) and len(late) == len(set(cmd.actions)),
        N_("%(count)s required actions are past their date."),
        N_("Not all of these actions are required, open and past their date."),
        where="actions",
        count=len(late),
    )
    escalated = entries_report.ActionsOverdue(
        company=validation.participant.legal_name,
        actions=tuple(
            entries_report.OverdueAction(number=row.number, text=row.text, owner=row.owner, due_on=row.due_on)
            for row in late
        ),
    )
    return Decision(Verdict((past,)), (escalated,))
