"""File an appeal, add a statement to it, withdraw it (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.appeals import entries
from greenlane.appeals.checks import LONGEST_TITLE, clause, on_file, written_text
from greenlane.appeals.decisions import Decided, decided
from greenlane.appeals.entries import AppealGround
from greenlane.appeals.facts import determination_due, last_day_to_file, may_appeal
from greenlane.appeals.queries import appeal_of
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of

CITE = "6 USC 967(c)"
MOST_GROUNDS = 50
DOCUMENTS = {
    "label": N_("Documents"),
    "help": N_("Documents of the company that support it."),
    "choices": "company_documents",
}


@command(
    CITE,
    "6 USC 967(c)(1)",
    "6 USC 967(c)(2)",
    title=N_("File an appeal"),
    procedure="appeal",
    case="",
    lock="consequence_id",
)
@dataclass(frozen=True, kw_only=True)
class FileAppeal(Command):
    """Appeal a denial of benefits within 90 days, or a suspension or expulsion within 30 days, of the decision."""

    consequence_id: UUID = field(metadata={"label": N_("Decision"), "widget": "hidden"})
    grounds: tuple[AppealGround, ...] = field(
        metadata={"label": N_("Grounds"), "help": N_("What is wrong with the decision, one ground at a time.")}
    )
    documents: tuple[UUID, ...] = field(default=(), metadata=DOCUMENTS)
    relief: str = field(
        default="",
        metadata={
            "label": N_("What you ask for"),
            "help": N_("For example: that the decision be reversed, or the period shortened."),
            "widget": "textarea",
        },
    )


@handles(FileAppeal)
def file_appeal(ctx: Context, cmd: FileAppeal) -> Decision:
    decision = decided(cmd.consequence_id)
    if decision is None or not decision.stands:
        counted = may_appeal(decision, ctx.on).reasons if decision else ()
        return Decision(all_of([_nothing_to_appeal(decision), *counted]))
    consequence = decision.consequence
    cite = clause(consequence.decision)
    verdict = all_of(
        [
            *may_appeal(decision, ctx.on).reasons,
            *_grounds(cite, cmd.grounds),
            on_file(cite, consequence.participant_id, cmd.documents),
            *([written_text(cite, "relief_fits", "relief", cmd.relief)] if cmd.relief.strip() else []),
        ]
    )
    key = ctx.new_id()
    filed = _filed(key, decision, ctx, cmd)
    opens = Opening(key, "appeal", programme=consequence.programme, participant=consequence.participant_id)
    return Decision(verdict, (filed,), opens=opens, participant=consequence.participant_id)


def _nothing_to_appeal(decision: Decided | None) -> Reason:
    return finding(
        CITE,
        "decision_stands",
        False,
        "",
        N_("There is no decision here that stands against the company (state: %(state)s), so nothing can be appealed."),
        mend=N_("Wait for the decision; the letter that brings it names the last day to appeal."),
        where="consequence_id",
        state="undecided" if decision is None else "over",
    )


def _grounds(cite: str, grounds: tuple[AppealGround, ...]) -> Iterator[Reason]:
    yield finding(
        cite,
        "grounds_given",
        0 < len(grounds) <= MOST_GROUNDS,
        N_("The appeal gives %(count)s grounds."),
        N_("The appeal gives %(count)s grounds; between 1 and %(most)s are needed."),
        mend=N_("Say what is wrong with the decision, and why."),
        where="grounds",
        count=len(grounds),
        most=MOST_GROUNDS,
    )
    for index, ground in enumerate(grounds):
        yield written_text(cite, "ground_named", f"grounds.{index}.title", ground.title, longest=LONGEST_TITLE)
        yield written_text(cite, "ground_explained", f"grounds.{index}.statement", ground.statement)


def _filed(key: UUID, decision: Decided, ctx: Context, cmd: FileAppeal) -> entries.AppealFiled:
    consequence = decision.consequence
    kind = "967(b)" if consequence.decision == "967(b)" else "967(a)"
    terms = terms_of(consequence.programme, ctx.on)
    return entries.AppealFiled(
        appeal_id=key,
        consequence_id=consequence.pk,
        participant_id=consequence.participant_id,
        programme=consequence.programme,
        company=consequence.participant.legal_name,
        decision=kind,  # type: ignore[arg-type]
        measure=consequence.measure,
        decision_entry=decision.entry,
        decided_on=decision.decided_on,
        filed_on=ctx.on,
        last_day=last_day_to_file(decision).due_on,
        due_on=determination_due(kind, ctx.on, terms).due_on,
        grounds=tuple(AppealGround(title=g.title.strip(), statement=g.statement.strip()) for g in cmd.grounds),
        documents=tuple(dict.fromkeys(cmd.documents)),
        relief=cmd.relief.strip(),
    )


@command(CITE, title=N_("Submit a statement"), procedure="appeal")
@dataclass(frozen=True, kw_only=True)
class SubmitStatement(Command):
    """Add a statement of your side to the appeal, with the documents that it rests on; both sides read it."""

    case_id: UUID
    text: str = field(metadata={"label": N_("Statement"), "widget": "textarea"})
    documents: tuple[UUID, ...] = field(default=(), metadata=DOCUMENTS)


@handles(SubmitStatement)
def submit_statement(ctx: Context, cmd: SubmitStatement) -> Decision:
    appeal = appeal_of(cmd.case_id)
    cite = clause(appeal.decision)
    reasons = [
        written_text(cite, "statement_given", "text", cmd.text),
        on_file(cite, appeal.participant_id, cmd.documents),
    ]
    company = ctx.office == Office.APPLICANT_OFFICER
    submitted = entries.StatementSubmitted(
        statement_id=ctx.new_id(),
        side="company" if company else "programme",
        text=cmd.text.strip(),
        documents=tuple(dict.fromkeys(cmd.documents)),
    )
    return Decision(all_of(reasons), (submitted,))


@command(CITE, title=N_("Withdraw the appeal"), procedure="appeal")
@dataclass(frozen=True, kw_only=True)
class WithdrawAppeal(Command):
    """Withdraw the appeal. The decision stands, and the same decision cannot be appealed again."""

    case_id: UUID
    reason: str = field(default="", metadata={"label": N_("Reason (you need not give one)"), "widget": "textarea"})


@handles(WithdrawAppeal)
def withdraw_appeal(ctx: Context, cmd: WithdrawAppeal) -> Decision:
    appeal = appeal_of(cmd.case_id)
    cite = clause(appeal.decision)
    asked = finding(cite, "company_withdraws", True, N_("The company withdraws the appeal that it filed."), "")
    long = [written_text(cite, "reason_fits", "reason", cmd.reason)] if cmd.reason.strip() else []
    withdrawn = entries.AppealWithdrawn(consequence_id=appeal.consequence_id, reason=cmd.reason.strip())
    return Decision(all_of([asked, *long]), (withdrawn,))
