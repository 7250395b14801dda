"""A memory of computed values that cannot grow without end (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Memory(dict[str, V]):
    """Values by a text, computed when first asked for; emptied when *most* are held, so that old ones make room.

    Reading one that is held costs a look-up in a dictionary, several times less than `functools.lru_cache`.
    """

    def __init__(self, compute: Callable[[str], V], most: int) -> None:
        super().__init__()
        self._compute, self._most = compute, most

    def __missing__(self, text: str) -> V:
        value = self._compute(text)
        if len(self) >= self._most:
            self.clear()
        self[text] = value
        return value
