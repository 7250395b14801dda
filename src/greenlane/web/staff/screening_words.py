"""Bars of a score, changes since a decision and the keys of the pages of screening, in words (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.law.sentences import Sentence
from greenlane.vetting.matching.parties import Part
from greenlane.vetting.sides import FACTS, Difference
from greenlane.web import components as c
from greenlane.web.staff.screening_score import PART_TITLES
from greenlane.web.staff.wording import Words

GONE: Mapping[str, Words] = {
    "entry_removed": gettext_lazy("The list does not have this entry any more, so there is nothing to decide."),
    "party_removed": gettext_lazy("The company does not name this party any more, so there is nothing to decide."),
    "not_alike": gettext_lazy("As both are known now, they are not alike any more."),
    "": gettext_lazy("The latest screening does not show this hit any more."),
}
SIDES: Mapping[str, Words] = {
    "party": gettext_lazy("The company's party"),
    "entry": gettext_lazy("The listed party"),
    "score": gettext_lazy("The score"),
}
ZERO, RIGHT = 30, 130
"""Where nought stands in a bar of 130 units, so that a hundred points fill what is right of it."""


@dataclass(frozen=True)
class Bar:
    """One part of a score: a bar from nought to its points, its number, and why."""

    title: Words
    points: int
    sentence: Sentence

    @property
    def x(self) -> int:
        return max(0, ZERO + min(self.points, 0))

    @property
    def width(self) -> int:
        return min(abs(self.points), RIGHT - ZERO if self.points > 0 else ZERO)

    @property
    def signed(self) -> str:
        return f"+{self.points}" if self.points > 0 else str(self.points).replace("-", "\u2212")


def bars(parts: Sequence[Part]) -> list[Bar]:
    """Each part of a score as a bar, in the order of the engine."""
    return [Bar(PART_TITLES.get(part.code, part.code), part.points, part.sentence) for part in parts]


def difference_table(differences: Sequence[Difference]) -> c.Table:
    """What changed since a decision: the fact, what only stood then, and what only stands now."""
    columns = (
        c.Column(_("What changed"), heads_row=True), c.Column(_("On which side")), c.Column(_("Then")),
        c.Column(_("Now")),
    )  # fmt: skip
    rows = [
        c.Row((_(FACTS[one.fact]), SIDES[one.side], "; ".join(one.gone) or "-", "; ".join(one.new) or "-"))
        for one in differences
    ]
    return c.Table(_("What changed since the decision"), columns, rows, caption_hidden=True)


@dataclass(frozen=True)
class Key:
    """A key of a page: what it does (names and values that keys.js knows) and what it says."""

    key: str
    says: Words
    does: tuple[tuple[str, str], ...]


LIST_KEYS = (
    Key("j", gettext_lazy("next hit"), (("step", "1"),)),
    Key("k", gettext_lazy("previous hit"), (("step", "-1"),)),
    Key("/", gettext_lazy("look for a name"), (("enter", "#hits-name"),)),
    Key("b", gettext_lazy("close a false pattern"), (("go", "a[href$='/screening/patterns/']"),)),
)
"""Enter opens the hit that has the focus, as any link."""
HIT_KEYS = (
    Key("j", gettext_lazy("next hit"), (("go", "#hit-after"),)),
    Key("k", gettext_lazy("previous hit"), (("go", "#hit-before"),)),
    Key("f", gettext_lazy("false match"), (("choose", "outcome=false_match"),)),
    Key("t", gettext_lazy("true match"), (("choose", "outcome=true_match"),)),
    Key("u", gettext_lazy("not resolved yet"), (("choose", "outcome=unresolved"),)),
    Key("g", gettext_lazy("choose the ground"), (("enter", "[name=reason_code]"),)),
    Key("r", gettext_lazy("write the reason"), (("enter", "[name=reason]"),)),
    Key("q", gettext_lazy("back to the queue"), (("go", "#hit-queue"),)),
)
