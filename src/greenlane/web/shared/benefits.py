"""The benefits of a participant for people: each given, denied or not yet earned, with the clause (965-967)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from greenlane.casework.models import Case
from greenlane.participants.benefits import BenefitStatus
from greenlane.web.components import Chip
from greenlane.web.words import say


@dataclass(frozen=True)
class BenefitRow:
    """A benefit as a list shows it; ``links`` are the cases that deny it."""

    title: str
    chip: Chip
    why: str
    cite: Any
    links: tuple[tuple[str, str], ...] = ()
    later: bool = False
    """It goes with a higher tier; lists fold these."""


def benefit_rows(found: Sequence[BenefitStatus], *, case_page: str = "case", **where: Any) -> list[BenefitRow]:
    """Benefits in the order of the programme's terms. *case_page* is the page of a case, *where* what it needs more."""
    deciding = {key for one in found for key in one.denied_by}
    references = dict(Case.objects.filter(pk__in=deciding).values_list("pk", "reference")) if deciding else {}
    rows = []
    for one in found:
        links = tuple(
            (references[key], reverse(f"web:{case_page}", kwargs={**where, "key": key}))
            for key in one.denied_by
            if key in references
        )
        rows.append(_row(one, links))
    return rows


def _row(one: BenefitStatus, links: tuple[tuple[str, str], ...]) -> BenefitRow:
    title = _(one.benefit.title)
    reason = one.earned.reasons[0]
    if one.denied_by:
        return BenefitRow(title, Chip(_("Denied"), "bad"), _("Denied by a decision."), "6 USC 967(a)", links)
    if one.given:
        return BenefitRow(title, Chip(_("Given"), "good"), "", one.benefit.citation)
    return BenefitRow(title, Chip(_("Not at this tier"), "quiet"), say(reason.sentence), reason.citation, later=True)
