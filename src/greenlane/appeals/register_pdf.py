"""The list for the Federal Register on paper (6 USC 967(b))."""

from __future__ import annotations

from django.utils.translation import gettext as _

from greenlane.appeals.models import ListedName, RegisterList
from greenlane.appeals.register import CITE
from greenlane.casework.notices import Block, heading, item, paragraph
from greenlane.casework.pdf import paper_pdf
from greenlane.law.sentences import N_, Sentence
from greenlane.programs.queries import terms_of


def list_pdf(one: RegisterList) -> bytes:
    """The list as a PDF (PDF/UA-1): each name with its arithmetic. The same list gives the same bytes."""
    terms = terms_of(one.programme, one.issued_on)
    names = list(one.names.order_by("position"))
    blocks = [
        paragraph(N_("Participants who have been suspended or expelled, and whose appeal process is complete."), CITE),
        *([paragraph(N_("%(words)s"), words=one.note)] if one.note else []),
        *(block for listed in names for block in _name(listed)),
    ]
    return paper_pdf(
        blocks,
        title=_("List %(number)s of suspended and expelled participants") % {"number": one.number},
        agency=terms.agency,
        programme=terms.title,
        recipient="",
        day=one.published_on,
        facts=[
            (_("Issued on"), one.issued_on.isoformat()),
            (_("Published on"), one.published_on.isoformat()),
            (_("Participants"), str(len(names))),
        ],
        footer=_("List %(number)s, published on %(day)s; SHA-256 of its names:")
        % {"number": one.number, "day": one.published_on.isoformat()},
        sha256=one.sha256,
    )


def _name(listed: ListedName) -> list[Block]:
    place = ", ".join(part for part in (listed.city, listed.country) if part)
    said = N_("%(measure)s decided on %(decided)s, until %(until)s. Place: %(place)s.")
    values = {
        "measure": _(listed.measure.capitalize()),
        "decided": listed.decided_on,
        "until": listed.period_until or "-",
        "place": place or "-",
    }
    return [
        heading(N_("%(name)s"), name=listed.name),
        paragraph(said, CITE, **values),
        *(item(Sentence.from_json(reason), "") for reason in listed.basis),
    ]
