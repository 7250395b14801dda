"""The answers to the security criteria: nothing defaulted, nothing foreign, a 'yes' that is shown: 6 USC 963(3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

YES = "yes"
NO = "no"
NOT_APPLICABLE = "not_applicable"
UNANSWERED = "unanswered"
MUST = "must"
SHOULD = "should"


@dataclass(frozen=True)
class CriterionFact:
    """A criterion of the edition in force for this kind of entity; ``cargo_kinds`` empty means every kind."""

    number: str
    level: str
    cargo_kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The applicant's answer to one criterion. ``value`` has no default: yes, no, not_applicable or unanswered.

    ``evidence`` names the documents that show it.
    """

    number: str
    value: str
    narrative: str = ""
    not_applicable_reason: str = ""
    evidence: tuple[str, ...] = ()


def criteria_that_apply(
    edition_criteria: Sequence[CriterionFact], cargo_kinds: Sequence[str]
) -> tuple[CriterionFact, ...]:
    """The criteria of the edition that concern an applicant who moves these kinds of cargo."""
    return tuple(c for c in edition_criteria if not c.cargo_kinds or set(c.cargo_kinds) & set(cargo_kinds))


@rule("6 USC 963(3)")
def measures_complete(
    answers: Sequence[Answer], edition_criteria: Sequence[CriterionFact], cargo_kinds: Sequence[str]
) -> Verdict:
    """Is every criterion that applies answered, explained and evidenced, and none answered that is not in the edition?

    An honest 'no' to a must-criterion does not stop a submission: it needs a plan, and the review judges it (964(b)).
    Each problem is a reason with ``where`` the criterion's number.
    """
    applying = criteria_that_apply(edition_criteria, cargo_kinds)
    given = {answer.number: answer for answer in answers}
    problems = [
        *_cargo_unknown(edition_criteria, cargo_kinds),
        *_strays(answers, edition_criteria),
        *(reason for c in applying for reason in _criterion(c, given.get(c.number))),
    ]
    summary = finding(
        "6 USC 963(3)",
        "measures_complete",
        bool(applying) and not problems,
        N_("All %(count)d criteria that apply are answered, explained and evidenced."),
        N_("Of the %(count)d criteria that apply, some are not complete; points to mend: %(problems)d."),
        mend=N_("Open each criterion that is listed and complete it. An edition without criteria cannot be answered."),
        where="criteria",
        count=len(applying),
        problems=len(problems),
    )
    return all_of([*problems, summary])


def _cargo_unknown(edition_criteria: Sequence[CriterionFact], cargo_kinds: Sequence[str]) -> Iterator[Reason]:
    """Criteria that concern some kinds of cargo are not avoided by naming none."""
    if not cargo_kinds and any(criterion.cargo_kinds for criterion in edition_criteria):
        yield finding(
            "6 USC 963(3)",
            "cargo_kinds_given",
            False,
            "",
            N_("The company's profile does not say which kinds of cargo it moves, so it is not known what applies."),
            mend=N_("Choose the kinds of cargo in the profile, then answer the criteria that concern them."),
            where="cargo_kinds",
        )


def _strays(answers: Sequence[Answer], edition_criteria: Sequence[CriterionFact]) -> Iterator[Reason]:
    known = {criterion.number for criterion in edition_criteria}
    seen: set[str] = set()
    for answer in answers:
        if answer.number not in known:
            yield finding(
                "6 USC 963(3)",
                "criterion_in_edition",
                False,
                "",
                N_("Criterion %(number)s is not in the edition in force for this kind of entity."),
                mend=N_("Remove this answer; the criterion does not concern you."),
                where=answer.number,
                number=answer.number,
            )
        elif answer.number in seen:
            yield finding(
                "6 USC 963(3)",
                "criterion_once",
                False,
                "",
                N_("Criterion %(number)s is answered twice; it must be clear which answer counts."),
                mend=N_("Keep one of the two answers."),
                where=answer.number,
                number=answer.number,
            )
        seen.add(answer.number)


def _criterion(criterion: CriterionFact, answer: Answer | None) -> Iterator[Reason]:
    if answer is None or answer.value not in (YES, NO, NOT_APPLICABLE):
        yield _wrong(
            criterion,
            "criterion_unanswered",
            N_("Criterion %(number)s is not answered."),
            N_("Answer yes, no, or not applicable with a reason. There is no default."),
        )
    elif answer.value == NOT_APPLICABLE:
        if not answer.not_applicable_reason.strip():
            yield _wrong(
                criterion,
                "not_applicable_reason",
                N_("Criterion %(number)s is answered 'not applicable' without a reason."),
                N_("Write why it does not apply to you."),
            )
    elif criterion.level == MUST:
        yield from _must(criterion, answer)


def _must(criterion: CriterionFact, answer: Answer) -> Iterator[Reason]:
    if not answer.narrative.strip():
        yield _wrong(
            criterion,
            "narrative_given",
            N_("Criterion %(number)s is a must; the answer '%(value)s' needs an explanation."),
            N_("Write how you meet it, or, where you do not yet, what you will do and by when."),
            value=answer.value,
        )
    if answer.value == YES and not answer.evidence:
        yield _wrong(
            criterion,
            "evidence_given",
            N_("Criterion %(number)s is a must; the answer 'yes' needs a document that shows it."),
            N_("Upload at least one document and attach it to this criterion."),
        )


def _wrong(criterion: CriterionFact, code: str, no: str, mend: str, **values: str) -> Reason:
    values |= {"number": criterion.number}
    return finding("6 USC 963(3)", code, False, "", no, mend=mend, where=criterion.number, **values)
