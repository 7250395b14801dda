"""Small checks that several commands of this room share (6 USC 969)."""

from __future__ import annotations

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding


def said(where: str, text: str, longest: int, cite: str = "6 USC 969(2)") -> Reason:
    """The field says something, and no more than fits."""
    return finding(
        cite,
        f"{where}_given",
        0 < len(text.strip()) <= longest,
        N_("The field '%(name)s' is filled in."),
        N_("The field '%(name)s' is empty or longer than %(longest)d characters."),
        mend=N_("Write it in at most %(longest)d characters."),
        where=where,
        name=where,
        longest=longest,
    )
