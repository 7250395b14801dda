"""Rows of a review as the facts that 963(3) and 961(b) ask for; the editions that ask a company something new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from greenlane.criteria.catalogue import Criterion
from greenlane.criteria.models import EditionRow
from greenlane.criteria.queries import edition_of
from greenlane.law.s961 import Attestation
from greenlane.law.s963_measures import Answer, CriterionFact
from greenlane.law.s963_review import ReviewFacts, asked_anew
from greenlane.participants import queries as participants
from greenlane.participants.models import Participant
from greenlane.profiles.contacts import contact_facts
from greenlane.profiles.models import ProfileReview, ReviewAnswer
from greenlane.profiles.queries import (
    AnswerOnFile,
    OnFile,
    answers_of,
    concerning,
    profile_on_file,
    profiles_on_file,
    reads,
)


@dataclass(frozen=True)
class Asked:
    """What a review asks for on a day: the edition, the kinds of cargo, the criteria, and the answers as they stand."""

    edition_id: UUID
    cargo_kinds: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    on_file: Mapping[str, AnswerOnFile]


@dataclass(frozen=True)
class NewEdition:
    """A published edition and what it asks of one company that answers to an older one."""

    row: EditionRow
    asked: tuple[str, ...]
    removed: tuple[str, ...]


def asked_by(review: ProfileReview, on: date) -> Asked:
    """The criteria that a review asks for: for the annual one all that concern what the company moves now.

    Raises LookupError for a company without a profile on file: a review is opened only for one that has it.
    """
    profile = profile_on_file(review.participant_id, on)
    if profile is None:
        raise LookupError(f"{review.participant_id} has no profile on file")
    kinds = tuple(review.participant.cargo_kinds) or profile.cargo_kinds
    edition = review.edition_id if review.purpose == "edition" and review.edition_id else profile.edition_id
    criteria = concerning(edition_of(edition).criteria, kinds)
    if review.purpose == "edition":
        criteria = tuple(c for c in criteria if c.number in review.asked)
    return Asked(edition, kinds, criteria, answers_of(review.participant_id, on))


def review_facts(review: ProfileReview, asked: Asked, signature: Attestation, on: date) -> ReviewFacts:
    rows = {row.number: row for row in review.answers.all()}
    standing: dict[str, AnswerOnFile | ReviewAnswer] = {**asked.on_file, **rows}
    given = [
        Answer(row.number, row.value, row.narrative, row.not_applicable_reason, tuple(row.evidence))
        for row in standing.values()
    ]
    return ReviewFacts(
        purpose=review.purpose,
        opens_on=review.opens_on,
        asked=tuple(CriterionFact(c.number, c.level, c.cargo_kinds, c.areas) for c in asked.criteria),
        cargo_kinds=asked.cargo_kinds,
        affirmed={number: row.affirmed_on for number, row in rows.items()},
        answers=tuple(given),
        signature=signature,
        contacts=contact_facts(review.participant_id, on) if review.purpose == "annual" else None,
    )


def signature_of(participant_id: UUID, account: UUID | None, office: str, on: date) -> Attestation:
    """The signature that the acting person would give for the company now."""
    named = participants.named_officer(participant_id, account)
    return Attestation(office, named, str(account) if account else "", on)


def newer_edition(participant: Participant, profile: OnFile) -> NewEdition | None:
    """The newest published edition that asks something anew of a company with this profile; None where none does."""
    newest = _newest_editions(programme=participant.programme, business_type=participant.business_type)
    return _asking(participant, profile, newest.get((participant.programme, participant.business_type)))


def companies_asked_anew(rows: QuerySet[Participant], on: date) -> Iterator[tuple[Participant, NewEdition]]:
    """Each of these participants of whom a newer edition asks something, and what; asked for all of them at once."""
    newest = _newest_editions()
    on_file = profiles_on_file(rows.order_by().values("pk"), on)
    for participant in rows:
        profile = on_file.get(participant.pk)
        row = newest.get((participant.programme, participant.business_type))
        newer = _asking(participant, profile, row) if profile else None
        if newer is not None:
            yield participant, newer


def _newest_editions(**of: str) -> dict[tuple[str, str], EditionRow]:
    """The newest edition by programme and business type, without its text."""
    rows = EditionRow.objects.filter(**of).order_by("in_force_from", "published_on")
    rows = rows.only("id", "programme", "business_type", "version", "in_force_from")
    return {(row.programme, row.business_type): row for row in rows}


def _asking(participant: Participant, profile: OnFile, newest: EditionRow | None) -> NewEdition | None:
    if newest is None or newest.pk == profile.edition_id or newest.in_force_from <= _since(profile.edition_id):
        return None
    kinds = participant.cargo_kinds or profile.cargo_kinds
    old = concerning(edition_of(profile.edition_id).criteria, kinds)
    new = concerning(edition_of(newest.pk).criteria, kinds)
    asked = asked_anew(reads(old), reads(new))
    numbers = {c.number for c in new}
    return NewEdition(newest, asked, tuple(c.number for c in old if c.number not in numbers)) if asked else None


def _since(edition_id: UUID) -> date:
    return edition_of(edition_id).in_force_from


def certified(ids: Iterable[UUID] | None = None) -> QuerySet[Participant]:
    """The participants that are certified now, in one order."""
    rows = Participant.objects.filter(standing="certified").exclude(certified_on=None).order_by("pk")
    return rows if ids is None else rows.filter(pk__in=ids)
