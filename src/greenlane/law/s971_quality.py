"""Internal quality controls: sampled second-person review, returned work, error rates by step: 971(a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from greenlane.law.listing import left_out, listed
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Verdict, all_of, finding, rule


@dataclass(frozen=True)
class SecondReview:
    """A second person's review of one step of a review: errors found, and whether the work was returned."""

    review: str
    step: str
    first_person: str
    second_person: str
    errors: int
    returned: bool


@dataclass(frozen=True)
class QualityFacts:
    """All reviews completed in a period (a name such as '2026-Q1'), and the second-person reviews done of them."""

    period: str
    reviews: tuple[str, ...]
    second_reviews: tuple[SecondReview, ...]


def sample(reviews: tuple[str, ...], percent: int, period: str) -> tuple[str, ...]:
    """The reviews for a second person: *percent* of them, rounded up; nobody can choose them and all can redraw them.

    The order is that of the SHA-256 of period and review; returned sorted (971(a)).
    """
    unique = sorted(set(reviews), key=lambda review: sha256(f"{period}\n{review}".encode()).digest())
    return tuple(sorted(unique[: -(-len(unique) * percent // 100)]))


@dataclass(frozen=True)
class ErrorRate:
    """Errors by step: how many second reviews looked at it, how many found an error, how many returned the work."""

    step: str
    reviewed: int
    with_errors: int
    returned: int


@rule("6 USC 971(a)")
def error_rates(facts: QualityFacts) -> tuple[ErrorRate, ...]:
    """Error rates by step of the work, from the second-person reviews on record."""
    steps = sorted({s.step for s in facts.second_reviews})
    by_step = {step: [s for s in facts.second_reviews if s.step == step] for step in steps}
    return tuple(
        ErrorRate(step, len(rows), sum(r.errors > 0 for r in rows), sum(r.returned for r in rows))
        for step, rows in by_step.items()
    )


@rule("6 USC 971(a)", "6 USC 971")
def quality_controls_kept(facts: QualityFacts, on: date, terms: Terms) -> Verdict:
    """The sampled reviews were each repeated by a second person who is not the first, and faulty work was returned."""
    percent = parameter("quality_sample_percent", on, terms).number
    drawn = sample(facts.reviews, percent, facts.period)
    missing = left_out(drawn, (s.review for s in facts.second_reviews))
    own = [s.review for s in facts.second_reviews if s.first_person == s.second_person]
    kept = [s.review for s in facts.second_reviews if s.errors > 0 and not s.returned]
    return all_of(
        (
            finding(
                "6 USC 971(a)",
                "sample_reviewed",
                not missing,
                N_("All %(drawn)d reviews drawn (%(percent)d percent of %(all)d) had a second person."),
                N_(
                    "Of %(drawn)d reviews drawn (%(percent)d percent of %(all)d), without a second person: %(missing)s."
                ),
                mend=N_("A second person reviews: %(missing)s."),
                where=missing[0] if missing else "",
                drawn=len(drawn),
                percent=percent,
                all=len(set(facts.reviews)),
                missing=listed(missing),
            ),
            finding(
                "6 USC 971(a)",
                "second_person_is_another",
                not own,
                N_("Nobody reviewed work of their own."),
                N_("Reviewed by the person who did the work: %(own)s."),
                mend=N_("Another person reviews: %(own)s."),
                where=own[0] if own else "",
                own=listed(own),
            ),
            finding(
                "6 USC 971(a)",
                "faulty_work_returned",
                not kept,
                N_("All work with errors was returned."),
                N_("Errors were found and the work was not returned: %(kept)s."),
                mend=N_("Return: %(kept)s."),
                where=kept[0] if kept else "",
                kept=listed(kept),
            ),
        )
    )
