"""In which encoding a stranger's text file is written: said by the file, told from its bytes, or refused (964(b))."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from greenlane.law.sentences import N_
from greenlane.vetting.naming.problems import NamesRefused, refused, shown

SEEN = 4096
_CHUNK = 1 << 20
_STRAY = 50  # a zero byte in so many is a slip in a text, more are no text
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TITLES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
}
# three letters with marks in a row are rare in the languages that Windows-1252 is for, and usual in all others
_LONG_RUN = re.compile(r"[^\W\d_a-zA-Z]{3}")
_ODD = "[¡-¨¬¯±-³¸¹¼-¿×÷ƒ†‡ˆ‰˜]"  # signs that stand at no letter of a name
_SIGN_AT_LETTER = re.compile(rf"[^\W\d_]{_ODD}|{_ODD}[^\W\d_]")
_PLAIN_TO_MARKED = 3  # so many plain letters for each other sign there are at least in Western European names
_WORD = re.compile(r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*")
OTHERS = (
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "latin-1", "iso8859-2", "iso8859-5",
    "iso8859-9", "iso8859-15", "koi8-r", "koi8-u", "gb18030", "big5", "shift_jis", "cp932", "euc-jp", "euc-kr", "cp949",
    "cp437", "cp850", "mac-roman",
)  # fmt: skip
"""Encodings that are read when they are named, and never guessed."""


@dataclass(frozen=True)
class Encoding:
    """How a file is read. ``guessed``: nothing in the file says it; ``sample`` are words by which a person can tell."""

    codec: str
    guessed: bool = False
    sample: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return _TITLES.get(self.codec, self.codec)


def named(text: str) -> Encoding:
    """The encoding of that name. Raises NamesRefused for one that is not read."""
    try:
        codec = codecs.lookup(text.strip()).name
    except (LookupError, ValueError):
        codec = ""
    known = {codecs.lookup(name).name: name for name in (*OTHERS, *_TITLES)}
    if codec not in known:
        raise refused(
            N_("'%(name)s' is no encoding that is read here."),
            N_("Use one of: %(known)s."),
            name=shown(text),
            known=", ".join(dict.fromkeys([*_TITLES, *OTHERS])),
        )
    return Encoding(known[codec])


def encoding_of(source: BinaryIO) -> Encoding:
    """The encoding of a text file, read once to its end. Raises NamesRefused when it cannot be told."""
    head = source.read(SEEN)
    source.seek(0)
    marked = next((codec for mark, codec in _BOMS if head.startswith(mark)), "")
    if marked in ("utf-16", "utf-32"):
        return Encoding(marked)
    if head.count(0) > max(1, len(head) // _STRAY):  # a stray one is told by its line
        return _wide(head)
    utf8_line, other_line, western = _scan(source)
    source.seek(0)
    if other_line and not utf8_line and not marked:
        return _western(western, other_line)
    return Encoding(marked or "utf-8")  # a line that is something else is then told by its number


def _wide(head: bytes) -> Encoding:
    """UTF-16 without its mark has a zero in every other byte wherever it is Latin; anything else is no text."""
    even, odd = head[0::2], head[1::2]
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros.count(0) * 3 > len(zeros) and others.count(0) == 0:
            return Encoding(codec, guessed=True)
    raise refused(
        N_("This is no text file: it holds zero bytes."),
        N_("Save the names as CSV in UTF-8, and check that this is the file you mean."),
    )


def _scan(source: BinaryIO) -> tuple[int, int, list[bytes]]:
    """First line with letters in UTF-8, first line that is not UTF-8, and the lines of the second kind."""
    utf8_line = other_line = number = 0
    western: list[bytes] = []
    while line := source.readline(_CHUNK):
        number += 1
        if line.isascii() or (len(line) == _CHUNK and not line.endswith(b"\n")):
            continue
        try:
            line.decode()
            utf8_line = utf8_line or number
        except UnicodeDecodeError:
            other_line = other_line or number
            western.append(line[:SEEN])
            if len(western) > SEEN:
                break
    return utf8_line, other_line, western


def _western(lines: list[bytes], first: int) -> Encoding:
    """Windows-1252, where every line could be that; no other single-byte encoding is guessed."""
    try:
        text = b"\n".join(lines).decode("cp1252")
    except UnicodeDecodeError:
        raise _unknown(first) from None
    words = tuple(dict.fromkeys(_WORD.findall(text)))
    plain = sum(c.isascii() and c.isalpha() for c in text)
    few = plain < _PLAIN_TO_MARKED * sum(not c.isascii() for c in text)
    if not words or few or _LONG_RUN.search(text) or _SIGN_AT_LETTER.search(text):
        raise _unknown(first)
    return Encoding("cp1252", guessed=True, sample=words[:5])


def _unknown(line: int) -> NamesRefused:
    return refused(
        N_("The text is not in UTF-8, and its encoding cannot be told; read wrongly, names would not be found."),
        N_(
            "Save the file as 'CSV UTF-8' (in a spreadsheet: Save as, CSV UTF-8), or name its encoding: "
            "cp1251 for Cyrillic, cp1250 for Central European, gb18030 for Chinese, shift_jis for Japanese."
        ),
        line=line,
    )
