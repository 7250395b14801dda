"""The text of a calendar, byte for byte as RFC 5545 has it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from greenlane.web.ical import FOLD, Event, calendar_text, escaped, folded

STAMP = datetime(2026, 6, 1, 16, 30, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """The content lines, put together again as a reader does."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


def test_a_calendar_has_its_frame_and_each_event_its_own() -> None:
    event = Event(
        uid="visit-1@greenlane",
        first=date(2026, 6, 30),
        last=date(2026, 7, 1),
        summary="Visit: Lisbon, PT; dock 4\\5",
        description="First line\nSecond line",
        url="https://example.org/cases/1/?a=1,2;b",
        sequence=7,
        busy=True,
        categories=("Visit",),
    )
    assert unfolded(calendar_text("Greenlane, ours", [event], STAMP)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Greenlane//Trusted trader programme//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Greenlane\\, ours",
        "X-WR-CALNAME:Greenlane\\, ours",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "UID:visit-1@greenlane",
        "DTSTAMP:20260601T163000Z",
        "DTSTART;VALUE=DATE:20260630",
        "DTEND;VALUE=DATE:20260702",
        "SEQUENCE:7",
        "SUMMARY:Visit: Lisbon\\, PT\\; dock 4\\\\5",
        "DESCRIPTION:First line\\nSecond line",
        "URL:https://example.org/cases/1/?a=1,2;b",
        "CATEGORIES:Visit",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize("text", ["", "x" * 75, "x" * 76, "x" * 149, "é" * 80, "日本語" * 40, "a" + "🚢" * 60])
def test_a_line_is_folded_at_75_octets_and_no_character_is_cut(text: str) -> None:
    pieces = folded(text).split("\r\n")
    assert all(len(piece.encode()) <= FOLD for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert (len(pieces) > 1) is (len(text.encode()) > FOLD)


def test_a_text_cannot_break_out_of_its_line() -> None:
    hostile = "Call\r\nEND:VEVENT\rBEGIN:VALARM\n\x00\x1b;,\\"
    assert escaped(hostile) == "Call\\nEND:VEVENT\\nBEGIN:VALARM\\n\\;\\,\\\\"
    lines = unfolded(calendar_text("x", [Event("u", date(2026, 1, 1), date(2026, 1, 1), hostile)], STAMP))
    assert lines.count("END:VEVENT") == 1
    assert not [line for line in lines if line.startswith("BEGIN:VALARM")]
