"""The documentation review: begin, find on each criterion, return, resume (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.applications.queries import questionnaire
from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.certification import entries
from greenlane.certification.entries import CriterionReview
from greenlane.certification.facts import review_facts
from greenlane.certification.models import Certification
from greenlane.certification.queries import certification_of
from greenlane.law.s964 import may_return
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding


@command("6 USC 964(b)", title=N_("Begin the review"), procedure="certification", audience="staff")
@dataclass(frozen=True, kw_only=True)
class BeginReview(Command):
    """Begin the documentation review of an application that is assigned to you."""

    case_id: UUID


@handles(BeginReview)
def begin_review(ctx: Context, cmd: BeginReview) -> Decision:
    assigned = finding("6 USC 964(b)", "review_begins", True, N_("The application is ready to be reviewed."), "")
    begun = entries.ReviewBegun(reviewer=ctx.actor.account or cmd.case_id)
    return Decision(Verdict((assigned,)), (begun,))


@command("6 USC 964(b)", title=N_("Review criteria"), procedure="certification", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReviewCriteria(Command):
    """Accept criteria or send them back, each with a note of what to change; or take a finding back."""

    case_id: UUID
    findings: tuple[CriterionReview, ...] = field(metadata={"label": N_("Findings")})


@handles(ReviewCriteria)
def review_criteria(ctx: Context, cmd: ReviewCriteria) -> Decision:
    certification = certification_of(cmd.case_id)
    return Decision(all_of(_findings(certification, cmd)), (entries.CriteriaReviewed(findings=cmd.findings),))


def _findings(certification: Certification, cmd: ReviewCriteria) -> Iterator[Reason]:
    asked = {criterion.number for criterion in questionnaire(certification.application)}
    for found in cmd.findings:
        yield finding(
            "6 USC 964(b)",
            "criterion_asked",
            found.number in asked,
            N_("Criterion %(number)s is asked of this company."),
            N_("Criterion %(number)s is not asked of this company, so there is nothing to review."),
            where=found.number,
            number=found.number[:20],
        )
        yield finding(
            "6 USC 964(b)",
            "sent_back_note",
            found.finding != "sent_back" or bool(found.note.strip()),
            N_("The finding on %(number)s says what is needed."),
            N_("Criterion %(number)s is sent back without a note."),
            mend=N_("Write what the company has to change."),
            where=found.number,
            number=found.number[:20],
        )
    yield finding(
        "6 USC 964(b)",
        "each_criterion_once",
        0 < len({found.number for found in cmd.findings}) == len(cmd.findings),
        N_("Each criterion is reviewed once."),
        N_("No criterion is reviewed, or one is reviewed twice."),
        mend=N_("Send each criterion once."),
        where="findings",
    )


@command("6 USC 964(b)", title=N_("Return for correction"), procedure="certification", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReturnForCorrection(Command):
    """Return the application to the company with everything that was sent back."""

    case_id: UUID
    message: str = field(metadata={"label": N_("Message to the company"), "widget": "textarea"})


@handles(ReturnForCorrection)
def return_for_correction(ctx: Context, cmd: ReturnForCorrection) -> Decision:
    certification = certification_of(cmd.case_id)
    review = review_facts(certification)
    returned = entries.ReturnedForCorrection(
        application_id=certification.application_id,
        points={f.number: f.note for f in review.findings if f.finding == "sent_back"},
        message=cmd.message.strip(),
    )
    return Decision(may_return(review), (returned,))


@command("6 USC 964(b)", title=N_("Resume the review"), procedure="certification", internal=True)
@dataclass(frozen=True, kw_only=True)
class ResumeReview(Command):
    """Resume the review after the company corrected its application; what changed is read again."""

    case_id: UUID


@handles(ResumeReview)
def resume_review(ctx: Context, cmd: ResumeReview) -> Decision:
    certification = certification_of(cmd.case_id)
    answered = dict(certification.application.answers.values_list("number", "answered_on"))
    reopened = tuple(
        row.number
        for row in certification.findings.order_by("number")
        if row.finding == "sent_back" or row.number not in answered or answered[row.number] >= row.found_on
    )
    corrected = finding("6 USC 964(b)", "corrected", True, N_("The company corrected its application."), "")
    return Decision(Verdict((corrected,)), (entries.ReviewResumed(reopened=reopened),))
