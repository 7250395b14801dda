"""The OpenAPI document, made complete: every problem that an operation can answer with, and its media. No clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from greenlane.api.problems import CONTENT_TYPE, REASON_SCHEMA, SCHEMA, TITLES

PROBLEM = {"$ref": "#/components/schemas/Problem"}
_WHEN = {
    "400": "malformed",
    "401": "no-key",
    "403": "authority",
    "404": "missing",
    "409": "law",
    "413": "too-large",
    "422": "input",
}


def complete(document: Any) -> dict[str, Any]:
    """Add the problem schemas, the problems of each operation, and the media types of files."""
    found: dict[str, Any] = dict(document)
    found["components"]["schemas"].update({"Problem": SCHEMA, "ProblemReason": REASON_SCHEMA})
    for _path, _method, operation in operations(found):
        responses = {str(status): response for status, response in operation["responses"].items()}
        responses.update({status: _problem(status) for status in _statuses(operation)})
        if "401" in responses:
            name = {"schema": {"type": "string"}, "description": "How to sign in."}
            responses["401"]["headers"] = {"WWW-Authenticate": name}
        media = operation.pop("x-media", None)
        if media:
            responses["200"]["content"] = {media: {"schema": {"type": "string", "format": "binary"}}}
        operation["responses"] = responses
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation of everything in an OpenAPI document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _statuses(operation: dict[str, Any]) -> Iterator[str]:
    access = operation.get("x-access", "public")
    yield from ("400", "404", "422")
    if access != "public":
        yield from ("401", "403")
    if access == "command":
        yield "409"
    if access == "command" or "requestBody" in operation:
        yield "413"


def _problem(status: str) -> dict[str, Any]:
    return {"description": TITLES[_WHEN[status]][1], "content": {CONTENT_TYPE: {"schema": PROBLEM}}}
