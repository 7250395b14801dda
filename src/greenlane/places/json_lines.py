"""One JSON object on one line of a stranger's file, read strictly. No clause."""

from __future__ import annotations

import json
from typing import Any

from greenlane.law.sentences import N_

DEEPEST = 200
"""A line nested deeper than this is none of ours."""


class NotAnObject(ValueError):
    """The line is no JSON object: ``what`` is a marked message, ``column`` where it goes wrong, from 1."""

    def __init__(self, what: str, column: int = 1) -> None:
        self.what, self.column = what, column
        super().__init__(what)


def object_of(text: str) -> dict[str, Any]:
    """The object that the line is. Raises NotAnObject, also for a name that stands twice."""
    try:
        if text.count("[") + text.count("{") > DEEPEST:
            raise RecursionError
        row = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        raise NotAnObject(N_("The line is no JSON object."), wrong.colno) from None
    except NotAnObject:
        raise
    except (ValueError, RecursionError):
        raise NotAnObject(N_("The line nests too deeply or holds a number that is too long.")) from None
    if not isinstance(row, dict):
        raise NotAnObject(N_("The line is no JSON object."))
    return row


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAnObject(N_("A name stands twice in the line."))
    return found
