"""Sentences that people read, kept as message and values so that a door can translate them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

Value = str | int | date


def N_(message: str) -> str:
    """Mark *message* for translation and return it unchanged."""
    return message


@dataclass(frozen=True)
class Sentence:
    """A message with named values, for example ``Sentence(N_("Due on %(due)s."), {"due": date(2026, 1, 2)})``.

    ``str()`` renders the English text; a door renders ``gettext(message) % texts()``.
    """

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        _ = str(self)  # a message that asks for a value it was not given is a bug, found here

    def texts(self) -> dict[str, str | int]:
        """Values ready for ``%``: dates in ISO form, which no reader of any language mistakes."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in self.values.items()}

    def __str__(self) -> str:
        return self.message % self.texts() if self.values else self.message.replace("%%", "%")

    def __hash__(self) -> int:
        return hash((self.message, tuple(sorted(self.texts().items()))))

    def to_json(self) -> dict[str, object]:
        """The canonical form kept in the ledger."""
        return {"message": self.message, "values": self.texts()}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Sentence:
        """Read back what ``to_json`` wrote (dates stay in their ISO form)."""
        values = data.get("values") or {}
        if not isinstance(values, Mapping):
            raise TypeError("values of a sentence must be a mapping")
        return cls(str(data["message"]), values)
