"""Affirm or change the answers of a profile, and submit the review (6 USC 963(3), 961(b); RC-05, RC-17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.models import Document
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s963_review import may_submit_review, review_cite, review_window
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.profiles import entries
from greenlane.profiles.entries import AffirmedAnswer
from greenlane.profiles.facts import Asked, asked_by, review_facts, signature_of
from greenlane.profiles.models import ProfileReview
from greenlane.profiles.queries import review_of
from greenlane.programs.queries import terms_of

LONGEST_TEXT = 10_000


@dataclass(frozen=True, kw_only=True)
class ReviewedAnswer:
    """What is done with one answer: affirm it as it stands on file, change it, or take back what was done here.

    Value, texts and evidence belong to a change only.
    """

    number: str = field(metadata={"label": N_("Criterion")})
    does: Literal["affirm", "change", "take_back"] = field(metadata={"label": N_("What you do")})
    value: Literal["", "yes", "no", "not_applicable"] = field(default="", metadata={"label": N_("Answer")})
    narrative: str = field(default="", metadata={"label": N_("How it is met"), "widget": "textarea"})
    not_applicable_reason: str = field(
        default="", metadata={"label": N_("Why it does not apply"), "widget": "textarea"}
    )
    evidence: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "company_documents"})


@command(
    "6 USC 963(3)",
    "6 USC 961(b)",
    title=N_("Affirm or change answers"),
    procedure="profile_review",
)
@dataclass(frozen=True, kw_only=True)
class AffirmAnswers(Command):
    """Affirm answers as they stand, or change them. Only what is done inside the window counts."""

    case_id: UUID
    answers: tuple[ReviewedAnswer, ...] = field(metadata={"label": N_("Answers")})


@handles(AffirmAnswers)
def affirm_answers(ctx: Context, cmd: AffirmAnswers) -> Decision:
    review = review_of(cmd.case_id)
    asked = asked_by(review, ctx.on)
    cite = review_cite(review.purpose)
    affirmed = tuple(_affirmed(one, asked) for one in cmd.answers if one.does != "take_back" and _usable(one, asked))
    recorded = entries.AnswersAffirmed(
        answers=affirmed, taken_back=tuple(one.number[:12] for one in cmd.answers if one.does == "take_back")
    )
    return Decision(all_of(_may_affirm(cite, cmd, review, asked)), (recorded,))


def _usable(one: ReviewedAnswer, asked: Asked) -> bool:
    return bool(one.value) if one.does == "change" else one.number in asked.on_file


def _affirmed(one: ReviewedAnswer, asked: Asked) -> AffirmedAnswer:
    """An affirmed answer in the words on file; a changed one in its own."""
    if one.does == "affirm":
        row = asked.on_file[one.number]
        return AffirmedAnswer(
            number=row.number,
            value=row.value,  # type: ignore[arg-type]
            narrative=row.narrative,
            not_applicable_reason=row.not_applicable_reason,
            evidence=tuple(UUID(key) for key in row.evidence),
        )
    return AffirmedAnswer(
        number=one.number,
        value=one.value,  # type: ignore[arg-type]
        narrative=one.narrative,
        not_applicable_reason=one.not_applicable_reason,
        evidence=one.evidence,
        changed=True,
    )


def _may_affirm(cite: str, cmd: AffirmAnswers, review: ProfileReview, asked: Asked) -> Iterator[Reason]:
    numbers = [one.number for one in cmd.answers]
    yield finding(
        cite,
        "each_criterion_once",
        0 < len(set(numbers)) == len(numbers),
        N_("Each criterion is named once."),
        N_("No criterion is named, or one is named twice."),
        mend=N_("Send each criterion once."),
        where="answers",
    )
    known = {criterion.number for criterion in asked.criteria}
    done = set(review.answers.values_list("number", flat=True))
    for one in cmd.answers:
        yield finding(
            cite,
            "criterion_asked",
            one.number in known,
            N_("This review asks for the criterion."),
            N_("This review does not ask for criterion %(number)s."),
            mend=N_("Affirm or change only the answers that the page lists."),
            where=one.number[:12],
            number=one.number[:20],
        )
        yield from _one(cite, one, asked, done)
    on_file = _documents(review.participant_id, (key for one in cmd.answers for key in one.evidence))
    for one in cmd.answers:
        missing = len(set(one.evidence) - on_file)
        if missing:
            yield finding(
                cite,
                "evidence_on_file",
                False,
                "",
                N_("%(count)s of the documents named for criterion %(number)s are not on file for this company."),
                mend=N_("Upload the document to this review first."),
                where=one.number[:12],
                count=missing,
                number=one.number[:20],
            )


def _one(cite: str, one: ReviewedAnswer, asked: Asked, done: set[str]) -> Iterator[Reason]:
    """Whether what is to be done with this one answer can be done."""
    where, number = one.number[:12], one.number[:20]
    if one.does == "affirm":
        yield finding(
            cite,
            "answer_on_file",
            one.number in asked.on_file,
            N_("There is an answer to affirm."),
            N_("There is no answer to criterion %(number)s on file that could be affirmed."),
            mend=N_("Answer it: choose 'change' and give yes, no, or not applicable with a reason."),
            where=where,
            number=number,
        )
    elif one.does == "change":
        yield finding(
            cite,
            "answer_given",
            bool(one.value) and (one.value != "not_applicable" or bool(one.not_applicable_reason.strip())),
            N_("The answer is given."),
            N_("Criterion %(number)s is left blank, or is 'not applicable' without a reason."),
            mend=N_("Answer yes, no, or not applicable with a reason. There is no default."),
            where=where,
            number=number,
        )
        yield finding(
            cite,
            "texts_fit",
            max(len(one.narrative), len(one.not_applicable_reason)) <= LONGEST_TEXT,
            N_("The texts fit."),
            N_("A text of criterion %(number)s is longer than %(longest)s characters."),
            mend=N_("Shorten it, and attach the details as a document."),
            where=where,
            number=number,
            longest=LONGEST_TEXT,
        )
    else:
        yield finding(
            cite,
            "something_to_take_back",
            one.number in done,
            N_("What was done here is taken back."),
            N_("Nothing was done with criterion %(number)s in this review."),
            mend=N_("Leave it out."),
            where=where,
            number=number,
        )


def _documents(participant_id: UUID, keys: Iterable[UUID]) -> set[UUID]:
    """Which of these documents are on file for the company, in this or an earlier case of it."""
    wanted = set(keys)
    rows = Document.objects.filter(participant_id=participant_id, pk__in=wanted) if wanted else Document.objects.none()
    return set(rows.values_list("pk", flat=True))


@command(
    "6 USC 963(3)",
    "6 USC 961(b)",
    title=N_("Submit the review"),
    procedure="profile_review",
)
@dataclass(frozen=True, kw_only=True)
class SubmitReview(Command):
    """Sign and submit the review as an officer of the company. Every answer that does not count yet is listed."""

    case_id: UUID


@handles(SubmitReview)
def submit_review(ctx: Context, cmd: SubmitReview) -> Decision:
    review = review_of(cmd.case_id)
    asked = asked_by(review, ctx.on)
    signing = signature_of(review.participant_id, ctx.actor.account, ctx.office, ctx.on)
    verdict = may_submit_review(review_facts(review, asked, signing, ctx.on), ctx.on)
    numbers = {criterion.number for criterion in asked.criteria}
    changed = tuple(row.number for row in review.answers.all() if row.changed and row.number in numbers)
    submitted = entries.ReviewSubmitted(
        review_id=review.pk,
        participant_id=review.participant_id,
        purpose=review.purpose,  # type: ignore[arg-type]
        edition_id=asked.edition_id,
        cargo_kinds=asked.cargo_kinds,
        asked=tuple(criterion.number for criterion in asked.criteria),
        changed=changed,
        due_on=review.due_on,
        late=ctx.on > review.due_on,
        signed_by=ctx.actor.account or review.pk,
        next_on=_next(review) if review.purpose == "annual" else None,
    )
    return Decision(verdict, (submitted,))


def _next(review: ProfileReview) -> date | None:
    """The anniversary after the one that this review serves."""
    certified_on = review.participant.certified_on
    if certified_on is None:
        return None
    day = review.due_on + timedelta(days=1)
    return review_window(certified_on, day, terms_of(review.programme, day)).last_day
