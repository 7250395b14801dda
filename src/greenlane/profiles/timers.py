"""What the calendar calls for: windows that open, reminders, reviews that lapsed (6 USC 963(3), 961(b))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q

from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.criteria.models import EditionRow
from greenlane.law.parameters import parameter
from greenlane.law.s963_review import review_window
from greenlane.profiles.commands import CloseProfileReview, OpenProfileReview, RemindOfReview
from greenlane.profiles.facts import certified, companies_asked_anew
from greenlane.profiles.models import ProfileReview
from greenlane.programs.queries import terms_at_hand


@timer
def windows_open(on: date) -> Iterator[Command]:
    """The annual review of every certified company whose window is open and that has none for this anniversary."""
    live = ProfileReview.objects.filter(purpose="annual", closed_because="")
    opened = set(live.values_list("participant_id", "due_on"))
    older = {row.participant_id: row for row in live.filter(submitted_on=None).order_by("due_on")}
    terms = terms_at_hand()
    for participant in certified():
        if participant.certified_on is None or participant.certified_on >= on:
            continue
        window = review_window(participant.certified_on, on, terms(participant.programme, on))
        if window.is_open(on) and (participant.pk, window.last_day) not in opened:
            if participant.pk in older:
                yield CloseProfileReview(case_id=older[participant.pk].pk, reason="lapsed")
            yield OpenProfileReview(participant_id=participant.pk, purpose="annual")


@timer
def editions_ask(on: date) -> Iterator[Command]:
    """A certified company whose answers a published edition affects, and that was not asked: reinstated or late."""
    kinds = EditionRow.objects.values("programme", "business_type").annotate(count=Count("id")).filter(count__gt=1)
    renewed = {(row["programme"], row["business_type"]) for row in kinds}
    if not renewed:
        return
    of_these = [Q(programme=programme, business_type=kind) for programme, kind in sorted(renewed)]
    asked = asked_already()
    for participant, newer in companies_asked_anew(certified().filter(reduce(or_, of_these)), on):
        if (participant.pk, newer.row.pk) not in asked:
            yield OpenProfileReview(participant_id=participant.pk, purpose="edition")


def asked_already() -> set[tuple[UUID, UUID | None]]:
    """Which participants were asked about which edition, in a review that was not closed."""
    rows = ProfileReview.objects.filter(purpose="edition", closed_because="")
    return set(rows.values_list("participant_id", "edition_id"))


@timer
def reminders(on: date) -> Iterator[Command]:
    """A reminder when some days are left, and one when the last day has passed."""
    open_ones = ProfileReview.objects.filter(submitted_on=None, closed_because="").order_by("pk")
    terms = terms_at_hand()
    for review in open_ones:
        days = timedelta(days=parameter("review_reminder_days", on, terms(review.programme, on)).number)
        if on > review.due_on:
            if "last_day_passed" not in review.reminders:
                yield RemindOfReview(case_id=review.pk, reminder="last_day_passed")
        elif review.opened_on < review.due_on - days <= on and "days_left" not in review.reminders:
            yield RemindOfReview(case_id=review.pk, reminder="days_left")
