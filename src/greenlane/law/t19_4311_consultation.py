"""Consultation with the private sector, the public and other agencies: 19 USC 4311(b)(1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import listed, written
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class BenefitMeasure:
    """A trade benefit put before those consulted: the unit of *measure*, and its commercial *significance*."""

    code: str
    measure: str
    significance: str


@dataclass(frozen=True)
class PartnershipConsultation:
    """What was asked of whom about a programme. ``comments`` and ``answered`` count comments received and answered.

    ``no_agency_reason`` is the written reason why no other agency was asked ('when appropriate').
    """

    draft_published_on: date | None
    comments_until: date | None
    private_sector: tuple[str, ...]
    public_invited: bool
    agencies: tuple[str, ...]
    no_agency_reason: str
    comments: int
    answered: int
    benefits: tuple[BenefitMeasure, ...]


@rule("19 USC 4311(b)(1)", "19 USC 4311(b)")
def may_adopt_after_consultation(facts: PartnershipConsultation, on: date) -> Verdict:
    """A programme takes effect after consultation, and each benefit is commercially significant and measurable."""
    return all_of((*_asked(facts, on), *_answered(facts)))


def _asked(facts: PartnershipConsultation, on: date) -> tuple[Reason, ...]:
    cite = "19 USC 4311(b)(1)"
    closed = facts.draft_published_on is not None and facts.comments_until is not None and facts.comments_until < on
    return (
        finding(
            cite,
            "draft_was_open",
            closed,
            N_("The draft was published and comments closed on %(until)s."),
            N_("The draft must be published and its comment period over before adoption (closes: %(until)s)."),
            mend=N_("Publish the draft with a last day for comments, and adopt it after that day."),
            where="consultation",
            until=facts.comments_until or "-",
        ),
        finding(
            cite,
            "private_sector_consulted",
            bool(facts.private_sector),
            N_("Consulted of the private sector: %(who)s."),
            N_("No private sector entity was consulted."),
            mend=N_("Send the draft to private sector entities and record their answers."),
            where="consultation",
            who=listed(facts.private_sector),
        ),
        finding(
            cite,
            "public_consulted",
            facts.public_invited,
            N_("The public was invited to comment."),
            N_("The public was not invited to comment."),
            mend=N_("Publish the draft on the public consultation page."),
            where="consultation",
        ),
        finding(
            cite,
            "agencies_consulted",
            bool(facts.agencies) or written(facts.no_agency_reason),
            N_("Other agencies: %(who)s%(why)s."),
            N_("No other agency was consulted, and no reason is written."),
            mend=N_("Consult the agencies concerned, or write why none is."),
            where="consultation",
            who=listed(facts.agencies),
            why=facts.no_agency_reason,
        ),
    )


def _answered(facts: PartnershipConsultation) -> tuple[Reason, ...]:
    cite = "19 USC 4311(b)(1)"
    vague = [b.code for b in facts.benefits if not (written(b.measure) and written(b.significance))]
    return (
        finding(
            cite,
            "comments_answered",
            facts.answered >= facts.comments,
            N_("All %(comments)d comments are answered."),
            N_("%(answered)d of %(comments)d comments are answered."),
            mend=N_("Publish an answer to each comment."),
            where="consultation",
            comments=facts.comments,
            answered=facts.answered,
        ),
        finding(
            cite,
            "benefits_measurable",
            bool(facts.benefits) and not vague,
            N_("Each benefit states how it is measured and why it is commercially significant."),
            N_("Without a measure or a stated commercial significance: %(vague)s."),
            mend=N_("Give each benefit a unit of measure and its commercial significance."),
            where=vague[0] if vague else "benefits",
            vague=listed(vague),
        ),
    )
