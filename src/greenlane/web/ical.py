"""Calendars in the form that calendar programs read: text/calendar, exactly as RFC 5545 says. No clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Greenlane//Trusted trader programme//EN"
FOLD = 75
"""Octets of a line without its break (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Event:
    """A whole day, or several: *last* is part of it. ``uid`` never changes; ``sequence`` grows with every change."""

    uid: str
    first: date
    last: date
    summary: str
    description: str = ""
    url: str = ""
    sequence: int = 0
    busy: bool = False
    categories: tuple[str, ...] = ()


def calendar_text(name: str, events: Iterable[Event], stamp: datetime) -> str:
    """The calendar object with CRLF line breaks. *stamp* is an aware instant."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines)


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"  # the end is not part of the event
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    if event.categories:
        yield f"CATEGORIES:{','.join(escaped(one) for one in event.categories)}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A TEXT value (3.3.11): backslash, semicolon and comma are escaped, breaks become ``\\n``, controls vanish."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(one for one in plain if one == "\t" or not (ord(one) < 32 or ord(one) == 127))


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, each after a break and a space; no character is cut in two."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > FOLD - (1 if pieces else 0):
            pieces.append(piece)
            piece, size = "", 0
        piece += character
        size += octets
    pieces.append(piece)
    return "\r\n ".join(pieces)
