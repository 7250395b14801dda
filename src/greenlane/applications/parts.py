"""Fill in an application, page by page: eligibility, history, risk, answers (6 USC 962, 963(1)-(3))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.applications import entries
from greenlane.applications.entries import CriterionAnswer, NodeRisk
from greenlane.applications.facts import nodes_of
from greenlane.applications.models import Application
from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.context import Context, Decision
from greenlane.casework.models import Document
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s962 import questions_for
from greenlane.law.s963_assessment import HIGHEST, LOWEST
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of

LONGEST_TEXT = 10_000


@command("6 USC 962", title=N_("Answer the eligibility questions"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class AnswerEligibility(Command):
    """Answer some or all of the eligibility questions of the business type. There is no default answer."""

    case_id: UUID
    answers: dict[str, str] = field(metadata={"label": N_("Answers by question"), "help": N_("yes, no, or a text.")})


@handles(AnswerEligibility)
def answer_eligibility(ctx: Context, cmd: AnswerEligibility) -> Decision:
    application = application_of(cmd.case_id)
    questions = {q.key: q for q in questions_for(application.business_type, terms_of(application.programme, ctx.on))}
    reasons = [
        finding(
            questions[key].citation.cite if key in questions else "6 USC 962",
            "question_known",
            key in questions and (questions[key].kind != "yes_no" or value in ("yes", "no", "")),
            N_("The answer can be read."),
            N_("'%(question)s' is not a question of this business type, or '%(answer)s' is not an answer to it."),
            mend=N_("Answer yes or no, or in words where the question asks for words."),
            where=key,
            question=key[:60],
            answer=value[:60],
        )
        for key, value in cmd.answers.items()
    ]
    if not reasons:
        reasons = [
            finding(
                "6 USC 962",
                "answers_given",
                False,
                "",
                N_("No answer is given."),
                mend=N_("Answer at least one question."),
                where="answers",
            )
        ]
    answers = {key: value.strip()[:LONGEST_TEXT] for key, value in cmd.answers.items()}
    return Decision(all_of(reasons), (entries.EligibilityAnswered(answers=answers),))


@command("6 USC 962", title=N_("Determine eligibility"), procedure="application", audience="staff")
@dataclass(frozen=True, kw_only=True)
class DetermineEligibility(Command):
    """Determine, as an officer of the programme, whether an entity of another kind is part of the supply chain."""

    case_id: UUID
    outcome: Literal["eligible", "ineligible"] = field(metadata={"label": N_("Determination")})
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(DetermineEligibility)
def determine_eligibility(ctx: Context, cmd: DetermineEligibility) -> Decision:
    written = finding(
        "6 USC 962",
        "determination_written",
        bool(cmd.reason.strip()),
        N_("The determination is written with its reason."),
        N_("The determination has no reason."),
        mend=N_("Say in a few sentences what the entity does and why it is, or is not, eligible."),
        where="reason",
    )
    determined = entries.EligibilityDetermined(outcome=cmd.outcome, by_office=ctx.office, reason=cmd.reason.strip())
    return Decision(all_of([written]), (determined,))


@command("6 USC 963(1)", title=N_("Record the history of moving cargo"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class RecordCargoHistory(Command):
    """Record when cargo was moved, how many shipments, and which documents show it."""

    case_id: UUID
    moved_from: date = field(metadata={"label": N_("First shipment")})
    moved_to: date = field(metadata={"label": N_("Last shipment")})
    shipments: int = field(metadata={"label": N_("Number of shipments")})
    evidence: tuple[UUID, ...] = field(metadata={"label": N_("Documents that show it")})


@handles(RecordCargoHistory)
def record_cargo_history(ctx: Context, cmd: RecordCargoHistory) -> Decision:
    reasons = [
        finding(
            "6 USC 963(1)",
            "dates_in_order",
            cmd.moved_from <= cmd.moved_to <= ctx.on,
            N_("The dates are in order."),
            N_("The first shipment is after the last, or the last is in the future."),
            mend=N_("Correct the dates."),
            where="moved_to",
        ),
        finding(
            "6 USC 963(1)",
            "shipments_counted",
            0 <= cmd.shipments <= 10_000_000,
            N_("The shipments are counted."),
            N_("The number of shipments is not plausible."),
            mend=N_("Give the number of shipments as a whole number."),
            where="shipments",
        ),
    ]
    lacking = set(cmd.evidence) - documents_on_file(ctx, cmd.evidence)
    if lacking:
        reasons.append(_not_on_file("6 USC 963(1)", "evidence", len(lacking)))
    recorded = entries.CargoHistoryRecorded(
        moved_from=cmd.moved_from,
        moved_to=cmd.moved_to,
        shipments=max(cmd.shipments, 0),
        source="records",
        evidence=tuple(dict.fromkeys(cmd.evidence)),
    )
    return Decision(all_of(reasons), (recorded,))


@command("6 USC 963(2)", title=N_("Assess risk"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class AssessRisk(Command):
    """Save the assessment of some areas at some nodes of the supply chain. Scales run from 1 (least) to 5 (most)."""

    case_id: UUID
    risks: tuple[NodeRisk, ...] = field(metadata={"label": N_("Assessments")})


@handles(AssessRisk)
def assess_risk(ctx: Context, cmd: AssessRisk) -> Decision:
    application = application_of(cmd.case_id)
    return Decision(all_of(_risks(ctx, application, cmd.risks)), (entries.RiskAssessed(risks=cmd.risks),))


def _risks(ctx: Context, application: Application, risks: Iterable[NodeRisk]) -> Iterator[Reason]:
    terms = terms_of(application.programme, ctx.on)
    kinds = {node.key: node.kind for node in nodes_of(application.participant)}
    pairs: set[tuple[str, UUID]] = set()
    for risk in risks:
        area = terms.area(risk.area)
        where = f"{risk.area}:{risk.node}"
        yield finding(
            area.citation.cite if area else "6 USC 963(2)",
            "area_concerns_node",
            area is not None and kinds.get(str(risk.node)) in area.nodes,
            N_("The area concerns this part of the supply chain."),
            N_("The area '%(area)s' does not concern this part of the supply chain, or one of them is unknown."),
            mend=N_("Assess the areas that the page lists for each site, partner and leg."),
            where=where,
            area=risk.area[:60],
        )
        scores = (risk.threat, risk.vulnerability, risk.consequence, risk.residual)
        yield finding(
            "6 USC 963(2)",
            "scales_in_range",
            all(LOWEST <= score <= HIGHEST for score in scores),
            N_("The scales run from 1 to 5."),
            N_("A scale has a value outside 1 to 5."),
            mend=N_("Give whole numbers from 1 (least) to 5 (most)."),
            where=where,
        )
        pairs.add((risk.area, risk.node))
    yield finding(
        "6 USC 963(2)",
        "each_point_once",
        0 < len(pairs) == len(tuple(risks)),
        N_("Each point is assessed once."),
        N_("Nothing is assessed, or one point is assessed twice."),
        mend=N_("Send each area and node once."),
        where="risks",
    )


@command("6 USC 963(3)", title=N_("Answer criteria"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class AnswerCriteria(Command):
    """Save answers to criteria of the business type: yes, no, not applicable with a reason, or take one back."""

    case_id: UUID
    answers: tuple[CriterionAnswer, ...] = field(metadata={"label": N_("Answers")})


@handles(AnswerCriteria)
def answer_criteria(ctx: Context, cmd: AnswerCriteria) -> Decision:
    application = application_of(cmd.case_id)
    asked = {criterion.number for criterion in questionnaire(application)}
    reasons = [
        *(_in_edition(answer.number, asked) for answer in cmd.answers),
        finding(
            "6 USC 963(3)",
            "each_criterion_once",
            0 < len({a.number for a in cmd.answers}) == len(cmd.answers),
            N_("Each criterion is answered once."),
            N_("Nothing is answered, or one criterion is answered twice."),
            mend=N_("Send each criterion once."),
            where="answers",
        ),
        finding(
            "6 USC 963(3)",
            "texts_fit",
            all(len(a.narrative) <= LONGEST_TEXT and len(a.not_applicable_reason) <= LONGEST_TEXT for a in cmd.answers),
            N_("The texts fit."),
            N_("A text is longer than %(longest)s characters."),
            mend=N_("Shorten it, and attach the details as a document."),
            where="answers",
            longest=LONGEST_TEXT,
        ),
    ]
    on_file = documents_on_file(ctx, (key for answer in cmd.answers for key in answer.evidence))
    reasons += [
        _not_on_file("6 USC 963(3)", answer.number, len(set(answer.evidence) - on_file))
        for answer in cmd.answers
        if not set(answer.evidence) <= on_file
    ]
    return Decision(all_of(reasons), (entries.CriteriaAnswered(answers=cmd.answers),))


def _in_edition(number: str, asked: set[str]) -> Reason:
    return finding(
        "6 USC 963(3)",
        "criterion_in_edition",
        number in asked,
        N_("The criterion is asked of this business type."),
        N_("Criterion %(number)s is not asked of this business type and its kinds of cargo."),
        mend=N_("Answer only the criteria that the page lists."),
        where=number,
        number=number[:20],
    )


def documents_on_file(ctx: Context, keys: Iterable[UUID]) -> set[UUID]:
    """Which of these documents are on file in this case."""
    wanted = set(keys)
    rows = Document.objects.filter(case=ctx.the_case, pk__in=wanted) if wanted else Document.objects.none()
    return set(rows.values_list("pk", flat=True))


def _not_on_file(cite: str, where: str, count: int) -> Reason:
    return finding(
        cite,
        "evidence_on_file",
        False,
        "",
        N_("%(count)s of the documents named are not on file in this application."),
        mend=N_("Upload the document to this application first."),
        where=where,
        count=count,
    )
