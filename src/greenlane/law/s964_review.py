"""The extensive documentation review, criterion by criterion: 6 USC 964(b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.s963_measures import MUST, NO
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

ACCEPTED = "accepted"
SENT_BACK = "sent_back"
UNREVIEWED = "unreviewed"


@dataclass(frozen=True)
class CriterionFinding:
    """The reviewer's finding on one criterion, accepted, sent_back (with a note) or unreviewed, and the answer."""

    number: str
    level: str
    answer: str
    finding: str
    note: str = ""


@dataclass(frozen=True)
class DocumentReview:
    """The documentation review: a finding for each criterion that applies."""

    findings: tuple[CriterionFinding, ...]
    completed_on: date | None = None


@rule("6 USC 964(b)", "6 USC 963(3)")
def documentation_review_complete(review: DocumentReview) -> Verdict:
    """Is every criterion read and found on, accepted or sent back with a note?"""
    unread = [f for f in review.findings if f.finding not in (ACCEPTED, SENT_BACK)]
    unnoted = [f for f in review.findings if f.finding == SENT_BACK and not f.note.strip()]
    return all_of(
        [
            *(_unread(f) for f in unread),
            *(_unnoted(f) for f in unnoted),
            finding(
                "6 USC 964(b)",
                "documentation_reviewed",
                bool(review.findings) and not unread and not unnoted,
                N_("All %(count)d criteria are reviewed."),
                N_("%(open)d of %(count)d criteria still need a finding; a review of none is no review."),
                mend=N_("Accept each criterion or send it back with a note."),
                where="review",
                count=len(review.findings),
                open=len(unread) + len(unnoted),
            ),
        ]
    )


def _unread(found: CriterionFinding) -> Reason:
    return finding(
        "6 USC 964(b)",
        "criterion_unreviewed",
        False,
        "",
        N_("Criterion %(number)s is not reviewed."),
        mend=N_("Read the answer and its evidence, then accept it or send it back."),
        where=found.number,
        number=found.number,
    )


def _unnoted(found: CriterionFinding) -> Reason:
    return finding(
        "6 USC 964(b)",
        "sent_back_note",
        False,
        "",
        N_("Criterion %(number)s is sent back without a note."),
        mend=N_("Write what the company has to change."),
        where=found.number,
        number=found.number,
    )


def not_accepted(review: DocumentReview) -> Iterator[Reason]:
    """The reasons for which a reviewed application still cannot be certified."""
    for found in review.findings:
        if found.finding == SENT_BACK:
            yield finding(
                "6 USC 964(b)",
                "criterion_sent_back",
                False,
                "",
                N_("Criterion %(number)s is sent back: %(note)s"),
                mend=N_("Return the application for correction, or recommend refusal."),
                where=found.number,
                number=found.number,
                note=found.note or "-",
            )
        if found.level == MUST and found.answer == NO:
            yield finding(
                "6 USC 963(3)",
                "must_criterion_met",
                False,
                "",
                N_("Criterion %(number)s is a must, and the company answers that it does not meet it."),
                mend=N_("Return the application until the measure is in place, or recommend refusal."),
                where=found.number,
                number=found.number,
            )


@rule("6 USC 964(b)")
def may_return(review: DocumentReview) -> Verdict:
    """May the application go back for correction? Something must be sent back, each with a note of what to change."""
    back = [f for f in review.findings if f.finding == SENT_BACK]
    some = finding(
        "6 USC 964(b)",
        "something_sent_back",
        bool(back),
        N_("%(count)d criteria are sent back."),
        N_("No criterion is sent back, so the company would not know what to correct."),
        mend=N_("Send back at least one criterion with a note."),
        where="review",
        count=len(back),
    )
    return all_of([some, *(_unnoted(f) for f in back if not f.note.strip())])
