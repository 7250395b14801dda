"""Names in Chinese characters: known words in English, the rest in pinyin (6 USC 964(b))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from greenlane.vetting.matching.names.alphabets import other
from greenlane.vetting.matching.names.tables import read_table

RUN = "㐀-鿿豈-﫿々〇\U00020000-\U0003134f"  # what a run of characters may hold, for a regular expression


class Piece(NamedTuple):
    """A part of a run of characters: ``kind`` 'form', 'word', 'place' or 'name'; ``english`` is () for a name."""

    kind: str
    characters: str
    english: tuple[str, ...]


class _Words(NamedTuple):
    pieces: dict[str, Piece]
    families: dict[str, tuple[str, ...]]
    same: dict[int, str]
    finder: re.Pattern[str]


@cache
def _words() -> _Words:
    pieces: dict[str, Piece] = {}
    families: dict[str, tuple[str, ...]] = {}
    same: dict[int, str] = {}
    for kind, pairs in read_table("han_words.txt"):
        for pair in pairs:
            characters, _, english = pair.partition("=")
            words = tuple(english.split("+")) if english else ()
            if kind == "same":
                same[ord(pair[0])] = pair[1]
            elif kind == "family":
                families[characters] = tuple(dict.fromkeys(words))
            else:
                pieces[characters] = Piece(kind, characters, words)
    longest_first = sorted(pieces, key=len, reverse=True)
    return _Words(pieces, families, same, re.compile("|".join(map(re.escape, longest_first))))


def simplified(run: str) -> str:
    """The run with the traditional characters of known words made simplified."""
    return run.translate(_words().same)


def pieces(run: str) -> Iterator[Piece]:
    """A company's name divided into known words and what is left between them, longest words first."""
    words, end = _words(), 0
    for found in words.finder.finditer(run):
        if found.start() > end:
            yield Piece("name", run[end : found.start()], ())
        yield words.pieces[found.group()]
        end = found.end()
    if end < len(run):
        yield Piece("name", run[end:], ())


def family_and_given(run: str) -> tuple[str, str]:
    """A person's name divided into family name (two characters for the few long ones) and given name."""
    if not 2 <= len(run) <= 5:
        return run, ""
    width = 2 if len(run) > 2 and run[:2] in _words().families else 1
    return run[:width], run[width:]


def family(characters: str) -> tuple[str, ...]:
    """Spellings of a family name, pinyin first."""
    return tuple(dict.fromkeys((*_words().families.get(characters, ()), pinyin(characters))))


def pinyin(characters: str) -> str:
    """The usual reading of each character, written together; '' when none is known."""
    return "".join(map(_reading, characters))


@cache
def _reading(character: str) -> str:
    return "".join(other(character))
