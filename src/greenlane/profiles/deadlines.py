"""The last day of a review, refolded from the record (6 USC 963(3), 961(b))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.law.clocks import clock_of, due_as_set
from greenlane.profiles.models import ProfileReview

CLOCKS = {"annual": "annual_review", "edition": "reattestation"}


@deadlines("profile_review")
def review_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """One date, met on the day of submission; gone when the review is closed."""
    review = ProfileReview.objects.get(pk=case.id)
    if case.state != "closed":
        reckoned = due_as_set(clock_of(CLOCKS[review.purpose]), review.opens_on, review.due_on)
        yield DeadlineFact(due=reckoned, met_on=review.submitted_on)
