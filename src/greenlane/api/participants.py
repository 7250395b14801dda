"""Participants and what they told of themselves, within the audiences of 971(c): 962, 963(2)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router

from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import PURPOSE, note_outsider, note_read
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.shapes import PARTICIPANT, RESTRICTED, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework.problems import Missing
from greenlane.participants.models import Dated, Identifier, Leg, Participant, Partner, Person, Site
from greenlane.participants.queries import live
from greenlane.people.visibility import participants_visible_to

router = Router(tags=["participants"])
Purpose = Annotated[str, Header(alias="Greenlane-Purpose", max_length=200, description=PURPOSE)]


class ParticipantShape(Shape):
    """One account: one company, one business type, one programme."""

    id: Annotated[UUID, PARTICIPANT]
    group_id: Annotated[UUID, STAFF]
    programme: Annotated[str, PARTICIPANT]
    business_type: Annotated[str, PARTICIPANT]
    legal_name: Annotated[str, PARTICIPANT]
    trade_name: Annotated[str, PARTICIPANT]
    country: Annotated[str, PARTICIPANT]
    address: Annotated[str, PARTICIPANT]
    city: Annotated[str, PARTICIPANT]
    website: Annotated[str, PARTICIPANT]
    phone: Annotated[str, PARTICIPANT]
    cargo_kinds: Annotated[list[str], PARTICIPANT]
    standing: Annotated[str, PARTICIPANT]
    tier: Annotated[int, PARTICIPANT]
    certified_on: Annotated[date | None, PARTICIPANT]
    registered_on: Annotated[date, PARTICIPANT]
    invited_on: Annotated[date | None, PARTICIPANT]


class IdentifierShape(Shape):
    """A number by which the trade knows the company."""

    id: Annotated[UUID, PARTICIPANT]
    series: Annotated[UUID, PARTICIPANT]
    effective_from: Annotated[date, PARTICIPANT]
    kind: Annotated[str, PARTICIPANT]
    value: Annotated[str, PARTICIPANT]


class OwnerOrOfficerShape(Shape):
    """An owner or officer. Birth dates are for the background investigation, and for the company itself."""

    own = frozenset({"birth_date", "account_id"})

    id: Annotated[UUID, PARTICIPANT]
    series: Annotated[UUID, PARTICIPANT]
    effective_from: Annotated[date, PARTICIPANT]
    role: Annotated[str, PARTICIPANT]
    name: Annotated[str, PARTICIPANT]
    title: Annotated[str, PARTICIPANT]
    birth_date: Annotated[date | None, RESTRICTED]
    country: Annotated[str, PARTICIPANT]
    share_percent: Annotated[int | None, PARTICIPANT]
    account_id: Annotated[UUID | None, STAFF]
    is_company: Annotated[bool, PARTICIPANT]


class SiteShape(Shape):
    """A place of the company's own in its supply chain; coordinates in millionths of a degree."""

    id: Annotated[UUID, PARTICIPANT]
    series: Annotated[UUID, PARTICIPANT]
    effective_from: Annotated[date, PARTICIPANT]
    name: Annotated[str, PARTICIPANT]
    use: Annotated[str, PARTICIPANT]
    address: Annotated[str, PARTICIPANT]
    city: Annotated[str, PARTICIPANT]
    country: Annotated[str, PARTICIPANT]
    latitude_e6: Annotated[int | None, PARTICIPANT]
    longitude_e6: Annotated[int | None, PARTICIPANT]


class PartnerShape(Shape):
    """A business partner in the supply chain; coordinates in millionths of a degree."""

    id: Annotated[UUID, PARTICIPANT]
    series: Annotated[UUID, PARTICIPANT]
    effective_from: Annotated[date, PARTICIPANT]
    name: Annotated[str, PARTICIPANT]
    does: Annotated[str, PARTICIPANT]
    city: Annotated[str, PARTICIPANT]
    country: Annotated[str, PARTICIPANT]
    trusted_as: Annotated[str, PARTICIPANT]
    latitude_e6: Annotated[int | None, PARTICIPANT]
    longitude_e6: Annotated[int | None, PARTICIPANT]


