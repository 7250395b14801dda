"""Small checks that several commands of this room share (6 USC 969)."""

from __future__ import annotations

from greenlane.casework.checks import UNSEEN, Words, filled
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason

SAID = Words(
    yes=N_("The field '%(name)s' is filled in."),
    no=N_("The field '%(name)s' is empty or longer than %(longest)d characters."),
    mend=N_("Write it in at most %(longest)d characters."),
    unseen=UNSEEN,
)


def said(where: str, text: str, longest: int, cite: str = "6 USC 969(2)") -> Reason:
    """The field says something, and no more than fits."""
    return filled(cite, where, text, longest, words=SAID)
