"""Small checks and names that several commands of this room share (6 USC 968)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.models import Document
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, finding
from greenlane.participants.checks import shows_what_it_says

LONGEST_TEXT = 10_000
BIGGEST_SUM = 10**15
TEXTAREA = {"widget": "textarea"}


def key_of(name: str) -> str:
    """A name as it is compared: without regard to case and blanks."""
    return " ".join(name.split()).casefold()[:200]


def filled(cite: str, where: str, text: str, longest: int = LONGEST_TEXT) -> Reason:
    """The field has some text that reads as it is written, and not more than fits."""
    return finding(
        cite,
        f"{where}_given",
        0 < len(text.strip()) <= longest and shows_what_it_says(text),
        N_("The field '%(name)s' is filled in."),
        N_("The field '%(name)s' is empty, longer than %(longest)s characters, or holds signs that cannot be seen."),
        mend=N_("Type it in with at most %(longest)s characters."),
        where=where,
        name=where,
        longest=longest,
    )


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
    named = tuple(dict.fromkeys(keys))
    known = Document.objects.filter(pk__in=named, case_id__in=cases).count() if named else 0
    return finding(
        cite,
        f"{where}_on_file",
        known == len(named) and (bool(named) or not needed),
        N_("The documents are on file."),
        N_("A document is needed here, and each must have been uploaded to this case."),
        mend=N_("Upload the document to this case, then choose it."),
        where=where,
    )


def who(ctx: Context) -> UUID:
    """The person who gives the command; the case itself where it is the platform."""
    return ctx.actor.account or ctx.the_case.id


def yes(cite: str, code: str, sentence: str) -> Verdict:
    """A verdict of one reason that always holds: the procedure's table has said the rest."""
    return Verdict((finding(cite, code, True, sentence, ""),))


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """Equal reasons of several days or visits said once."""
    return list({(r.citation.cite, r.code, r.where, r.holds, str(r.sentence)): r for r in reasons}.values())
