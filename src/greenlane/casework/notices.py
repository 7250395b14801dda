"""Notices and letters: rendered once from a typed payload, frozen with their hash, and then served (6 USC 971(b))."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from greenlane.law.sentences import Sentence

if TYPE_CHECKING:
    from greenlane.casework.context import Recorded
    from greenlane.casework.registry import Command


@dataclass(frozen=True)
class Block:
    """A piece of a letter: a paragraph, a heading or one item of a list; ``cite`` names its clause."""

    kind: Literal["paragraph", "heading", "item"]
    text: Sentence
    cite: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text.to_json(), "cite": self.cite}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Block:
        return cls(data["kind"], Sentence.from_json(data["text"]), data.get("cite", ""))


@dataclass(frozen=True)
class Draft:
    """A notice to be served: what a room composes from an entry."""

    case_id: UUID
    title: Sentence
    blocks: tuple[Block, ...]


Composer = Callable[["Recorded"], "Draft | None"]
_COMPOSERS: dict[str, Composer] = {}
_BY_KIND: dict[str, list[str]] = {}


def composes(template: str, *kinds: str) -> Callable[[Composer], Composer]:
    """Register the composer of a notice for some kinds of entry."""

    def register(composer: Composer) -> Composer:
        _COMPOSERS[template] = composer
        for kind in kinds:
            _BY_KIND.setdefault(kind, []).append(template)
        return composer

    return register


def templates_for(kind: str) -> tuple[str, ...]:
    """The notices that an entry of this kind leads to."""
    return tuple(_BY_KIND.get(kind, ()))


def prepare(template: str, one: Recorded) -> Command | None:
    """The command that serves the notice, or None when this entry needs none."""
    from greenlane.casework.commands import ServeNotice

    draft = _COMPOSERS[template](one)
    if draft is None:
        return None
    body = [block.to_json() for block in draft.blocks]
    return ServeNotice(
        case_id=draft.case_id,
        template=template,
        title=str(draft.title),
        body=body,
        sha256=frozen_hash(str(draft.title), body),
        entry=one.uid,
    )


def frozen_hash(title: str, body: list[dict[str, Any]]) -> str:
    """SHA-256 over the canonical form of a notice: its title and blocks."""
    text = json.dumps([title, body], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def paragraph(message: str, cite: str = "", /, **values: Any) -> Block:
    return Block("paragraph", Sentence(message, values), cite)


def heading(message: str, /, **values: Any) -> Block:
    return Block("heading", Sentence(message, values))


def item(text: Sentence, cite: str = "") -> Block:
    return Block("item", text, cite)
