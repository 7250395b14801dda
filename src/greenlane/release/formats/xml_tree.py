"""XML of a stranger as a tree of plain names: no entities, no external files, bounded in size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

from greenlane.law.sentences import N_
from greenlane.release.formats.reading import BadFile, bad_file

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 16 * 1024 * 1024
"""Most bytes of one XML message."""
DEEPEST = 100
PIECE = 65_536
COMMENT = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--(.*?)-->", re.DOTALL)
PREFIX = re.compile(r"(_2|md)(?=[A-Z])")
"""Left of a name whose namespace was lost on the way, as in some published samples."""


def read_tree(source: BinaryIO) -> Element:
    """The root of the XML in a file. Raises BadFile, with line and column, for what is no XML or is dangerous.

    A comment with two hyphens inside is against the rules of XML, yet common; nothing is read from comments, so that
    such a file is read without them.
    """
    data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise bad_file(
            N_("The message is larger than %(most)d MiB."),
            N_("A single declaration never is."),
            N_("Send declarations one by one."),
            most=LARGEST // 1024 // 1024,
        )
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        return _parse(start, data[: len(data) - len(start)].count(b"\n"))
    except _NotWellFormed:
        before = data[: len(data) - len(start)].count(b"\n")
        return _parse(COMMENT.sub(lambda found: _blank(found, before), start), before)


class _NotWellFormed(BadFile):
    """Not well-formed, for a reason that may lie in comments."""


def _blank(found: re.Match[bytes], before: int) -> bytes:
    """The same text without the comment, its lines kept. Raises BadFile for one that was not closed before the next.

    Such a comment would hide what stands between the two.
    """
    if found[1] is not None and b"<!--" in found[1]:
        raise bad_file(
            N_("A comment begins here and is not closed before the next one."),
            N_("What stands in between would be left out without a word."),
            N_("Close it with two hyphens and a greater-than sign."),
            line=found.string.count(b"\n", 0, found.start()) + before + 1,
        )
    return found[0] if found[1] is None else b"\n" * found[0].count(b"\n")


def _parse(data: bytes, before: int) -> Element:
    """The root; *before*: how many lines stood before the data, for the places of problems."""
    from xml.etree.ElementTree import ParseError

    parser = DefusedXMLParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        for place in range(0, len(data), PIECE):
            parser.feed(data[place : place + PIECE])
        root: Element = parser.close()
    except ParseError as wrong:
        line, column = wrong.position
        found = bad_file(
            N_("This is no well-formed XML: %(says)s."),
            N_("It cannot be read beyond this place."),
            N_("Have the message written anew by the program that made it."),
            line=line + before,
            column=column + 1,
            says=str(wrong).partition(":")[0],
        )
        raise _NotWellFormed(found.problems) from wrong
    except DefusedXmlException as wrong:
        raise bad_file(
            N_("The message declares entities or a document type."),
            N_("They can make a file swell without end or read files of this machine; no customs message has any."),
            N_("Remove the DOCTYPE."),
        ) from wrong
    except (LookupError, ValueError, UnicodeError) as wrong:
        raise bad_file(
            N_("The encoding that the message names is not known, or it is not in that encoding."),
            N_("Without the right encoding, letters would be mistaken."),
            N_("Save it as UTF-8."),
        ) from wrong
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise bad_file(
                N_("The message nests deeper than %(most)d elements."),
                N_("No customs message does."),
                N_("Check that this is the file you mean."),
                most=DEEPEST,
            )
        level = [child for one in level for child in one]


def name(one: Element) -> str:
    """The name of an element without its namespace, and without the rest of one that was lost on the way."""
    local = str(one.tag).rpartition("}")[2]
    return PREFIX.sub("", local, count=1) if PREFIX.match(local) else local


def children(one: Element | None, *path: str) -> Iterator[Element]:
    """The elements at a path of names under an element; none under none."""
    if one is None:
        return
    if not path:
        yield one
        return
    for child in one:
        if name(child) == path[0]:
            yield from children(child, *path[1:])


def text(one: Element | None, *path: str) -> str:
    """The text of the first element at a path, without the blanks around it; '' when there is none."""
    return next((" ".join((found.text or "").split()) for found in children(one, *path)), "")


def descendants(root: Element, wanted: str) -> Iterator[Element]:
    """Every element of a name, the root too, in the order of the document."""
    return (one for one in root.iter() if name(one) == wanted)