class LegShape(Shape):
    """A movement of cargo between two nodes, named by their series."""

    id: Annotated[UUID, PARTICIPANT]
    series: Annotated[UUID, PARTICIPANT]
    effective_from: Annotated[date, PARTICIPANT]
    origin: Annotated[UUID, PARTICIPANT]
    destination: Annotated[UUID, PARTICIPANT]
    mode: Annotated[str, PARTICIPANT]
    carrier: Annotated[str, PARTICIPANT]
    port_of_lading: Annotated[str, PARTICIPANT]
    port_of_unlading: Annotated[str, PARTICIPANT]


def visible_participant(request: HttpRequest, participant_id: UUID) -> Participant:
    """The participant, if the viewer may know of it. Raises Missing."""
    row = participants_visible_to(viewer(request), Participant.objects.filter(pk=participant_id)).first()
    if row is None:
        raise Missing("participant", participant_id)
    return row


@operation(router, "GET", "/participants", access=Access.SIGNED_IN, response=page_of(ParticipantShape))
def participants(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    programme: Annotated[str, Query(max_length=40)] = "",
    business_type: Annotated[str, Query(max_length=60)] = "",
    standing: Annotated[str, Query(max_length=20)] = "",
    tier: Annotated[int | None, Query(ge=0, le=99)] = None,
    q: Annotated[str, Query(max_length=100, description="Part of the name.")] = "",
) -> HttpResponse:
    """Companies see their own accounts, staff all, others those of cases assigned to them; by name."""
    rows: QuerySet[Participant] = participants_visible_to(viewer(request), Participant.objects.all())
    given = {"programme": programme, "business_type": business_type, "standing": standing}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if tier is not None:
        rows = rows.filter(tier=tier)
    if q:
        rows = rows.filter(legal_name__icontains=q)
    found, following = page(rows, ("legal_name", "id"), limit, cursor, "participants")
    for row in found:
        note_outsider(request, row.pk, "profile, in a list")
    return listed(request, (_shown(request, ParticipantShape, row, row.pk) for row in found), following)


def _shown(request: HttpRequest, shape: type[Shape], row: Any, participant: UUID) -> dict[str, Any]:
    who = viewer(request)
    return show(shape, of(row, *shape.model_fields), clearance(who), own=participant in who.participants)


@operation(router, "GET", "/participants/{uuid:participant_id}", access=Access.SIGNED_IN, response=ParticipantShape)
def one_participant(request: HttpRequest, participant_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """One participant account. Every read is logged, and shown to the participant."""
    row = visible_participant(request, participant_id)
    note_read(request, row.pk, "profile", purpose)
    return reply(request, _shown(request, ParticipantShape, row, row.pk))


def _add_part(name: str, model: type[Dated], shape: type[Shape], about: str) -> None:
    """Add the list of one kind of part of a participant."""

    def part_view(
        request: HttpRequest, participant_id: UUID, limit: Limit = USUAL, cursor: Cursor = "", purpose: Purpose = ""
    ) -> HttpResponse:
        participant = visible_participant(request, participant_id)
        rows = live(model, participant.pk).order_by()
        found, following = page(rows, ("recorded_at", "id"), limit, cursor, f"{name}/{participant_id}")
        note_read(request, participant.pk, name, purpose)
        return listed(request, (_shown(request, shape, row, participant.pk) for row in found), following)

    part_view.__doc__ = about
    operation(
        router,
        "GET",
        f"/participants/{{uuid:participant_id}}/{name}",
        access=Access.SIGNED_IN,
        name=f"participant_{name}",
        response=page_of(shape),
    )(part_view)


_add_part("identifiers", Identifier, IdentifierShape, "The numbers of a participant that are in force.")
_add_part("persons", Person, OwnerOrOfficerShape, "The owners and officers of a participant.")
_add_part("sites", Site, SiteShape, "The participant's own places in its supply chain.")
_add_part("partners", Partner, PartnerShape, "The business partners in the participant's supply chain.")
_add_part("legs", Leg, LegShape, "The movements of cargo in the participant's supply chain.")
