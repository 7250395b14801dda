"""Letters on paper: complete, the same each time, and deaf to what hostile text would have them do."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from greenlane.casework import pdf
from greenlane.casework.models import Case, Notice
from greenlane.casework.notices import Block, frozen_hash, heading, item, paragraph
from greenlane.casework.pdf import NoticeAltered, letter_pdf
from greenlane.law.sentences import Sentence

HOSTILE = '#panic("run") #import "/etc/passwd": * $x^2$ *bold* _it_ `raw` <label> @ref \\ // \u202e \x07 名前 "]}'


def notice(title: str = "Certification of Meridian Lantern", *blocks: Block) -> Notice:
    case = Case(
        id=UUID(int=7),
        kind="certification",
        state="certified",
        state_since=date(2026, 3, 2),
        opened_on=date(2026, 1, 2),
        reference="CER-ABCD-EFGH",
    )
    body = [
        block.to_json()
        for block in blocks
        or (
            paragraph("Your application was received on %(on)s.", "6 USC 964(c)", on=date(2026, 1, 2)),
            heading("What happens next"),
            item(Sentence("Your measures are validated."), "6 USC 965(a)"),
            item(Sentence("You may withdraw at any time."), "6 USC 961(a)"),
        )
    ]
    return Notice(
        id=uuid4(),
        case=case,
        template="certification_decided",
        subject=title,
        body=body,
        sha256=frozen_hash(title, body),
        served_on=date(2026, 3, 2),
        entry=uuid4(),
    )


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def printed(one: Notice, recipient: str = "Meridian Lantern Imports\n1 Invented Way") -> bytes:
    return letter_pdf(one, agency="Border Office", programme="Trusted Traders", recipient=recipient)


def test_every_word_and_every_clause_is_on_paper() -> None:
    one = notice()
    text = text_of(printed(one))
    for words in (
        "Border Office",
        "Trusted Traders",
        "Meridian Lantern Imports",
        "Your application was received on 2026-01-02. (6 USC 964(c))",
        "What happens next",
        "Your measures are validated. (6 USC 965(a))",
        "CER-ABCD-EFGH",
        "2026-03-02",
        one.sha256,
    ):
        assert words in text, text


def test_the_same_notice_gives_the_same_bytes() -> None:
    one = notice()
    assert printed(one) == printed(one)
    other = notice("Another title")
    assert printed(one) != printed(other)


def test_it_is_tagged_titled_and_says_that_it_is_accessible() -> None:
    reader = PdfReader(io.BytesIO(printed(notice())))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - an object of the reader
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Certification of Meridian Lantern"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_hostile_text_is_printed_and_never_run() -> None:
    one = notice(HOSTILE, paragraph("%(name)s", "", name=HOSTILE), item(Sentence(HOSTILE.replace("%", "%%"))))
    text = text_of(printed(one, recipient=HOSTILE))
    assert text.count('#panic("run")') >= 4
    assert "*bold* _it_" in text
    assert "\u202e" not in text


def test_a_script_without_a_font_is_printed_by_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without such fonts; the exact words stay in the record."""
    compile_with = pdf._compile
    monkeypatch.setattr(pdf, "_compile", lambda letter, own_fonts_only: compile_with(letter, own_fonts_only=True))
    assert "Kiln [U+540D][U+524D]" in text_of(printed(notice("Kiln 名前")))


def test_altered_words_are_not_printed() -> None:
    one = notice()
    one.body[0]["text"]["message"] = "Your application was lost."
    with pytest.raises(NoticeAltered):
        printed(one)
