"""The security profile that a participant answers to, and its answers on file (6 USC 963(3), 961(b))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from greenlane.applications.models import AnswerRow, Application
from greenlane.casework.problems import Missing
from greenlane.certification.models import Certification
from greenlane.criteria.catalogue import Criterion
from greenlane.criteria.models import EditionRow
from greenlane.criteria.queries import edition_of
from greenlane.law.s963_review import CriterionRead, asked_anew
from greenlane.profiles.models import ProfileReview, ReviewAnswer


@dataclass(frozen=True)
class OnFile:
    """The profile of a participant on a day: which edition it answers to, for which kinds of cargo, since when."""

    application: Application
    certified_on: date
    edition_id: UUID
    cargo_kinds: tuple[str, ...]
    since: date


@dataclass(frozen=True)
class AnswerOnFile:
    """The answer to one criterion as it stands: affirmed or changed last in ``case_id``, on ``answered_on``."""

    number: str
    value: str
    narrative: str
    not_applicable_reason: str
    evidence: tuple[str, ...]
    answered_on: date
    case_id: UUID


def profile_on_file(participant_id: UUID, on: date) -> OnFile | None:
    """What the participant was certified on, and what it submitted since then. None for one never certified."""
    return profiles_on_file((participant_id,), on).get(participant_id)


def profiles_on_file(participants: Iterable[UUID] | QuerySet[Any], on: date) -> dict[UUID, OnFile]:
    """``profile_on_file`` of many (their ids, or a query for these): three queries, however many they are."""
    certified = Certification.objects.select_related("application").filter(
        participant_id__in=participants, outcome="certified", decided_on__lte=on
    )
    last = {row.participant_id: row for row in certified.order_by("decided_on")}
    submitted: dict[UUID, list[ProfileReview]] = defaultdict(list)
    reviews = ProfileReview.objects.filter(participant_id__in=participants, submitted_on__lte=on)
    for review in reviews.order_by("submitted_on", "opened_on", "id"):
        submitted[review.participant_id].append(review)
    published = _published_by(on) if last else ()
    return {key: _taken_up(_attested(row, submitted[key]), published) for key, row in last.items()}


def _attested(certification: Certification, submitted: Iterable[ProfileReview]) -> OnFile:
    """What a certification stands on, with what was attested in reviews since then, the earliest first."""
    application, day = certification.application, certification.decided_on
    assert day is not None  # it is decided
    found = OnFile(application, day, application.edition_id, tuple(application.cargo_kinds), day)
    for review in submitted:
        if review.submitted_on is None or min(review.submitted_on, review.opened_on) < day:
            continue
        attested = review.edition_id if review.purpose == "edition" and review.edition_id else found.edition_id
        kinds = tuple(review.cargo_kinds)
        found = replace(found, edition_id=attested, cargo_kinds=kinds, since=review.submitted_on)
    return found


def questionnaire_of(participant_id: UUID, on: date) -> tuple[Criterion, ...]:
    """The criteria that the participant answers to on a day, in order; none for one that was never certified.

    The edition and kinds of cargo of its accepted application, later those that it attested anew.
    """
    profile = profile_on_file(participant_id, on)
    return concerning(edition_of(profile.edition_id).criteria, profile.cargo_kinds) if profile else ()


def _published_by(on: date) -> Sequence[EditionRow]:
    """Every edition in force on a day or before, the earliest first, without its text."""
    rows = EditionRow.objects.filter(in_force_from__lte=on, published_on__lte=on)
    return rows.order_by("in_force_from", "published_on").only("id", "programme", "business_type", "in_force_from")


def _taken_up(profile: OnFile, published: Iterable[EditionRow]) -> OnFile:
    """An edition that asks the company nothing anew needs no answer: it is taken up on the day it comes into force."""
    own = profile.application
    since = edition_of(profile.edition_id).in_force_from
    for row in published:
        if (row.programme, row.business_type) != (own.programme, own.business_type) or row.in_force_from <= since:
            continue
        old = reads(concerning(edition_of(profile.edition_id).criteria, profile.cargo_kinds))
        if not asked_anew(old, reads(concerning(edition_of(row.pk).criteria, profile.cargo_kinds))):
            profile = replace(profile, edition_id=row.pk)
    return profile


def reads(criteria: Iterable[Criterion]) -> tuple[CriterionRead, ...]:
    """What these criteria ask of a company: their levels and words."""
    return tuple(CriterionRead(c.number, c.level, c.text) for c in criteria)


def concerning(criteria: Iterable[Criterion], cargo_kinds: Iterable[str]) -> tuple[Criterion, ...]:
    """Those of the criteria that concern a company that moves these kinds of cargo (RC-14)."""
    kinds = tuple(cargo_kinds)
    return tuple(c for c in criteria if not c.cargo_kinds or c.concerns(kinds))


def review_of(case_id: UUID) -> ProfileReview:
    """The review of a case, with its company. Raises Missing."""
    row = ProfileReview.objects.select_related("participant__group").filter(pk=case_id).first()
    if row is None:
        raise Missing("profile_review", case_id)
    return row


def answers_of(participant_id: UUID, on: date | None = None) -> dict[str, AnswerOnFile]:
    """The answers that stand, by number: of the accepted application, then of every review submitted since.

    What is affirmed in a review counts once an officer has signed it; ``on`` None: as it stands now.
    """
    profile = profile_on_file(participant_id, on or date.max)
    if profile is None:
        return {}
    rows = AnswerRow.objects.filter(application_id=profile.application.pk)
    found = {row.number: _on_file(row, profile.application.pk, row.answered_on) for row in rows}
    reviews = _submitted(participant_id, profile.certified_on, on or date.max)
    given = ReviewAnswer.objects.filter(review__in=reviews).order_by(
        "review__submitted_on", "review__opened_on", "review_id"
    )
    return found | {row.number: _on_file(row, row.review_id, row.affirmed_on) for row in given}


def _submitted(participant_id: UUID, since: date, until: date) -> QuerySet[ProfileReview]:
    rows = ProfileReview.objects.filter(
        participant_id=participant_id, submitted_on__gte=since, submitted_on__lte=until, opened_on__gte=since
    )
    return rows.order_by("submitted_on", "opened_on", "id")


def _on_file(row: Any, case_id: UUID, answered_on: date) -> AnswerOnFile:
    return AnswerOnFile(
        number=row.number,
        value=row.value,
        narrative=row.narrative,
        not_applicable_reason=row.not_applicable_reason,
        evidence=tuple(row.evidence),
        answered_on=answered_on,
        case_id=case_id,
    )
