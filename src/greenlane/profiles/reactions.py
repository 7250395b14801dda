"""What follows for the reviews of profiles: new editions, withdrawals, standings (6 USC 961(b), 963(3))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.criteria.entries import EditionPublished
from greenlane.participants.entries import StandingSet
from greenlane.profiles.commands import CloseProfileReview, OpenProfileReview
from greenlane.profiles.entries import ProfileReviewOpened
from greenlane.profiles.facts import certified, companies_asked_anew
from greenlane.profiles.models import ProfileReview
from greenlane.profiles.timers import asked_already


@reacts(EditionPublished)
def edition_is_published(one: Recorded) -> Iterator[Command]:
    """Every certified company whose answers the edition affects is asked; the others hear nothing."""
    data = one.data
    assert isinstance(data, EditionPublished)
    rows = certified().filter(programme=data.programme, business_type=data.business_type)
    asked = asked_already()
    for participant, newer in companies_asked_anew(rows, one.on):
        if (participant.pk, newer.row.pk) not in asked:
            yield OpenProfileReview(participant_id=participant.pk, purpose="edition")


@reacts(ProfileReviewOpened)
def later_edition_takes_the_place(one: Recorded) -> Iterator[Command]:
    """What an older edition asked is part of what the newer one asks: the older review is closed."""
    data = one.data
    assert isinstance(data, ProfileReviewOpened)
    if data.purpose == "edition":
        older = _open_reviews(data.participant_id).filter(purpose="edition").exclude(pk=data.review_id)
        for key in older.values_list("pk", flat=True):
            yield CloseProfileReview(case_id=key, reason="superseded")


@reacts(StandingSet)
def standing_ends_reviews(one: Recorded) -> Iterator[Command]:
    """Nothing more is asked of a company that withdrew, was expelled or went into another account.

    A suspended one keeps its duties, and answers them before it comes back.
    """
    data = one.data
    assert isinstance(data, StandingSet)
    if data.standing in ("withdrawn", "expelled", "merged", "refused"):
        reason: Literal["withdrew", "not_certified"] = "withdrew" if data.standing == "withdrawn" else "not_certified"
        for key in _open_reviews(data.participant_id).values_list("pk", flat=True):
            yield CloseProfileReview(case_id=key, reason=reason)


def _open_reviews(participant_id: UUID) -> QuerySet[ProfileReview]:
    return ProfileReview.objects.filter(participant_id=participant_id, submitted_on=None, closed_because="")
