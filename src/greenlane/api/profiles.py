"""Reviews of security profiles, contacts, hand-overs and notices of change (6 USC 961(b), 963(3), 964(b))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_read
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.participants import Purpose
from greenlane.api.shapes import PARTICIPANT, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework.problems import Missing
from greenlane.participants.models import Participant
from greenlane.people.visibility import cases_rows_visible_to, participants_visible_to
from greenlane.profiles.contacts import contact_facts, contacts_of
from greenlane.profiles.facts import asked_by
from greenlane.profiles.models import ChangeNotice, ProfileReview
from greenlane.profiles.queries import answers_of, profile_on_file, questionnaire_of

router = Router(tags=["profiles"])
CITE = ("6 USC 963(3)",)


class ProfileReviewShape(Shape):
    """A review of a profile: annual, or of what a new edition asks anew. Overdue is what its days say."""

    id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    programme: Annotated[str, PARTICIPANT]
    purpose: Annotated[str, PARTICIPANT]
    opens_on: Annotated[date, PARTICIPANT]
    due_on: Annotated[date, PARTICIPANT]
    opened_on: Annotated[date, PARTICIPANT]
    submitted_on: Annotated[date | None, PARTICIPANT]
    late: Annotated[bool, PARTICIPANT]
    closed_because: Annotated[str, PARTICIPANT]
    edition_id: Annotated[UUID | None, PARTICIPANT]
    from_edition_id: Annotated[UUID | None, PARTICIPANT]
    reminders: Annotated[list[str], PARTICIPANT]


class AnsweredShape(Shape):
    """A criterion and the answer to it."""

    number: Annotated[str, PARTICIPANT]
    level: Annotated[str, PARTICIPANT]
    text: Annotated[str, PARTICIPANT]
    value: Annotated[str, PARTICIPANT]
    narrative: Annotated[str, PARTICIPANT]
    not_applicable_reason: Annotated[str, PARTICIPANT]
    evidence: Annotated[list[UUID], PARTICIPANT]
    answered_on: Annotated[date | None, PARTICIPANT]


class ReviewAnswerShape(AnsweredShape):
    """One answer as the review asks for it; ``counts`` only where it was affirmed or changed in the review."""

    changed: Annotated[bool, PARTICIPANT]
    counts: Annotated[bool, PARTICIPANT]


class OneProfileReviewShape(ProfileReviewShape):
    """A review with every answer that it asks for."""

    answers: Annotated[list[ReviewAnswerShape], PARTICIPANT]


class AnswerOnFileShape(AnsweredShape):
    """The answer that stands to one criterion, and the case in which it was affirmed or changed last."""

    case_id: Annotated[UUID | None, PARTICIPANT]


class SecurityProfileShape(Shape):
    """The security profile of a certified participant on a day: what it answers to, and its answers."""

    participant_id: Annotated[UUID, PARTICIPANT]
    edition_id: Annotated[UUID, PARTICIPANT]
    cargo_kinds: Annotated[list[str], PARTICIPANT]
    certified_on: Annotated[date, PARTICIPANT]
    since: Annotated[date, PARTICIPANT]
    answers: Annotated[list[AnswerOnFileShape], PARTICIPANT]


class ContactShape(Shape):
    """A contact; ``live`` where the programme can reach the person on the day."""

    id: Annotated[UUID, PARTICIPANT]
    name: Annotated[str, PARTICIPANT]
    email: Annotated[str, PARTICIPANT]
    phone: Annotated[str, PARTICIPANT]
    account_id: Annotated[UUID | None, PARTICIPANT]
    named_on: Annotated[date, PARTICIPANT]
    confirmed_on: Annotated[date | None, PARTICIPANT]
    bounced_on: Annotated[date | None, PARTICIPANT]
    live: Annotated[bool, PARTICIPANT]


class NotedChangeShape(Shape):
    """One change of a certified company."""

    what: Annotated[str, PARTICIPANT]
    name: Annotated[str, PARTICIPANT]
    changed_on: Annotated[date, PARTICIPANT]


class ChangeNoticeShape(Shape):
    """Changes that a specialist looks at, and what was found."""

    id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    opened_on: Annotated[date, PARTICIPANT]
    reviewed_on: Annotated[date | None, PARTICIPANT]
    reviewed_by: Annotated[UUID | None, STAFF]
    found: Annotated[str, PARTICIPANT]
    changes: Annotated[list[NotedChangeShape], PARTICIPANT]


def _visible(request: HttpRequest) -> QuerySet[ProfileReview]:
    return cases_rows_visible_to(viewer(request), ProfileReview.objects.all())


def _company(request: HttpRequest, participant_id: UUID) -> Participant:
    rows = participants_visible_to(viewer(request), Participant.objects.all(), "pk")
    row: Participant | None = rows.filter(pk=participant_id).first()
    if row is None:
        raise Missing("participant", participant_id)
    return row


@operation(
    router, "GET", "/profile-reviews", access=Access.SIGNED_IN, citations=CITE, response=page_of(ProfileReviewShape)
)
def profile_reviews(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    participant: UUID | None = None,
    state: Annotated[str, Query(max_length=10, description="open, overdue, submitted or closed.")] = "",
) -> HttpResponse:
    """The reviews that you may see, the first due first."""
    rows = _visible(request)
    if participant:
        rows = rows.filter(participant_id=participant)
    waiting = rows.filter(submitted_on=None, closed_because="")
    chosen = {
        "open": waiting,
        "overdue": waiting.filter(due_on__lt=authority.today()),
        "submitted": rows.exclude(submitted_on=None),
        "closed": rows.exclude(closed_because=""),
    }
    found, following = page(chosen.get(state, rows), ("due_on", "id"), limit, cursor, "profile-reviews")
    cleared = clearance(viewer(request))
    names = ProfileReviewShape.model_fields
    return listed(request, (show(ProfileReviewShape, of(row, *names), cleared) for row in found), following)


@operation(
    router,
    "GET",
    "/profile-reviews/{uuid:review_id}",
    access=Access.SIGNED_IN,
    citations=CITE,
    response=OneProfileReviewShape,
)
def one_profile_review(request: HttpRequest, review_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """A review with every answer that it asks for, and whether it counts. Every read is logged."""
    row = _visible(request).select_related("participant").filter(pk=review_id).first()
    if row is None:
        raise Missing("profile_review", review_id)
    note_read(request, row.participant_id, "review of the profile", purpose)
    cleared = clearance(viewer(request))
    given = {one.number: one for one in row.answers.all()}
    asked = asked_by(row, row.submitted_on or authority.today())
    answers = []
    for criterion in asked.criteria:
        done, on_file = given.get(criterion.number), asked.on_file.get(criterion.number)
        held = done or on_file
        values = {
            **of(criterion, "number", "level", "text"),
            "value": held.value if held else "",
            "narrative": held.narrative if held else "",
            "not_applicable_reason": held.not_applicable_reason if held else "",
            "evidence": list(held.evidence) if held else [],
            "answered_on": done.affirmed_on if done else (on_file.answered_on if on_file else None),
            "changed": bool(done and done.changed),
            "counts": done is not None,
        }
        answers.append(show(ReviewAnswerShape, values, cleared))
    values = {**of(row, *ProfileReviewShape.model_fields), "answers": answers}
    return reply(request, show(OneProfileReviewShape, values, cleared))


@operation(
    router,
    "GET",
    "/participants/{uuid:participant_id}/security-profile",
    access=Access.SIGNED_IN,
    citations=CITE,
    response=SecurityProfileShape,
)
def security_profile(
    request: HttpRequest, participant_id: UUID, on: date | None = None, purpose: Purpose = ""
) -> HttpResponse:
    """What a certified participant answers to on a day, and its answers as they stand. Every read is logged."""
    company, day = _company(request, participant_id), on or authority.today()
    profile = profile_on_file(company.pk, day)
    if profile is None:
        raise Missing("security profile", participant_id)
    note_read(request, company.pk, "security profile", purpose)
    cleared = clearance(viewer(request))
    held = answers_of(company.pk, day)
    answers = []
    for criterion in questionnaire_of(company.pk, day):
        row = held.get(criterion.number)
        names = ("value", "narrative", "not_applicable_reason")
        values = {
            **of(criterion, "number", "level", "text"),
            **{name: getattr(row, name) if row else "" for name in names},
            "evidence": list(row.evidence) if row else [],
            "answered_on": row.answered_on if row else None,
            "case_id": row.case_id if row else None,
        }
        answers.append(show(AnswerOnFileShape, values, cleared))
    values = {
        "participant_id": company.pk,
        **of(profile, "edition_id", "certified_on", "since"),
        "cargo_kinds": list(profile.cargo_kinds),
        "answers": answers,
    }
    return reply(request, show(SecurityProfileShape, values, cleared))


@operation(
    router,
    "GET",
    "/participants/{uuid:participant_id}/contacts",
    access=Access.SIGNED_IN,
    citations=CITE,
    response=page_of(ContactShape),
)
def contacts(request: HttpRequest, participant_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """The contacts of a company, and which of them can be reached. Every read is logged."""
    company = _company(request, participant_id)
    note_read(request, company.pk, "contacts", purpose)
    live = contact_facts(company.pk, authority.today()).live
    names = [name for name in ContactShape.model_fields if name != "live"]
    cleared = clearance(viewer(request))
    shown = [
        show(ContactShape, {**of(row, *names), "live": f"{row.name} <{row.email}>" in live}, cleared)
        for row in contacts_of(company.pk)
    ]
    return listed(request, shown, None)


@operation(
    router,
    "GET",
    "/change-notices",
    access=Access.SIGNED_IN,
    citations=("6 USC 964(b)",),
    response=page_of(ChangeNoticeShape),
)
def change_notices(
    request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "", participant: UUID | None = None
) -> HttpResponse:
    """The notices of change that you may see, the latest first."""
    rows = cases_rows_visible_to(viewer(request), ChangeNotice.objects.all())
    if participant:
        rows = rows.filter(participant_id=participant)
    found, following = page(rows.prefetch_related("changes"), ("-opened_on", "id"), limit, cursor, "change-notices")
    cleared = clearance(viewer(request))
    names = [name for name in ChangeNoticeShape.model_fields if name != "changes"]

    def shown(row: ChangeNotice) -> dict[str, Any]:
        changes = [
            show(NotedChangeShape, of(one, *NotedChangeShape.model_fields), cleared)
            for one in sorted(row.changes.all(), key=lambda one: (one.changed_on, one.what, one.name))
        ]
        return show(ChangeNoticeShape, {**of(row, *names), "changes": changes}, cleared)

    return listed(request, (shown(row) for row in found), following)
