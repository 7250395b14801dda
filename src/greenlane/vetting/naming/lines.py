"""Lines of a stranger's text file, each with what is wrong with it, in bounded memory (964(b))."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from greenlane.law.sentences import N_
from greenlane.vetting.naming.encodings import Encoding
from greenlane.vetting.naming.problems import Problem, problem

LONGEST_LINE = 65_536
"""Most characters of one line, and of one record that runs over several."""
_ESCAPED = re.compile(r"[\udc80-\udcff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_END_MARK = "\x1a"


@dataclass(frozen=True)
class Line:
    """One line without its end. With a ``problem``, the text is only good for showing."""

    number: int
    text: str
    problem: Problem | None = None


def lines_of(source: BinaryIO, encoding: Encoding) -> Iterator[Line]:
    """Every line with its number from 1, empty ones too; reading goes on after a line that is bad."""
    wide = encoding.codec.startswith(("utf-16", "utf-32"))
    # bytes that are no UTF-8 become signs by which their line is known; wide encodings have no such bytes
    errors = "replace" if wide or not encoding.codec.startswith("utf-8") else "surrogateescape"
    text = io.TextIOWrapper(source, encoding.codec, errors, newline="")
    try:
        yield from _lines(text, encoding)
    finally:
        text.detach()


def _lines(source: io.TextIOWrapper, encoding: Encoding) -> Iterator[Line]:
    number = 0
    while piece := source.readline(LONGEST_LINE + 1):
        number += 1
        bare = piece.rstrip("\r\n")
        if len(bare) > LONGEST_LINE:
            while not piece.endswith(("\n", "\r")) and (piece := source.readline(LONGEST_LINE)):
                pass
            yield Line(number, bare[:200], _too_long(number))
            continue
        if number == 1:
            bare = bare.removeprefix("\N{BYTE ORDER MARK}")
        if bare.endswith(_END_MARK) and not piece.endswith(("\n", "\r")):
            bare = bare.rstrip(_END_MARK)
        yield Line(number, bare, _wrong(bare, number, encoding))


def _wrong(text: str, number: int, encoding: Encoding) -> Problem | None:
    if text.isprintable():
        return None
    if _ESCAPED.search(text):
        return problem(
            N_("The line has letters that are not in UTF-8, as the file otherwise is."),
            N_("Save the whole file in UTF-8: parts of it seem to come from another file."),
            line=number,
        )
    if control := _CONTROL.search(text):
        return problem(
            N_("There is a control character (%(code)s) in the line."),
            N_("Remove it, or check that this is the file you mean."),
            line=number,
            code=f"U+{ord(control[0]):04X}",
        )
    return None


def _too_long(number: int) -> Problem:
    return problem(
        N_("The line is longer than %(most)d characters."),
        N_("Check that the lines end as they should, and that no quotation mark is missing."),
        line=number,
        most=LONGEST_LINE,
    )
