"""What people write, attach and date is checked in one way in every room, each in its own words (6 USC 971(b))."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from greenlane.appeals.checks import written_text
from greenlane.casework import checks
from greenlane.casework.checks import FILLED, UNSEEN, Words
from greenlane.casework.models import Document
from greenlane.consequences.checks import said
from greenlane.law.verdicts import Reason
from greenlane.participants.checks import filled
from greenlane.revalidation.checks import said as said_of_a_period
from greenlane.validation.checks import written
from greenlane.validators.checks import filled as filled_in

CITE = "6 USC 967(a)"
TURNED = "Paid in full \u202e.ton saw tI"
"""Reads otherwise than it is written: a sign in it turns the direction."""


def rooms(text: str) -> dict[str, Reason]:
    """The same text as each room checks it."""
    return {
        "participants": filled("reason", text, 20),
        "validation": written(CITE, "reason", text, "", 20),
        "consequences": said(text, "reason", longest=20),
        "appeals": written_text(CITE, "reason_given", "reason", text, longest=20),
        "validators": filled_in(CITE, "reason", text, 20),
        "revalidation": said_of_a_period("reason", text, 20),
    }


@pytest.mark.parametrize(
    ("text", "holds"),
    [("It rained.", True), ("a" * 20, True), ("  " + "a" * 20, True), ("a" * 21, False), (" \n", False), ("", False),
     ("a\tb\r\nc", True), ("a\x00b", False), ("a\u202eb", False), ("a\u2066b", False), ("é中", True)],
)  # fmt: skip
def test_every_room_takes_and_refuses_the_same_texts(text: str, holds: bool) -> None:
    assert {room: reason.holds for room, reason in rooms(text).items()} == dict.fromkeys(rooms(text), holds)


def test_a_text_that_would_fit_is_told_what_is_wrong_with_it() -> None:
    assert str(said(TURNED, "reason").sentence) == UNSEEN
    assert str(said("", "reason").sentence) == "The words are missing, or longer than 5000 characters."
    assert str(filled("reason", TURNED, 99).sentence).endswith("or holds signs that cannot be seen.")


def test_a_text_that_may_be_left_out_is_checked_for_its_length_and_signs() -> None:
    assert checks.fits(CITE, "note", "", 5).holds
    assert not checks.fits(CITE, "note", "123456", 5).holds
    assert not checks.fits(CITE, "note", "a\x07", 5).holds
    assert checks.fits(CITE, "note", "123456", 5).code == "note_fits"


def test_the_words_and_the_code_are_those_of_the_room() -> None:
    reason = checks.filled(CITE, "note", "", 5, code="note_missing", words=replace(FILLED, mend="Say it."))
    assert (reason.code, str(reason.mend), reason.where) == ("note_missing", "Say it.", "note")


@pytest.mark.parametrize(("on", "holds"), [(1, False), (2, True), (3, False)])
def test_what_counts_today_is_not_dated_back_or_ahead(on: int, holds: bool) -> None:
    given = SimpleNamespace(at=datetime(2026, 3, 2, 17, tzinfo=UTC), on=date(2026, 3, on))
    assert checks.counts_today(cast(Any, given), CITE).holds is holds


@pytest.mark.django_db
def test_no_document_is_asked_for_where_none_is_named(django_assert_num_queries: Any) -> None:
    words = Words(yes="%(count)s", no="%(missing)s of %(count)s, at most %(most)s")
    with django_assert_num_queries(0):
        assert checks.on_file(CITE, "documents", (), Document.objects.all(), words).holds
        assert not checks.on_file(CITE, "documents", (), Document.objects.all(), words, needed=True).holds
    strange = [uuid4(), uuid4(), uuid4()]
    reason = checks.on_file(CITE, "documents", [*strange, strange[0]], Document.objects.all(), words, most=2, shown=2)
    assert str(reason.sentence) == f"{strange[0]}, {strange[1]} of 3, at most 2"
