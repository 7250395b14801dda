"""Who is eligible to apply, by kind of entity, with every unmet condition at once: 6 USC 962."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from greenlane.law.authority import Office
from greenlane.law.s962_accounts import (
    Chain,
    Leg,
    MergerFacts,
    NewAccountFacts,
    PartsFacts,
    SplitFacts,
    Stands,
    may_merge,
    may_open_out_of,
    may_split,
    stands_after_split,
)
from greenlane.law.s962_pending import Account, OpenCase, Pending, becomes_of
from greenlane.law.sentences import N_
from greenlane.law.terms import BusinessType, Question, Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "DETERMINING_OFFICES",
    "ELIGIBLE",
    "INELIGIBLE",
    "Account",
    "Chain",
    "EligibilityFacts",
    "Leg",
    "MergerFacts",
    "NewAccountFacts",
    "OpenCase",
    "PartsFacts",
    "Pending",
    "SplitFacts",
    "Stands",
    "becomes_of",
    "eligible",
    "may_merge",
    "may_open_out_of",
    "may_split",
    "questions_for",
    "stands_after_split",
]

ELIGIBLE = "eligible"
INELIGIBLE = "ineligible"
DETERMINING_OFFICES = frozenset({Office.SPECIALIST.value, Office.SUPERVISOR.value})


@dataclass(frozen=True)
class EligibilityFacts:
    """What the applicant answered and what is verified.

    ``answers``: question key → 'yes', 'no' or '' (not answered; there is no default). ``identifiers``: kinds of
    identifier whose value was checked. ``determination``: '', 'eligible' or 'ineligible', by the office
    ``determination_by`` with its written ``determination_reason``.
    """

    business_type: str
    answers: Mapping[str, str] = field(default_factory=dict)
    identifiers: frozenset[str] = frozenset()
    invited: bool = False
    determination: str = ""
    determination_by: str = ""
    determination_reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))


@rule("6 USC 962")
def eligible(facts: EligibilityFacts, terms: Terms) -> Verdict:
    """Is this entity of a kind that may apply, and does it meet the conditions of that kind?

    Every condition is a reason; ``where`` is 'business_type', the question's key, 'identifier:kind/kind', 'invitation'
    or 'determination'.
    """
    return all_of(_conditions(facts, terms))


def questions_for(business_type: str, terms: Terms) -> tuple[Question, ...]:
    """The questions of this kind of entity: those common to all, then its own. Unknown kinds have the common ones."""
    kind = terms.business_type(business_type)
    return terms.common_questions + (kind.questions if kind else ())


def _conditions(facts: EligibilityFacts, terms: Terms) -> Iterator[Reason]:
    kind = terms.business_type(facts.business_type)
    yield finding(
        "6 USC 962",
        "business_type_known",
        kind is not None,
        N_("The business type %(business_type)s may apply to %(programme)s."),
        N_("'%(business_type)s' is not a kind of entity that %(programme)s admits."),
        mend=N_("Choose the kind of entity that you are, or 'other' for an officer to determine."),
        where="business_type",
        business_type=kind.title if kind else facts.business_type,
        programme=terms.title,
    )
    for question in questions_for(facts.business_type, terms):
        yield _answered(question, facts.answers.get(question.key, ""))
    if kind is not None:
        yield from _identifiers(kind, facts)
        yield from _invitation(kind, facts)
        yield from _determination(kind, facts)


def _answered(question: Question, answer: str) -> Reason:
    given = answer in ("yes", "no") if question.kind == "yes_no" else bool(answer.strip())
    if not given:
        return finding(
            question.citation.cite,
            "question_unanswered",
            False,
            "",
            N_("This question has no answer: %(question)s"),
            mend=N_("Answer it. There is no default answer."),
            where=question.key,
            question=question.text,
        )
    return finding(
        question.citation.cite,
        "question_met",
        question.kind != "yes_no" or answer == question.expects,
        N_("Answered as the programme asks: %(question)s"),
        N_("Your answer to this question does not meet the condition: %(question)s"),
        mend=N_("Correct the answer if it is wrong. If it is right, apply again once the condition is met."),
        where=question.key,
        question=question.text,
    )


def _identifiers(kind: BusinessType, facts: EligibilityFacts) -> Iterator[Reason]:
    for group in kind.identifiers:
        yield finding(
            "6 USC 962",
            "identifier_verified",
            not facts.identifiers.isdisjoint(group),
            N_("A verified identifier is on file: %(kinds)s."),
            N_("The business type %(business_type)s needs a verified identifier of this kind: %(kinds)s."),
            mend=N_("Add the identifier to the company profile; its format is checked at once."),
            where="identifier:" + "/".join(group),
            kinds=" / ".join(group),
            business_type=kind.title,
        )


def _invitation(kind: BusinessType, facts: EligibilityFacts) -> Iterator[Reason]:
    if kind.by_invitation:
        yield finding(
            "6 USC 962",
            "invited",
            facts.invited,
            N_("The invitation that the business type %(business_type)s needs is on record."),
            N_("The business type %(business_type)s applies by invitation, and no invitation is on record."),
            mend=N_("Ask the programme office for an invitation."),
            where="invitation",
            business_type=kind.title,
        )


def _determination(kind: BusinessType, facts: EligibilityFacts) -> Iterator[Reason]:
    if facts.determination == INELIGIBLE:
        yield finding(
            "6 USC 962",
            "determined_ineligible",
            False,
            "",
            N_("An officer determined that this entity is not eligible: %(reason)s"),
            mend=N_("Write to the programme office if the facts have changed."),
            where="determination",
            reason=facts.determination_reason or "-",
        )
    elif kind.needs_determination:
        by_officer = facts.determination_by in DETERMINING_OFFICES and bool(facts.determination_reason.strip())
        yield finding(
            "6 USC 962",
            "determined_eligible",
            facts.determination == ELIGIBLE and by_officer,
            N_("An officer determined that this entity is part of the international supply chain: %(reason)s"),
            N_("The business type %(business_type)s needs the written determination of an officer; there is none."),
            mend=N_("Describe what you do in the supply chain; a specialist or supervisor then determines."),
            where="determination",
            business_type=kind.title,
            reason=facts.determination_reason or "-",
        )
