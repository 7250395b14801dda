"""Small checks that several commands of this room share (6 USC 965)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.dates import legal_date
from greenlane.casework.models import Document
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.participants.checks import shows_what_it_says
from greenlane.validation.models import Validation

LONG = 5000
"""The most characters of a text that a person writes."""


def written(cite: str, where: str, text: str, mend: str, longest: int = LONG) -> Reason:
    """There is some text that reads as it is written, and not more than fits."""
    return finding(
        cite,
        f"{where}_given",
        0 < len(text.strip()) <= longest and shows_what_it_says(text),
        N_("The field '%(name)s' is filled in."),
        N_("The field '%(name)s' is empty, longer than %(longest)s characters, or holds signs that cannot be seen."),
        mend=mend,
        where=where,
        name=where,
        longest=longest,
    )


def fits(cite: str, where: str, text: str, longest: int = LONG) -> Reason:
    """The text, which may be empty, reads as it is written and is not longer than fits."""
    return finding(
        cite,
        f"{where}_fits",
        len(text) <= longest and shows_what_it_says(text),
        N_("The field '%(name)s' fits."),
        N_("The field '%(name)s' is longer than %(longest)s characters, or holds signs that cannot be seen."),
        mend=N_("Shorten it, and attach a document for the rest."),
        where=where,
        name=where,
        longest=longest,
    )


def counts_today(ctx: Context, cite: str) -> Reason:
    """A notice, and a rise of a tier, count on the day on which they are given: nobody dates them back."""
    day = legal_date(ctx.at)
    return finding(
        cite,
        "counts_today",
        ctx.on == day,
        N_("It counts on the day on which it is given, %(today)s."),
        N_("It counts on the day on which it is given, %(today)s, and not on %(on)s."),
        mend=N_("Leave the date out."),
        today=day,
        on=ctx.on,
    )


def on_file(cite: str, where: str, case_id: UUID, documents: Iterable[UUID]) -> Reason:
    """Every document named was uploaded to this very case."""
    named = set(documents)
    known = set(Document.objects.filter(case_id=case_id, pk__in=named).values_list("pk", flat=True)) if named else set()
    missing = sorted(str(key) for key in named - known)
    return finding(
        cite,
        "documents_on_file",
        not missing,
        N_("The documents are on file in this case."),
        N_("These documents are not on file in this case: %(missing)s."),
        mend=N_("Upload them to this case first, then name them."),
        where=where,
        missing=", ".join(missing) or "-",
    )


def purpose_is(validation: Validation, *purposes: str) -> Reason:
    """The command decides a validation of this kind."""
    return finding(
        "6 USC 966(a)" if "tier_three" in purposes else "6 USC 965(a)",
        "purpose_fits",
        validation.purpose in purposes,
        N_("The decision is the one that this validation is for."),
        N_("This validation is for another decision: %(purpose)s."),
        mend=N_("Give the decision that this validation is for."),
        purpose=validation.purpose,
    )
