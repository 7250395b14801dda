"""Checks that the commands of this room share; each is a reason under its clause (6 USC 967, 971)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from greenlane.casework import checks
from greenlane.casework.checks import UNSEEN, Words
from greenlane.casework.context import Context
from greenlane.casework.models import Case, Document
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding

LONGEST = 5000
"""Characters of a text that a person writes here."""

SAID = Words(
    yes=N_("The words are given."),
    no=N_("The words are missing, or longer than %(longest)s characters."),
    mend=N_("Write it in plain words, in at most %(longest)s characters."),
    unseen=UNSEEN,
)
FITS = Words(
    yes=N_("It can be kept whole."),
    no=N_("It is longer than %(longest)s characters."),
    mend=N_("Shorten it, or add a document."),
    unseen=UNSEEN,
)
TODAY = Words(
    yes=checks.TODAY.yes,
    no=N_("It counts on the day on which it is given, %(today)s, and not on %(on)s: protections come first."),
    mend=checks.TODAY.mend,
)
ON_FILE = Words(
    yes=N_("%(count)s documents are on file."),
    no=N_("These are no documents of this company: %(missing)s."),
    mend=N_("Add the document to a case of the company first, then choose it."),
)


def said(text: str, where: str, cite: str = "6 USC 967(a)", *, longest: int = LONGEST) -> Reason:
    """Is there a text, and is it not too long?"""
    return checks.filled(cite, where, text, longest, code="text_given", words=SAID)


def fits(text: str, where: str, cite: str = "6 USC 967(a)", *, longest: int = LONGEST) -> Reason:
    """Is a text that may be left out not too long?"""
    return checks.fits(cite, where, text, longest, words=FITS)


def today(ctx: Context, where: str = "on") -> Reason:
    """Nothing is taken away, and no period begins, on a day before the one on which it is decided."""
    return checks.counts_today(ctx, "6 USC 967(a)", where=where, words=TODAY)


def on_file(documents: Iterable[UUID], participant: UUID, where: str, cite: str = "6 USC 967(a)") -> Iterator[Reason]:
    """Is each document on file in a case of this company? Nothing to say where none is named."""
    wanted = tuple(documents)
    if wanted:
        yield checks.on_file(cite, where, wanted, Document.objects.filter(participant_id=participant), ON_FILE)


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
