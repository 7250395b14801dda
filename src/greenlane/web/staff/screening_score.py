"""A score as people read it: what its parts are called, and both names word by word (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.web import components as c

PART_TITLES = {
    "name": gettext_lazy("Name"),
    "alias": gettext_lazy("Kind of alias"),
    "country": gettext_lazy("Country"),
    "birth_date": gettext_lazy("Birth or founding"),
    "identifier": gettext_lazy("Number"),
    "address": gettext_lazy("Address"),
    "limit": gettext_lazy("Limit"),
}
HOW_TITLES = {
    "exact": gettext_lazy("the same"),
    "typo": gettext_lazy("differs by letters"),
    "sound": gettext_lazy("sounds alike"),
    "symbol": gettext_lazy("means the same"),
    "initial": gettext_lazy("initial"),
    "prefix": gettext_lazy("begins the same"),
    "joined": gettext_lazy("written together"),
    "split": gettext_lazy("written apart"),
    "legal_form": gettext_lazy("legal form"),
    "only_here": gettext_lazy("only here"),
    "only_listed": gettext_lazy("only on the list"),
}
ALIAS_TITLES = {
    "primary": gettext_lazy("main name"),
    "alias": gettext_lazy("alias"),
    "weak_alias": gettext_lazy("weak alias"),
    "original_script": gettext_lazy("name in its own script"),
}


def words_table(rows: Iterable[Mapping[str, Any]]) -> c.Table:
    """The words of both names side by side; how much each tells, in hundredths of a rare word."""
    columns = (
        c.Column(_("Here"), heads_row=True),
        c.Column(_("On the list")),
        c.Column(_("How they are alike")),
        c.Column(_("Weight"), numeric=True),
    )
    found = [
        c.Row((row["ours"] or "-", row["theirs"] or "-", HOW_TITLES.get(row["how"], row["how"]), _weight(row)))
        for row in rows
    ]
    return c.Table(_("Word by word"), columns, found)


def _weight(row: Mapping[str, Any]) -> str:
    return f"{row['weight'] / 10:.0f}"
