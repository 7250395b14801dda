"""Checks that the commands of this room share; each is a reason under its clause (6 USC 967, 971)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.dates import legal_date
from greenlane.casework.models import Case, Document
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding

LONGEST = 5000
"""Characters of a text that a person writes here."""


def said(text: str, where: str, cite: str = "6 USC 967(a)", *, longest: int = LONGEST) -> Reason:
    """Is there a text, and is it not too long?"""
    return finding(
        cite,
        "text_given",
        0 < len(text.strip()) <= longest,
        N_("The words are given."),
        N_("The words are missing, or longer than %(longest)s characters."),
        mend=N_("Write it in plain words, in at most %(longest)s characters."),
        where=where,
        longest=longest,
    )


def fits(text: str, where: str, cite: str = "6 USC 967(a)", *, longest: int = LONGEST) -> Reason:
    """Is a text that may be left out not too long?"""
    return finding(
        cite,
        f"{where}_fits",
        len(text.strip()) <= longest,
        N_("It can be kept whole."),
        N_("It is longer than %(longest)s characters."),
        mend=N_("Shorten it, or add a document."),
        where=where,
        longest=longest,
    )


def today(ctx: Context, where: str = "on") -> Reason:
    """Nothing is taken away, and no period begins, on a day before the one on which it is decided."""
    day = legal_date(ctx.at)
    return finding(
        "6 USC 967(a)",
        "counts_today",
        ctx.on == day,
        N_("It counts on the day on which it is given, %(today)s."),
        N_("It counts on the day on which it is given, %(today)s, and not on %(on)s: protections come first."),
        mend=N_("Leave the date out."),
        where=where,
        today=day,
        on=ctx.on,
    )


def on_file(documents: Iterable[UUID], participant: UUID, where: str, cite: str = "6 USC 967(a)") -> Iterator[Reason]:
    """Is each document on file in a case of this company? Nothing to say where none is named."""
    wanted = set(documents)
    if not wanted:
        return
    there = set(Document.objects.filter(pk__in=wanted, participant_id=participant).values_list("pk", flat=True))
    strange = ", ".join(sorted(str(key) for key in wanted - there))
    yield finding(
        cite,
        "documents_on_file",
        not strange,
        N_("%(count)s documents are on file."),
        N_("These are no documents of this company: %(strange)s."),
        mend=N_("Add the document to a case of the company first, then choose it."),
        where=where,
        count=len(wanted),
        strange=strange or "-",
    )


def came_from(case_id: UUID | None, participant: UUID, cite: str = "6 USC 967(a)") -> Iterator[Reason]:
    """Is the case from which a consequence comes one of this company? Nothing to say where none is named."""
    if case_id is None:
        return
    yield finding(
        cite,
        "case_of_the_company",
        Case.objects.filter(pk=case_id, participant_id=participant).exists(),
        N_("It comes from a case of this company."),
        N_("The case from which it comes is none of this company."),
        mend=N_("Choose a case of this company, or leave it out."),
        where="because_of",
    )


def titles(documents: Iterable[UUID | str]) -> dict[str, str]:
    """The titles of documents by their number, one query for all."""
    wanted = {str(key) for key in documents}
    if not wanted:
        return {}
    rows = Document.objects.filter(pk__in=wanted).order_by("title", "version", "id")
    return {str(key): title for key, title in rows.values_list("pk", "title")}
