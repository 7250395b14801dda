"""Screen one name or thousands against the lists on record, each hit explained, nothing kept (6 USC 964(b))."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Annotated, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router
from ninja.errors import HttpError

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.shapes import RESTRICTED, Shape, reply, show
from greenlane.casework.doors import say
from greenlane.casework.problems import BadInput, Problem, bad_input
from greenlane.law.sentences import N_
from greenlane.people.visibility import reading_office
from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.names_screened import CITE, Kept, Lists, Screened, lists_for, note_screened, screen_named
from greenlane.vetting.names_told import screened_told
from greenlane.vetting.naming.columns import NUMBER_HEADINGS
from greenlane.vetting.naming.files import check_kind
from greenlane.vetting.naming.objects import read_jsonl
from greenlane.vetting.naming.problems import MOST_PROBLEMS, NamesRefused
from greenlane.vetting.naming.problems import Problem as Wrong
from greenlane.vetting.naming.rows import LONGEST_NAME, Named

router = Router(tags=["vetting"])
JSON = "application/json"
LINES = "application/x-ndjson"
MANY = (LINES, "application/jsonl", "application/json-lines")
MOST_NAMES = 10_000
BLOCK = 500
"""Names whose answers are sent at once."""


class ComparedListShape(Shape):
    """A list that names were compared with; 'stale' when it was last retrieved too long ago to rely on."""

    floor = "restricted"

    list: Annotated[str, RESTRICTED]
    version: Annotated[int, RESTRICTED]
    dated: Annotated[date, RESTRICTED]
    retrieved_on: Annotated[date, RESTRICTED]
    age_days: Annotated[int, RESTRICTED]
    stale: Annotated[bool, RESTRICTED]
    entries: Annotated[int, RESTRICTED]
    sha256: Annotated[str, RESTRICTED]
    source: Annotated[str, RESTRICTED]


class PointsShape(Shape):
    """One part of a score. The points of all parts sum to the score."""

    floor = "restricted"

    code: Annotated[str, RESTRICTED]
    points: Annotated[int, RESTRICTED]
    sentence: Annotated[str, RESTRICTED]


class WordsShape(Shape):
    """A word of ours beside one of the list: 'how' they are alike, and their weight in thousandths of a rare word."""

    floor = "restricted"

    ours: Annotated[str, RESTRICTED]
    theirs: Annotated[str, RESTRICTED]
    how: Annotated[str, RESTRICTED]
    weight: Annotated[int, RESTRICTED]


class GroundShape(Shape):
    """A ground for (true), against (false), or neither (null)."""

    floor = "restricted"

    code: Annotated[str, RESTRICTED]
    supports: Annotated[bool | None, RESTRICTED]
    sentence: Annotated[str, RESTRICTED]


Texts = list[str]  # a field of the shapes below is called 'list'
Parts = list[PointsShape]
Words = list[WordsShape]
Grounds = list[GroundShape]


class FoundShape(Shape):
    """A likeness with a listed entry: a proposal for a person to decide, with everything that it rests on."""

    floor = "restricted"

    list: Annotated[str, RESTRICTED]
    list_code: Annotated[str, RESTRICTED]
    entry_key: Annotated[str, RESTRICTED]
    entry_sha256: Annotated[str, RESTRICTED]
    list_version: Annotated[int, RESTRICTED]
    list_sha256: Annotated[str, RESTRICTED]
    list_retrieved_on: Annotated[date, RESTRICTED]
    list_stale: Annotated[bool, RESTRICTED]
    our_name: Annotated[str, RESTRICTED]
    listed_name: Annotated[str, RESTRICTED]
    alias_kind: Annotated[str, RESTRICTED]
    listed_type: Annotated[str, RESTRICTED]
    listed_countries: Annotated[Texts, RESTRICTED]
    listed_under: Annotated[Texts, RESTRICTED]
    score: Annotated[int, RESTRICTED]
    band: Annotated[str, RESTRICTED]
    method: Annotated[str, RESTRICTED]
    parts: Annotated[Parts, RESTRICTED]
    words: Annotated[Words, RESTRICTED]
    reasons: Annotated[Grounds, RESTRICTED]
    model_version: Annotated[str, RESTRICTED]


class ScreenedShape(Shape):
    """A party with its hits, the most alike first, and the lists that it was compared with.

    ``complete`` is false where a list that the programme requires is missing or stale: then no hit is not clean.
    ``line`` is the line of the request, from 1.
    """

    floor = "restricted"

    line: Annotated[int, RESTRICTED]
    id: Annotated[str, RESTRICTED]
    name: Annotated[str, RESTRICTED]
    other_names: Annotated[Texts, RESTRICTED]
    type: Annotated[str, RESTRICTED]
    role: Annotated[str, RESTRICTED]
    countries: Annotated[Texts, RESTRICTED]
    birth_date: Annotated[date | None, RESTRICTED]
    notices: Annotated[Texts, RESTRICTED]
    complete: Annotated[bool, RESTRICTED]
    lists: Annotated[list[ComparedListShape], RESTRICTED]
    missing_lists: Annotated[Texts, RESTRICTED]
    warnings: Annotated[Texts, RESTRICTED]
    model_version: Annotated[str, RESTRICTED]
    hits: Annotated[list[FoundShape], RESTRICTED]


_TEXTS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "maxItems": 50}]}
_NUMBER = {
    "type": "object",
    "required": ["kind", "value"],
    "properties": {
        "kind": {"type": "string", "enum": list(NUMBER_HEADINGS)},
        "value": {"type": "string", "maxLength": 100},
        "country": {"type": "string", "maxLength": 100},
    },
}
_NUMBERS = [{"type": "string"}, _NUMBER]
PARTY: dict[str, Any] = {
    "title": "PartyToScreen",
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {"type": "string", "maxLength": 100, "description": "Yours, to know the answer by."},
        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        "other_names": {**_TEXTS, "description": "In a text, ';' divides several."},
        "type": {"type": "string", "enum": [str(kind) for kind in PartyType], "default": "unknown"},
        "role": {"type": "string", "maxLength": 40},
        "country": {**_TEXTS, "description": "ISO codes or usual English names."},
        "birth_date": {"type": "string", "format": "date", "description": "Of a company: when it was founded."},
        "identifier": {
            "description": "Numbers with their kind: 'imo:9074729', 'passport:X1234567 (PE)', or objects.",
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"anyOf": [{"type": "string"}, _NUMBER]}},
                _NUMBER,
            ],
        },
        "address": {**_TEXTS, "description": "Each on one line."},
    },
    "example": {"name": "Zarnovia Lantern Shipping Ltd", "type": "organisation", "country": "PE"},
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "One party, or one on each line. The headings of files of names are taken as fields too.",
        "content": {JSON: {"schema": PARTY}, LINES: {"schema": {"type": "string", "description": "A party a line."}}},
    },
    "responses": {200: {"content": {LINES: {"schema": {"type": "string", "description": "An answer a line."}}}}},
}


@operation(
    router,
    "POST",
    "/vetting/screen",
    access=Access.NEED_TO_KNOW,
    citations=(CITE,),
    response=ScreenedShape,
    extra=_BODY,
)
def vetting_screen(
    request: HttpRequest,
    threshold: Annotated[int, Query(ge=0, le=100, description="Only hits of at least so many points.")] = 0,
    band: Annotated[str, Query(max_length=200, description="Only hits of these bands: 100,95-99,90-94 …")] = "",
    programme: Annotated[str, Query(max_length=40, description="Whose lists are required.")] = "ctpat",
) -> HttpResponse:
    """Screen one party (a JSON object), or thousands (JSON lines, application/x-ndjson), with every hit explained.

    Lines are answered as they are screened: one line each, in their order. Every line is screened or none, with what
    is wrong by line and field. Nothing is kept but that so many names were compared with which lists, so the request
    can be repeated at will. Hits are proposals: no decision that was made on a participant applies to them.
    """
    kept = Kept(threshold, frozenset(part.strip() for part in band.split(",") if part.strip()))
    many = (request.content_type or "") in MANY
    if not many and request.content_type not in ("", JSON):
        raise bad_input("body", N_("This is neither JSON nor JSON lines."), _SEND, CITE)
    named = _named(request, many)
    lists = lists_for(programme, authority.today())
    seen = viewer(request)
    note_screened(seen.account, reading_office(seen), len(named), lists, authority.now())
    answers = _answers(named, lists, kept)
    first = next(answers)  # what cannot be done is known before the first word of the answer
    if not many:
        return reply(request, first)
    lines = (json.dumps(one, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n" for one in chain([first], answers))
    headers = {"Cache-Control": "no-store", "X-Names-Screened": str(len(named))}
    return StreamingHttpResponse(lines, content_type=LINES, headers=headers)  # type: ignore[return-value]


_SEND = N_("Send one JSON object as application/json, or one on each line as application/x-ndjson, in UTF-8.")


def _answers(named: Iterable[Named], lists: Lists, kept: Kept) -> Iterator[dict[str, Any]]:
    return (_answer(one, lists) for one in screen_named(named, lists, kept, block=BLOCK))


def _answer(screened: Screened, lists: Lists) -> dict[str, Any]:
    return show(ScreenedShape, screened_told(screened, lists, say), "restricted")


def _named(request: HttpRequest, many: bool) -> list[Named]:
    """The parties of the body. Raises BadInput with every problem by line and field, HttpError 413 for too many."""
    body = request.body if many else request.body.replace(b"\r", b" ").replace(b"\n", b" ")
    problems: list[Wrong] = []
    named: list[Named] = []
    try:
        check_kind(body[:4096])
        for record in read_jsonl(io.BytesIO(body), authority.today()):
            if len(named) + len(problems) >= MOST_NAMES:
                raise HttpError(413, f"More than {MOST_NAMES} names: send them in several parts.")
            named += [record.named] if record.named else []
            problems += record.problems
    except NamesRefused as refused:
        problems += refused.problems
    if not named and not problems:
        raise bad_input("body", N_("There is no name in the body."), _SEND, CITE)
    if problems:
        raise BadInput(Problem(_where(one, many), one.what, one.mend, CITE) for one in problems[:MOST_PROBLEMS])
    return named


def _where(one: Wrong, many: bool) -> str:
    return (one.where if many else one.field) or "body"
