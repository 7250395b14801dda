"""Canonical JSON: one sequence of bytes for one content, so that a hash means the content (6 USC 971(b))."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

EXACT_INTEGER = 2**53 - 1
"""Largest whole number that every reader of JSON reads exactly."""


class NotCanonical(ValueError):
    """Raised when a value has no single canonical form; ``where`` names its place, such as 'data.sites[2].area'."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where or 'the value'}: {why}")
        self.where = where


def canonical(value: Any) -> bytes:
    """*value* as canonical JSON: UTF-8 in NFC, keys sorted by code point, no white space, no floating-point numbers.

    Dates become ISO text, instants UTC with microseconds and Z, UUIDs text. Raises NotCanonical.
    """
    plain = _plain(value, "")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def instant(at: datetime) -> str:
    """An aware instant as UTC text with microseconds: '2026-01-02T03:04:05.000000Z'. Raises ValueError when naive."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: Any, where: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, int):
        if abs(value) > EXACT_INTEGER:
            raise NotCanonical(where, "whole numbers beyond 2**53 - 1 are not exact everywhere; write them as text")
        return int(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise NotCanonical(where, "an instant needs its time zone")
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return _object(value, where)
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{place}]") for place, item in enumerate(value)]
    if isinstance(value, float):
        raise NotCanonical(where, "floating-point numbers are not kept on record; write the exact amount as text")
    raise NotCanonical(where, f"a {type(value).__name__} has no canonical form")


def _text(value: str, where: str) -> str:
    normal = unicodedata.normalize("NFC", value)
    try:
        normal.encode()
    except UnicodeEncodeError:
        raise NotCanonical(where, "the text holds half of a surrogate pair") from None
    if "\x00" in normal:
        raise NotCanonical(where, "the text holds a NUL character")
    return normal


def _object(value: Mapping[Any, Any], where: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(where, f"keys are text, not {type(key).__name__}")
        name = _text(key, where)
        if name in found:
            raise NotCanonical(where, f"the key {name!r} is given twice")
        found[name] = _plain(item, f"{where}.{name}" if where else name)
    return found
