"""What other numbers of the policy would do, asked by programs (6 USC 964(a), 965(b), 966(c))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from greenlane.api.authority import Access, operation, viewer
from greenlane.api.release import CITE, STRICT
from greenlane.api.shapes import STAFF, Shape, reply, show
from greenlane.casework.doors import said
from greenlane.release import whatif, whatif_hours

router = Router(tags=["release"])


class WhatIfShape(Shape):
    """What other numbers would do to the entries on record: by tier, mode, port and business type, before and after.

    ``changed``: entries with another score, examination or release. The ``pathways`` of a side are null where only the
    sums of very many entries are known. ``hours``: the mean hours to release that the mix of examinations makes of the
    means that were ``measured`` by mode and examination, or ``why`` there is none.
    """

    floor = "staff"

    changes: Annotated[dict[str, list[int]], STAFF]
    entries: Annotated[int, STAFF]
    changed: Annotated[int, STAFF]
    tiers: Annotated[dict[str, Any], STAFF]
    modes: Annotated[dict[str, Any], STAFF]
    ports: Annotated[dict[str, Any], STAFF]
    businesses: Annotated[dict[str, Any], STAFF]
    hours: Annotated[dict[str, Any], STAFF]


class WhatIf(Schema):
    """Numbers that differ from those in force; 'threshold' may be among them.

    ``first`` and ``last``: all entries filed on these days (UTC) and between; without them, the latest entries.
    """

    model_config = STRICT

    programme: Annotated[str, Field(max_length=40)] = "ctpat"
    numbers: dict[str, int]
    first: date | None = None
    last: date | None = None


@operation(router, "POST", "/release/what-if", access=Access.STAFF, citations=CITE, response=WhatIfShape)
def release_what_if(request: HttpRequest, body: WhatIf) -> HttpResponse:
    """What other numbers would do to the entries on record: examinations, scores and hours by tier, mode and port."""
    on, period = viewer(request).on, whatif.period_given(body.first, body.last)
    asked = whatif.ask(body.programme, body.numbers, on)
    found = whatif.answer(body.programme, asked, period)
    hours = whatif_hours.to_json(found, whatif_hours.measured(body.programme, period, on))
    values = {
        "changes": {name: list(pair) for name, pair in asked.changes.items()},
        **found.to_json(),
        "hours": said(hours),
    }
    return reply(request, show(WhatIfShape, values, "staff"))
