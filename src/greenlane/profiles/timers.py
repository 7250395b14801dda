"""What the calendar calls for: windows that open, reminders, reviews that lapsed (6 USC 963(3), 961(b))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count

from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.criteria.models import EditionRow
from greenlane.law.parameters import parameter
from greenlane.law.s963_review import review_window
from greenlane.profiles.commands import CloseProfileReview, OpenProfileReview, RemindOfReview
from greenlane.profiles.facts import certified, newer_edition
from greenlane.profiles.models import ProfileReview
from greenlane.profiles.queries import profile_on_file
from greenlane.programs.queries import terms_of


@timer
def windows_open(on: date) -> Iterator[Command]:
    """The annual review of every certified company whose window is open and that has none for this anniversary."""
    live = ProfileReview.objects.filter(purpose="annual", closed_because="")
    opened = set(live.values_list("participant_id", "due_on"))
    older = {row.participant_id: row for row in live.filter(submitted_on=None).order_by("due_on")}
    for participant in certified():
        if participant.certified_on is None or participant.certified_on >= on:
            continue
        window = review_window(participant.certified_on, on, terms_of(participant.programme, on))
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
    for participant in certified():
        if (participant.programme, participant.business_type) not in renewed:
            continue
        profile = profile_on_file(participant.pk, on)
        newer = newer_edition(participant, profile) if profile else None
        if newer is not None and not asked_already(participant.pk, newer.row.pk):
            yield OpenProfileReview(participant_id=participant.pk, purpose="edition")


def asked_already(participant_id: UUID, edition_id: UUID) -> bool:
    rows = ProfileReview.objects.filter(participant_id=participant_id, purpose="edition", edition_id=edition_id)
    return rows.filter(closed_because="").exists()


@timer
def reminders(on: date) -> Iterator[Command]:
    """A reminder when some days are left, and one when the last day has passed."""
    open_ones = ProfileReview.objects.filter(submitted_on=None, closed_because="").order_by("pk")
    for review in open_ones:
        days = timedelta(days=parameter("review_reminder_days", on, terms_of(review.programme, on)).number)
        if on > review.due_on:
            if "last_day_passed" not in review.reminders:
                yield RemindOfReview(case_id=review.pk, reminder="last_day_passed")
        elif review.opened_on < review.due_on - days <= on and "days_left" not in review.reminders:
            yield RemindOfReview(case_id=review.pk, reminder="days_left")
