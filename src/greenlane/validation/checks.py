"""Small checks that several commands of this room share (6 USC 965)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from greenlane.casework import checks
from greenlane.casework.checks import FILLED, Words
from greenlane.casework.context import Context
from greenlane.casework.models import Document
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.validation.models import Validation

LONG = 5000
"""The most characters of a text that a person writes."""

ON_FILE = Words(
    yes=N_("The documents are on file in this case."),
    no=N_("These documents are not on file in this case: %(missing)s."),
    mend=N_("Upload them to this case first, then name them."),
)


def written(cite: str, where: str, text: str, mend: str, longest: int = LONG) -> Reason:
    """There is some text that reads as it is written, and not more than fits."""
    return checks.filled(cite, where, text, longest, words=replace(FILLED, mend=mend))


def fits(cite: str, where: str, text: str, longest: int = LONG) -> Reason:
    """The text, which may be empty, reads as it is written and is not longer than fits."""
    return checks.fits(cite, where, text, longest)


def counts_today(ctx: Context, cite: str) -> Reason:
    """A notice, and a rise of a tier, count on the day on which they are given: nobody dates them back."""
    return checks.counts_today(ctx, cite)


def on_file(cite: str, where: str, case_id: UUID, documents: Iterable[UUID]) -> Reason:
    """Every document named was uploaded to this very case."""
    return checks.on_file(cite, where, documents, Document.objects.filter(case_id=case_id), ON_FILE)


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
