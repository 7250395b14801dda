"""A served notice as a PDF letter: accessible (PDF/UA-1), and byte for byte the same each time (6 USC 971(b))."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

import typst
from django.utils.translation import get_language, gettext

from greenlane.casework.doors import say
from greenlane.casework.models import Notice
from greenlane.casework.notices import Block, frozen_hash


class NoticeAltered(ValueError):
    """Raised when the words of a notice are not those that were frozen with it: they are then printed nowhere."""


def letter_pdf(notice: Notice, *, agency: str, programme: str, recipient: str) -> bytes:
    """The letter of *notice*, with the citation at every block, and reference, date served and SHA-256 in the footer.

    The words are handed over as data and never as code, so a hostile name stays a name. The same notice in the same
    language gives the same bytes. Raises NoticeAltered when the words no longer have their hash.
    """
    if frozen_hash(notice.subject, notice.body) != notice.sha256:
        raise NoticeAltered(f"the words of the notice {notice.pk} are not those that were served")
    return _printed(_letter(notice, agency, programme, recipient))


def paper_pdf(
    blocks: list[Block],
    *,
    title: str,
    agency: str,
    programme: str,
    recipient: str,
    day: date,
    facts: list[tuple[str, str]],
    footer: str,
    sha256: str,
) -> bytes:
    """A document that is no letter (a report, a published list), set as letters are. *facts* stand below the head.

    *footer* says what *sha256* is the hash of. The same words in the same language give the same bytes.
    """
    return _printed(
        {
            "language": (get_language() or "en").partition("-")[0],
            "title": title,
            "agency": agency,
            "programme": programme,
            "recipient": recipient,
            "day": [day.year, day.month, day.day],
            "facts": [list(fact) for fact in facts],
            "footer": footer,
            "sha256": sha256,
            "runs": _runs(blocks),
        }
    )


def _printed(content: dict[str, Any]) -> bytes:
    letter = json.dumps(_clean(content), ensure_ascii=False)
    try:
        return _compile(letter, own_fonts_only=True)
    except typst.TypstError:  # a letter of some script that the fonts inside lack: PDF/UA refuses blank boxes
        try:
            return _compile(letter, own_fonts_only=False)
        except typst.TypstError:
            return _compile(_FAR_SCRIPTS.sub(lambda c: f"[U+{ord(c[0]):04X}]", letter), own_fonts_only=True)


_CONTROLS = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)
"""Characters without a shape; some of them turn the direction of what is read."""

_FAR_SCRIPTS = re.compile("[\u0590-\u1dff\u2c00-\uffef\U00010000-\U0010ffff]")
"""Scripts beyond Latin, Greek and Cyrillic. Where no font of the machine has them, their numbers are printed."""


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROLS.sub("", value)
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list) else value


def _compile(letter: str, *, own_fonts_only: bool) -> bytes:
    compiled = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"letter": letter},
        ignore_system_fonts=own_fonts_only,
        pdf_standards="ua-1",
    )
    if not isinstance(compiled, bytes):
        raise TypeError("a letter is one document")
    return compiled


@cache
def _template() -> bytes:
    return resources.files("greenlane.casework").joinpath("letter.typ").read_bytes()


def _letter(notice: Notice, agency: str, programme: str, recipient: str) -> dict[str, Any]:
    reference, served = notice.case.reference, notice.served_on
    return {
        "language": (get_language() or "en").partition("-")[0],
        "title": notice.subject,
        "agency": agency,
        "programme": programme,
        "recipient": recipient,
        "day": [served.year, served.month, served.day],
        "facts": [[gettext("Reference"), reference], [gettext("Date served"), served.isoformat()]],
        "footer": gettext("%(reference)s, served on %(day)s; SHA-256 of these words:")
        % {"reference": reference, "day": served.isoformat()},
        "sha256": notice.sha256,
        "runs": _runs([Block.from_json(block) for block in notice.body]),
    }


def _runs(blocks: list[Block]) -> list[dict[str, Any]]:
    """Neighbouring items are one list; everything else stands alone."""
    runs: list[dict[str, Any]] = []
    for is_item, group in groupby(blocks, key=lambda block: block.kind == "item"):
        plain = [{"text": say(block.text), "cite": block.cite, "kind": block.kind} for block in group]
        if is_item:
            runs.append({"kind": "items", "blocks": plain})
        else:
            runs += [{"kind": one["kind"], "blocks": [one]} for one in plain]
    return runs
