"""What this interface shows, field by field, each with its audience: 971(c). A field without one cannot be made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from greenlane.people.visibility import Viewer
from greenlane.records.classification import Audience, classify_fields, may_see

AUDIENCE = "x-audience"


def _meant_for(audience: Audience) -> Any:
    return Field(json_schema_extra={AUDIENCE: audience.value})


PUBLIC = _meant_for(Audience.PUBLIC)
PARTICIPANT = _meant_for(Audience.PARTICIPANT)
STAFF = _meant_for(Audience.STAFF)
RESTRICTED = _meant_for(Audience.RESTRICTED)


class Unmarked(TypeError):
    """Raised when a field of a shape says no audience: it is found at start, not by a reader."""


class Shape(Schema):
    """Base of everything that is shown. ``floor`` is the narrowest clearance with which anybody gets it at all.

    ``own`` names fields that the participant concerned sees although they are otherwise kept to a narrower audience:
    what a company told us it may read again.
    """

    model_config = ConfigDict(arbitrary_types_allowed=False)
    floor: ClassVar[str] = "participant"
    own: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        classify_fields(f"api.{cls.__name__}", **audiences(cls))

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """A field that this floor does not reach may be absent, so it is not required."""
        schema = handler(core_schema)
        resolved = handler.resolve_ref_schema(schema)
        known = audiences(cls)
        always = [name for name in resolved.get("required", ()) if name not in known or may_see(known[name], cls.floor)]
        resolved["required"] = always
        resolved["additionalProperties"] = False
        return schema


@cache
def audiences(shape: type[Shape]) -> Mapping[str, str]:
    """Field -> audience. Raises Unmarked."""
    found = {}
    for name, field in shape.model_fields.items():
        extra = field.json_schema_extra
        if not isinstance(extra, dict) or AUDIENCE not in extra:
            raise Unmarked(f"{shape.__name__}.{name} has no audience (6 USC 971(c))")
        found[name] = str(extra[AUDIENCE])
    return found


def clearance(viewer: Viewer) -> str:
    """What the viewer may read of a row that ``people.visibility`` lets it see."""
    if viewer.needs_to_know:
        return Audience.RESTRICTED.value
    return Audience.STAFF.value if viewer.is_staff else Audience.PARTICIPANT.value


def show(shape: type[Shape], values: Mapping[str, Any], cleared: str, *, own: bool = False) -> dict[str, Any]:
    """Those of *values* that the shape has and the reader may see. Raises KeyError for a value that is lacking."""
    return {
        name: values[name]
        for name, audience in audiences(shape).items()
        if may_see(audience, cleared) or (own and name in shape.own)
    }


def of(row: Any, *names: str) -> dict[str, Any]:
    """Columns of a row by name."""
    return {name: getattr(row, name) for name in names}


@cache
def page_of(shape: type[Shape]) -> type[Schema]:
    """The shape of a page of a list."""
    return create_model(
        f"{shape.__name__}Page",
        __base__=Schema,
        __doc__=f"A page; 'next' is the cursor of the following one, or null. {shape.__doc__ or ''}".strip(),
        items=(list[shape], ...),  # type: ignore[valid-type]
        next=(str | None, ...),
    )


def reply(request: HttpRequest, body: Any, *, public: bool = False, status: int = 200) -> HttpResponse:
    """JSON with an ETag of its content; 304 when the client has it. Only what is public may be kept by a cache."""
    text = json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    known = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    response: HttpResponse
    if status == 200 and request.method in ("GET", "HEAD") and (tag in known or "*" in known):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(text, content_type="application/json", status=status)
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache" if public else "no-store"
    return response


def listed(request: HttpRequest, items: Iterable[Mapping[str, Any]], following: str | None) -> HttpResponse:
    """A page of a list."""
    return reply(request, {"items": list(items), "next": following})
