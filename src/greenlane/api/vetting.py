"""The lists on record with their age, and the hits that wait for a person (6 USC 964(b))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.shapes import RESTRICTED, STAFF, Shape, clearance, listed, of, page_of, show
from greenlane.api.vetting_screen import Parts, Words
from greenlane.casework.doors import say
from greenlane.law.sentences import Sentence
from greenlane.vetting.matching.parties import score_band
from greenlane.vetting.models import ListVersion, ScreeningHit
from greenlane.vetting.queries import lists_on_record

router = Router(tags=["vetting"])
CITE = ("6 USC 964(b)",)


class ListShape(Shape):
    """One version of an official list; age is counted from the day on which it was last retrieved."""

    floor = "staff"

    id: Annotated[UUID, STAFF]
    kind: Annotated[str, STAFF]
    list_code: Annotated[str, STAFF]
    number: Annotated[int, STAFF]
    published_on: Annotated[date | None, STAFF]
    retrieved_on: Annotated[date, STAFF]
    imported_on: Annotated[date, STAFF]
    superseded_on: Annotated[date | None, STAFF]
    source: Annotated[str, STAFF]
    sha256: Annotated[str, STAFF]
    entries: Annotated[int, STAFF]
    added: Annotated[int, STAFF]
    changed: Annotated[int, STAFF]
    removed: Annotated[int, STAFF]
    age_days: Annotated[int, STAFF]
    too_old: Annotated[bool, STAFF]


class HitShape(Shape):
    """A likeness of a party with a listed entry: a proposal, until a person decides it.

    'parts' sum to the score; both they and 'words' are empty for a hit found before they were kept. 'grounds' are the
    codes of what speaks for and against; 'evidence' is what AdjudicateHit and CloseFalsePattern call seen_evidence.
    """

    floor = "restricted"

    id: Annotated[UUID, RESTRICTED]
    investigation_id: Annotated[UUID, RESTRICTED]
    participant_id: Annotated[UUID, RESTRICTED]
    role: Annotated[str, RESTRICTED]
    party_name: Annotated[str, RESTRICTED]
    kind: Annotated[str, RESTRICTED]
    list_code: Annotated[str, RESTRICTED]
    entry_key: Annotated[str, RESTRICTED]
    listed_name: Annotated[str, RESTRICTED]
    name_kind: Annotated[str, RESTRICTED]
    score: Annotated[int, RESTRICTED]
    band: Annotated[str, RESTRICTED]
    method: Annotated[str, RESTRICTED]
    parts: Annotated[Parts, RESTRICTED]
    words: Annotated[Words, RESTRICTED]
    grounds: Annotated[list[str], RESTRICTED]
    evidence: Annotated[str, RESTRICTED]
    status: Annotated[str, RESTRICTED]
    gone_because: Annotated[str, RESTRICTED]
    remembered: Annotated[bool, RESTRICTED]
    first_on: Annotated[date, RESTRICTED]
    last_on: Annotated[date, RESTRICTED]


@operation(router, "GET", "/lists", access=Access.STAFF, citations=CITE, response=page_of(ListShape))
def lists(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    current: Annotated[
        bool, Query(description="Only the version of each list that parties are screened against.")
    ] = True,
) -> HttpResponse:
    """The versions of the official lists, with how old the current ones are today."""
    ages = {state.version.pk: state for state in lists_on_record(authority.today())}
    rows = ListVersion.objects.filter(superseded_on=None) if current else ListVersion.objects.all()
    found, following = page(rows, ("kind", "-number"), limit, cursor, f"lists/{current}")
    columns = [name for name in ListShape.model_fields if name not in ("age_days", "too_old")]
    on, cleared = authority.today(), clearance(viewer(request))
    items = (
        show(
            ListShape,
            {
                **of(row, *columns),
                "age_days": (on - row.retrieved_on).days,
                "too_old": row.pk in ages and ages[row.pk].too_old,
            },
            cleared,
        )
        for row in found
    )
    return listed(request, items, following)


@operation(router, "GET", "/hits", access=Access.NEED_TO_KNOW, citations=CITE, response=page_of(HitShape))
def hits(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    status: Annotated[str, Query(max_length=20, description="open, false_match, true_match or gone.")] = "open",
    investigation: UUID | None = None,
    ground: Annotated[str, Query(max_length=40, description="A code of 'grounds', as country_conflict.")] = "",
    entry_key: Annotated[str, Query(max_length=200, description="The entry of the list.")] = "",
    party_name: Annotated[str, Query(max_length=200, description="The name of the party, whole.")] = "",
) -> HttpResponse:
    """The hits of screenings, the most alike first; those that share a pattern, by what they share."""
    rows = ScreeningHit.objects.defer("reasons", "party", "entry")
    rows = rows.filter(grounds__contains=f"|{ground}|") if ground else rows
    rows = rows.filter(entry_key=entry_key) if entry_key else rows
    rows = rows.filter(party_name__iexact=party_name) if party_name else rows
    if status:
        rows = rows.filter(status=status)
    if investigation:
        rows = rows.filter(investigation_id=investigation)
    found, following = page(rows, ("-score", "first_on", "id"), limit, cursor, "hits")
    cleared = clearance(viewer(request))
    return listed(request, (show(HitShape, _shown(row), cleared) for row in found), following)


def _shown(row: ScreeningHit) -> dict[str, Any]:
    """The columns of a hit, with its sentences in the reader's language."""
    made = {
        "band": score_band(row.score),
        "parts": [{**part, "sentence": say(Sentence.from_json(part["sentence"]))} for part in row.parts],
        "grounds": [code for code in row.grounds.split("|") if code],
    }
    return {**of(row, *(name for name in HitShape.model_fields if name not in made)), **made}
