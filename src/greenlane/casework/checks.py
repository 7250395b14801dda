"""Checks of what people write, attach and date, which the commands of every room share (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import bidirectional, category
from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework.context import Context
from greenlane.casework.dates import legal_date
from greenlane.casework.models import Document
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding

_UNSEEN = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a check says where it holds, where it does not, and what mends it.

    The sentences may name the values that the check says it gives. ``unseen`` is said of a text that would fit but
    holds signs that cannot be seen; '' says ``no`` of that too.
    """

    yes: str
    no: str
    mend: str = ""
    unseen: str = ""


FILLED = Words(
    yes=N_("The field '%(name)s' is filled in."),
    no=N_("The field '%(name)s' is empty, longer than %(longest)s characters, or holds signs that cannot be seen."),
    mend=N_("Type it in with at most %(longest)s characters."),
)
FITS = Words(
    yes=N_("The field '%(name)s' fits."),
    no=N_("The field '%(name)s' is longer than %(longest)s characters, or holds signs that cannot be seen."),
    mend=N_("Shorten it, and attach a document for the rest."),
)
UNSEEN = N_("It holds signs that cannot be seen, or that turn the direction of reading.")
TODAY = Words(
    yes=N_("It counts on the day on which it is given, %(today)s."),
    no=N_("It counts on the day on which it is given, %(today)s, and not on %(on)s."),
    mend=N_("Leave the date out."),
)


def shows_what_it_says(text: str) -> bool:
    """No control signs but line breaks and tabs, and none that turn the direction in which a name reads."""
    return all(c in "\n\r\t" or (category(c) != "Cc" and bidirectional(c) not in _UNSEEN) for c in text)


def filled(cite: str, where: str, text: str, longest: int, *, code: str = "", words: Words = FILLED) -> Reason:
    """There is some text, it reads as it is written, and it is not longer than *longest* characters.

    The code is '<where>_given' unless one is given. Values of the words: name, longest, length.
    """
    length = len(text.strip())
    return _text(cite, where, text, longest, code or f"{where}_given", words, 0 < length <= longest, length)


def fits(cite: str, where: str, text: str, longest: int, *, words: Words = FITS) -> Reason:
    """A text that may be left out reads as it is written, and is not longer than *longest* characters.

    Values of the words: name, longest, length.
    """
    return _text(cite, where, text, longest, f"{where}_fits", words, len(text) <= longest, len(text))


def _text(cite: str, where: str, text: str, longest: int, code: str, words: Words, sized: bool, length: int) -> Reason:
    return finding(
        cite,
        code,
        sized and shows_what_it_says(text),
        words.yes,
        words.unseen if sized and words.unseen else words.no,
        mend=words.mend,
        where=where,
        name=where,
        longest=longest,
        length=length,
    )


def counts_today(ctx: Context, cite: str, *, where: str = "", words: Words = TODAY) -> Reason:
    """It counts on the day on which it is given: nobody dates it back or ahead. Values of the words: today, on."""
    day = legal_date(ctx.at)
    return finding(
        cite, "counts_today", ctx.on == day, words.yes, words.no, mend=words.mend, where=where, today=day, on=ctx.on
    )


def on_file(
    cite: str,
    where: str,
    named: Iterable[UUID],
    among: QuerySet[Document],
    words: Words,
    *,
    code: str = "documents_on_file",
    needed: bool = False,
    most: int | None = None,
    shown: int | None = None,
) -> Reason:
    """Every document that is named is one of *among*: at least one where one is *needed*, and not more than *most*.

    Values of the words: count (of those named), missing (the numbers of the first *shown* that are not there), most.
    """
    wanted = list(dict.fromkeys(named))
    there = set(among.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    missing = [str(key) for key in wanted if key not in there]
    return finding(
        cite,
        code,
        not missing and (bool(wanted) or not needed) and (most is None or len(wanted) <= most),
        words.yes,
        words.no,
        mend=words.mend,
        where=where,
        count=len(wanted),
        missing=", ".join(missing[:shown]) or "-",
        most=most or "-",
    )
