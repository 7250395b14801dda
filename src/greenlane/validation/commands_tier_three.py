"""Plan a third-tier validation, put forward practices, and evaluate them and the designated criteria (6 USC 966)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s964 import BARRING_STANDINGS
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of
from greenlane.validation import entries_tier_three as found
from greenlane.validation import queries
from greenlane.validation.checks import fits, on_file, purpose_is, written
from greenlane.validation.entries_tier_three import PARTS, PartFound
from greenlane.validation.opening import planned
from greenlane.validation.queries_tier_three import designation_of, designations_on, practice_of

CITE = "6 USC 966(a)"
MOST_PRACTICES = 40


@command(CITE, title=N_("Plan a third-tier validation"), procedure="validation", case="", lock="participant_id")
@dataclass(frozen=True, kw_only=True)
class PlanTierThreeValidation(Command):
    """Plan the validation at the third tier of a participant that is validated at the second."""

    participant_id: UUID = field(metadata={"label": N_("Participant")})


@handles(PlanTierThreeValidation)
def plan_tier_three_validation(ctx: Context, cmd: PlanTierThreeValidation) -> Decision:
    participant = participant_of(cmd.participant_id)
    reasons = list(_may_plan(ctx, participant))
    if participant.certified_on is None:
        return Decision(all_of(reasons))
    key = ctx.new_id()
    begun = planned(ctx, key, participant, "tier_three", participant.certified_on)
    opens = Opening(key, "validation", programme=participant.programme, participant=participant.pk)
    return Decision(all_of(reasons), (begun,), opens=opens)


def _may_plan(ctx: Context, participant: Participant) -> Iterator[Reason]:
    third = terms_of(participant.programme, ctx.on).tier(3)
    yield finding(
        CITE,
        "holds_tier_two",
        third is not None and participant.standing == "certified" and participant.tier == 2,
        N_("The participant is validated at the second tier."),
        N_("Only a participant validated at the second tier is validated at the third; it holds tier %(tier)s."),
        mend=N_("Validate it at the second tier first."),
        where="participant_id",
        tier=participant.tier,
    )
    yield finding(
        CITE,
        "standing_allows",
        participant.standing not in BARRING_STANDINGS,
        N_("Nothing in the standing of the participant bars it."),
        N_("The standing of the participant is '%(standing)s', which bars it."),
        mend=N_("Plan it when the period has ended or an appeal has restored the standing."),
        where="participant_id",
        standing=participant.standing,
    )
    running = queries.open_validations(participant.pk).exclude(purpose="revalidation").first()
    yield finding(
        CITE,
        "no_other_validation_open",
        running is None,
        N_("No other validation of the participant is open."),
        N_("A validation of this participant, planned on %(day)s, is still open."),
        mend=N_("Go on with that one."),
        where="participant_id",
        day=running.planned_on if running else "-",
    )


@command(CITE, title=N_("Put forward a best practice"), procedure="validation")
@dataclass(frozen=True, kw_only=True)
class PutForwardBestPractice(Command):
    """Put forward a practice that exceeds the guidelines for validation, with the documents that show it."""

    case_id: UUID
    title: str = field(metadata={"label": N_("Name of the practice")})
    description: str = field(
        metadata={
            "label": N_("What is done, by whom, since when"),
            "help": N_(
                "How the management supports it, what is new in it, where it is written down, and how it is checked."
            ),
            "widget": "textarea",
        }
    )
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents that show it")})


@handles(PutForwardBestPractice)
def put_forward_best_practice(ctx: Context, cmd: PutForwardBestPractice) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    reasons = [
        purpose_is(validation, "tier_three"),
        written(CITE, "title", cmd.title, N_("Give the practice a short name."), 200),
        written(CITE, "description", cmd.description, N_("Say what is done, by whom and since when.")),
        on_file(CITE, "documents", cmd.case_id, cmd.documents),
        finding(
            CITE,
            "practices_counted",
            validation.practices.count() < MOST_PRACTICES,
            N_("It can be looked at with the others."),
            N_("Already %(most)d practices were put forward."),
            mend=N_("One that meets all five parts is enough."),
            where="title",
            most=MOST_PRACTICES,
        ),
    ]
    put = found.BestPracticePutForward(
        practice_id=ctx.new_id(),
        title=cmd.title.strip(),
        description=cmd.description.strip(),
        documents=tuple(dict.fromkeys(cmd.documents)),
    )
    return Decision(all_of(reasons), (put,))


@command(CITE, title=N_("Evaluate a best practice"), procedure="validation")
@dataclass(frozen=True, kw_only=True)
class EvaluateBestPractice(Command):
    """Say of each of the five parts whether the practice shows it, and by which documents; the last word counts."""

    case_id: UUID
    practice_id: UUID = field(metadata={"label": N_("Practice")})
    parts: tuple[PartFound, ...] = field(
        metadata={
            "label": N_("Findings on the five parts"),
            "help": N_("Support of the management, innovation, documented process, checks and balances, evidence."),
        }
    )
    note: str = field(default="", metadata={"label": N_("Note"), "widget": "textarea"})


@handles(EvaluateBestPractice)
def evaluate_best_practice(ctx: Context, cmd: EvaluateBestPractice) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    practice = practice_of(cmd.case_id, cmd.practice_id)
    reasons = [purpose_is(validation, "tier_three"), fits(CITE, "note", cmd.note), *_parts(cmd.parts)]
    reasons.append(on_file(CITE, "parts", cmd.case_id, [key for part in cmd.parts for key in part.evidence]))
    evaluated = found.BestPracticeEvaluated(
        practice_id=practice.pk, title=practice.title, parts=cmd.parts, note=cmd.note.strip()
    )
    return Decision(all_of(reasons), (evaluated,))


def _parts(parts: Sequence[PartFound]) -> Iterator[Reason]:
    yield finding(
        CITE,
        "each_part_once",
        sorted(part.part for part in parts) == sorted(PARTS),
        N_("Each of the five parts has a finding."),
        N_("Each of the five parts needs one finding: %(parts)s."),
        mend=N_("Give one finding for each part."),
        where="parts",
        parts=", ".join(PARTS),
    )
    for part in parts:
        yield finding(
            CITE,
            "part_on_evidence",
            (not part.shown or bool(part.evidence)) and len(part.note) <= 2000,
            N_("The finding on %(part)s rests on documents."),
            N_("%(part)s is said to be shown, but no document shows it, or the note is longer than 2000 characters."),
            mend=N_("Name the documents that show it, or say that it is not shown."),
            where=part.part,
            part=PARTS[part.part],
        )


@command("6 USC 966(b)", title=N_("Evaluate a designated criterion"), procedure="validation")
@dataclass(frozen=True, kw_only=True)
class EvaluateDesignatedCriterion(Command):
    """Say of one designated criterion whether it is met, and by which documents; the last word counts."""

    case_id: UUID
    designation_id: UUID = field(metadata={"label": N_("Designated criterion")})
    met: bool = field(metadata={"label": N_("It is met")})
    evidence: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents that show it")})
    note: str = field(default="", metadata={"label": N_("What was found"), "widget": "textarea"})


@handles(EvaluateDesignatedCriterion)
def evaluate_designated_criterion(ctx: Context, cmd: EvaluateDesignatedCriterion) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    designation = designation_of(cmd.designation_id)
    reasons = [
        purpose_is(validation, "tier_three"),
        finding(
            "6 USC 966(b)",
            "criterion_in_force",
            designations_on(validation.programme, ctx.on).filter(pk=designation.pk).exists(),
            N_("The criterion is in force."),
            N_("The criterion %(criterion)s is not in force in this programme on %(on)s."),
            mend=N_("Choose one that is in force."),
            where="designation_id",
            criterion=designation.code,
            on=ctx.on,
        ),
        finding(
            "6 USC 966(b)",
            "criterion_on_evidence",
            bool(cmd.evidence) if cmd.met else bool(cmd.note.strip()),
            N_("The finding says what it rests on."),
            N_("A criterion is met on evidence, and one that is not met needs words that say what is missing."),
            mend=N_("Name the documents that show it, or write what is missing."),
            where="evidence" if cmd.met else "note",
        ),
        fits("6 USC 966(b)", "note", cmd.note),
        on_file("6 USC 966(b)", "evidence", cmd.case_id, cmd.evidence),
    ]
    evaluated = found.DesignatedCriterionEvaluated(
        designation_id=designation.pk,
        code=designation.code,
        met=cmd.met,
        note=cmd.note.strip(),
        evidence=tuple(dict.fromkeys(cmd.evidence)),
    )
    return Decision(all_of(reasons), (evaluated,))
