"""Open, remind of and close the review of a profile; the platform gives these (6 USC 963(3), 961(b))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.criteria.models import EditionRow
from greenlane.law.parameters import parameter
from greenlane.law.s963_review import reattestation_due, review_cite, review_window
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.profiles import entries
from greenlane.profiles.facts import NewEdition, asked_by, newer_edition
from greenlane.profiles.models import ProfileReview
from greenlane.profiles.queries import OnFile, profile_on_file, review_of
from greenlane.programs.queries import terms_of


@command(
    "6 USC 963(3)",
    "6 USC 961(b)",
    title=N_("Open the review of a profile"),
    procedure="profile_review",
    case="",
    lock="participant_id",
    internal=True,
)
@dataclass(frozen=True, kw_only=True)
class OpenProfileReview(Command):
    """Open the annual review of a certified company when its window opens, or one of what a new edition asks anew."""

    participant_id: UUID
    purpose: entries.Purpose


@handles(OpenProfileReview)
def open_profile_review(ctx: Context, cmd: OpenProfileReview) -> Decision:
    participant = participant_of(cmd.participant_id)
    profile = profile_on_file(participant.pk, ctx.on)
    newer = newer_edition(participant, profile) if profile and cmd.purpose == "edition" else None
    verdict = all_of(_may_open(ctx, cmd, participant, profile, newer))
    if not verdict.granted or profile is None:
        return Decision(verdict, participant=participant.pk)
    review_id = ctx.new_id()
    opened = _annual(review_id, participant, ctx.on) if newer is None else _edition(review_id, profile, newer, ctx.on)
    opens = Opening(review_id, "profile_review", programme=participant.programme, participant=participant.pk)
    return Decision(verdict, (opened,), opens=opens)


def _may_open(
    ctx: Context, cmd: OpenProfileReview, participant: Participant, profile: OnFile | None, newer: NewEdition | None
) -> Iterator[Reason]:
    cite = review_cite(cmd.purpose)
    yield finding(
        cite,
        "is_certified",
        participant.standing == "certified" and participant.certified_on is not None and profile is not None,
        N_("The company is certified."),
        N_("Only a certified company reviews its profile; the standing of this one is '%(standing)s'."),
        standing=participant.standing,
    )
    if participant.certified_on is None or profile is None:
        return
    live = ProfileReview.objects.filter(participant=participant, purpose=cmd.purpose, closed_because="")
    if cmd.purpose == "edition":
        yield finding(
            cite,
            "asks_something_anew",
            newer is not None and not live.filter(edition_id=newer.row.pk).exists(),
            N_("A new edition asks this company something anew."),
            N_("No new edition asks this company anything that it was not asked already."),
        )
        return
    window = review_window(participant.certified_on, ctx.on, terms_of(participant.programme, ctx.on))
    yield finding(
        cite,
        "window_open",
        window.is_open(ctx.on) and ctx.on > participant.certified_on,
        N_("The window opened on %(opens)s."),
        N_("The window opens on %(opens)s."),
        opens=window.opens_on,
    )
    yield finding(
        cite,
        "once_a_year",
        not live.filter(due_on=window.last_day).exists(),
        N_("It is the first review for this anniversary."),
        N_("The review for this anniversary is open already."),
    )


def _annual(review_id: UUID, participant: Participant, on: date) -> entries.ProfileReviewOpened:
    assert participant.certified_on is not None
    window = review_window(participant.certified_on, on, terms_of(participant.programme, on))
    return entries.ProfileReviewOpened(
        review_id=review_id,
        participant_id=participant.pk,
        programme=participant.programme,
        purpose="annual",
        opens_on=window.opens_on,
        due_on=window.last_day,
    )


def _edition(review_id: UUID, profile: OnFile, newer: NewEdition, on: date) -> entries.ProfileReviewOpened:
    row = EditionRow.objects.get(pk=newer.row.pk)
    start = max(row.published_on, row.in_force_from, profile.certified_on)
    grace = parameter("criteria_grace_days", on, terms_of(row.programme, on)).number
    return entries.ProfileReviewOpened(
        review_id=review_id,
        participant_id=profile.application.participant_id,
        programme=row.programme,
        purpose="edition",
        opens_on=on,
        due_on=max(on, reattestation_due(start, max(row.grace_days, grace))),
        edition_id=row.pk,
        from_edition_id=profile.edition_id,
        version=row.version,
        asked=newer.asked,
        removed=newer.removed,
    )


@command("6 USC 963(3)", title=N_("Remind of the review"), procedure="profile_review", internal=True)
@dataclass(frozen=True, kw_only=True)
class RemindOfReview(Command):
    """Remind the company of its review: when some days are left, and when its last day passed."""

    case_id: UUID
    reminder: Literal["days_left", "last_day_passed"]


@handles(RemindOfReview)
def remind_of_review(ctx: Context, cmd: RemindOfReview) -> Decision:
    review = review_of(cmd.case_id)
    asked = asked_by(review, ctx.on)
    done = {row.number for row in review.answers.all()}
    due = ctx.on > review.due_on if cmd.reminder == "last_day_passed" else ctx.on <= review.due_on
    reasons = [
        finding(
            review_cite(review.purpose),
            "reminded_once",
            due and cmd.reminder not in review.reminders,
            N_("This reminder is due and was not given before."),
            N_("This reminder is not due, or was given before."),
        )
    ]
    reminded = entries.ReviewReminded(
        review_id=review.pk,
        participant_id=review.participant_id,
        purpose=review.purpose,  # type: ignore[arg-type]
        reminder=cmd.reminder,
        due_on=review.due_on,
        waiting=sum(c.number not in done for c in asked.criteria),
    )
    return Decision(all_of(reasons), (reminded,))


@command("6 USC 963(3)", title=N_("Close the review of a profile"), procedure="profile_review", internal=True)
@dataclass(frozen=True, kw_only=True)
class CloseProfileReview(Command):
    """Close a review of which nothing is asked any more; why stays on record."""

    case_id: UUID
    reason: Literal["withdrew", "superseded", "lapsed", "not_certified"]


@handles(CloseProfileReview)
def close_profile_review(ctx: Context, cmd: CloseProfileReview) -> Decision:
    review = ProfileReview.objects.filter(pk=cmd.case_id).first()
    if review is None:
        raise Missing("profile_review", cmd.case_id)
    closable = finding(review_cite(review.purpose), "not_submitted", review.submitted_on is None, N_("It is open."), "")
    return Decision(Verdict((closable,)), (entries.ProfileReviewClosed(review_id=review.pk, reason=cmd.reason),))
