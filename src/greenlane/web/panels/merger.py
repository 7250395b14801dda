"""Names for the parts of an account in forms of mergers and splits, and its page as a case (6 USC 962)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.models import Case
from greenlane.participants.identifiers import FORMATS
from greenlane.participants.models import Merger, MovedPart
from greenlane.participants.parts import title_of
from greenlane.participants.queries_merging import parts_of
from greenlane.people.visibility import Viewer
from greenlane.web import components as c
from greenlane.web.choices import Scene, vocabulary
from greenlane.web.panels.registry import Panel, panel
from greenlane.web.staff import wording

Pair = tuple[UUID, str]


@panel("merger", title=gettext_lazy("The merger"))
def merger(case: Case, viewer: Viewer, on: date) -> Panel:
    """Which accounts, since when, and what went where."""
    row = Merger.objects.select_related("survivor", "merged").get(pk=case.pk)
    columns = (c.Column(_("Kind"), heads_row=True), c.Column(_("What")))
    moved = MovedPart.objects.filter(change=case.pk).order_by("part", "name", "id")
    cells = [c.Row((wording.kind_words(part), _words(part, name))) for part, name in moved.values_list("part", "name")]
    facts = [
        c.Fact(_("Merged"), row.merged.legal_name),
        c.Fact(_("Goes on in"), row.survivor.legal_name),
        c.Fact(_("Since"), row.merged_on),
        c.Fact(_("Split on"), row.split_on or "-"),
        c.Fact(_("Reason"), row.reason),
    ]
    return Panel("panels/merger.html", {"facts": facts, "moved": c.Table(_("What went along"), columns, cells)})


@vocabulary("account_parts")
def account_parts(scene: Scene) -> Iterable[Pair]:
    """The parts of the company in force now."""
    return _named(parts_of(scene.participant_id)) if scene.participant_id else ()


@vocabulary("merger_came")
def merger_came(scene: Scene) -> Iterable[Pair]:
    """The parts of the survivor that came with this merger."""
    return _of_merger(scene, came=True)


@vocabulary("merger_since")
def merger_since(scene: Scene) -> Iterable[Pair]:
    """The other parts of the survivor, of which some may go along."""
    return _of_merger(scene, came=False)


def _of_merger(scene: Scene, *, came: bool) -> Iterable[Pair]:
    row = Merger.objects.filter(pk=scene.case.pk).first() if scene.case else None
    if row is None:
        return ()
    with_it = set(MovedPart.objects.filter(change=row.pk).values_list("to_series", flat=True))
    return _named(one for one in parts_of(row.survivor_id) if (one[1].series in with_it) is came)


def _named(rows: Iterable[tuple[str, Any]]) -> list[Pair]:
    return [(row.series, f"{wording.kind_words(part)}: {_words(part, title_of(row))}") for part, row in rows]


def _words(part: str, name: str) -> str:
    """The record names an identifier by the code of its kind; people read what the kind is called."""
    code, _space, value = name.partition(" ")
    return f"{_(FORMATS[code].title)} {value}" if part == "identifier" and code in FORMATS else name
