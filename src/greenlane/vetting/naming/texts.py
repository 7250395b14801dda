"""Texts of a stranger's row: plain, one line, without what cannot be a name; and what to know of a name (964(b))."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from greenlane.law.sentences import N_, Sentence, Value
from greenlane.vetting.matching.names import PreparedName
from greenlane.vetting.naming.problems import shown

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ORDINARY = "\u061c\u200c\u200d\u200e\u200f"  # joiners and directions, as Arabic and Indian scripts write them
_LOST = "\N{REPLACEMENT CHARACTER}"
_TWICE = re.compile("[ÂÃÐÑØÙà-ïÄÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")  # a letter of UTF-8 read as Windows-1252


class TextRefused(ValueError):
    """A value that is no text that can be compared; marked messages and their values."""

    def __init__(self, what: str, mend: str, **values: Value) -> None:
        self.what, self.mend, self.values = what, mend, values
        super().__init__(what)


def texts_of(value: Any) -> Iterator[str]:
    """The texts of a value: none, one, or those of a list; a text is parted at ';'. Raises TextRefused.

    A list within a list is taken as it is, unparted.
    """
    if isinstance(value, list | tuple):
        for part in value:
            yield from (_text(one) for one in part) if isinstance(part, list | tuple) else (_text(part),)
    else:
        yield from _text(value).split(";")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        return str(value)
    raise TextRefused(
        N_("'%(value)s' is no text."), N_("Give a text, or a list of texts where several are allowed."),
        value=shown(type(value).__name__ if isinstance(value, dict | list | tuple | bytes | int) else repr(value)),
    )  # fmt: skip


def checked(text: str, longest: int) -> str:
    """The text on one line, without spaces around it. Raises TextRefused."""
    if len(text) > longest:
        raise TextRefused(
            N_("The text has %(have)d characters; at most %(most)d are compared."),
            N_("Shorten it, and check that no quotation mark or line end is missing before it."),
            have=len(text),
            most=longest,
        )
    if _LOST in text:
        raise TextRefused(
            N_("Letters were lost before: '%(text)s' has the sign that stands for them."),
            N_("Take the text from where it was first written, and save it in UTF-8."),
            text=shown(text),
        )
    if text.isprintable():
        return " ".join(text.split())
    if _SURROGATE.search(text):
        raise TextRefused(N_("There is half a character in the text."), N_("Write the text anew in UTF-8."))
    if control := _CONTROL.search(text):
        raise TextRefused(
            N_("There is a control character (%(code)s) in the text."), N_("Remove it."),
            code=f"U+{ord(control[0]):04X}",
        )  # fmt: skip
    plain = " ".join(text.split())
    return "" if all(_invisible(c) or c.isspace() for c in plain) else plain


def _invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def notices_of(name: PreparedName) -> tuple[Sentence, ...]:
    """What a person should know of a name that is screened all the same."""
    found = []
    ordinary = "" if name.script in ("latin", "") else _ORDINARY
    if not name.text.isprintable() and any(_invisible(c) for c in name.text if c not in ordinary):
        found.append(N_("The name holds invisible signs; it is compared without them."))
    if _TWICE.search(name.text):
        found.append(N_("The name looks as if it was saved in two encodings; letters with marks may be mistaken."))
    if not name.identifies:
        found.append(N_("The name has only common words and legal forms; it can hardly be told from others."))
    if name.clipped:
        found.append(N_("The name has more words than are compared; its end is left out."))
    return tuple(map(Sentence, found))
