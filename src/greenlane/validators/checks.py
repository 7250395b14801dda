"""Small checks and names that several commands of this room share (6 USC 968)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from greenlane.casework import checks
from greenlane.casework.checks import FILLED, Words
from greenlane.casework.context import Context
from greenlane.casework.models import Document
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, finding

LONGEST_TEXT = 10_000
BIGGEST_SUM = 10**15
TEXTAREA = {"widget": "textarea"}
SHORT = replace(checks.FITS, mend=FILLED.mend)
ON_FILE = Words(
    yes=N_("The documents are on file."),
    no=N_("A document is needed here, and each must have been uploaded to this case."),
    mend=N_("Upload the document to this case, then choose it."),
)


def key_of(name: str) -> str:
    """A name as it is compared: without regard to case and blanks."""
    return " ".join(name.split()).casefold()[:200]


def filled(cite: str, where: str, text: str, longest: int = LONGEST_TEXT) -> Reason:
    """The field has some text that reads as it is written, and not more than fits."""
    return checks.filled(cite, where, text, longest)


def fits(cite: str, where: str, text: str, longest: int = 2000) -> Reason:
    """What may be left out reads as it is written, and is not longer than fits: nothing is cut off unsaid."""
    return checks.fits(cite, where, text.strip(), longest, words=SHORT)


def sum_in_range(cite: str, where: str, dollars: int, least: int = 0) -> Reason:
    """The sum is in whole dollars that can be."""
    return finding(
        cite,
        f"{where}_in_range",
        least <= dollars <= BIGGEST_SUM,
        N_("The sum can be."),
        N_("The sum is not between %(least)s and %(most)s dollars."),
        mend=N_("Give whole dollars."),
        where=where,
        least=f"{least:,}",
        most=f"{BIGGEST_SUM:,}",
    )


def documents_here(cite: str, where: str, keys: Iterable[UUID], *cases: UUID, needed: bool = True) -> Reason:
    """Every document that is named lies in one of these cases; at least one is named where one is needed."""
    here = Document.objects.filter(case_id__in=cases)
    return checks.on_file(cite, where, keys, here, ON_FILE, code=f"{where}_on_file", needed=needed)


def who(ctx: Context) -> UUID:
    """The person who gives the command; the case itself where it is the platform."""
    return ctx.actor.account or ctx.the_case.id


def yes(cite: str, code: str, sentence: str) -> Verdict:
    """A verdict of one reason that always holds: the procedure's table has said the rest."""
    return Verdict((finding(cite, code, True, sentence, ""),))


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """Equal reasons of several days or visits said once."""
    return list({(r.citation.cite, r.code, r.where, r.holds, str(r.sentence)): r for r in reasons}.values())
