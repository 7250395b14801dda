"""What benefits were worth, as figures or as 'not measurable' with why (965(b)(2), 966(c), 19:4311(b)(5))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api.authority import Access, operation
from greenlane.api.shapes import STAFF, Shape, reply, show
from greenlane.casework.doors import say
from greenlane.release import benefits

router = Router(tags=["release"])


class BenefitFigureShape(Shape):
    """A figure of one tier and mode, or why there is none.

    ``measure``: 'examined', a share from 0 to 1 with Wilson's interval; 'hours_to_release', the median of the hours
    from filing to the message of all of government; 'all' where nothing of a mode can be measured. ``low`` and
    ``high``: the interval at 95 per cent. ``entries``: numbers of the entries because of which there is no figure, at
    most 20.
    """

    floor = "staff"

    measure: Annotated[str, STAFF]
    tier: Annotated[int | None, STAFF]
    mode: Annotated[str, STAFF]
    first: Annotated[date, STAFF]
    last: Annotated[date, STAFF]
    measurable: Annotated[bool, STAFF]
    numerator: Annotated[int | None, STAFF]
    denominator: Annotated[int | None, STAFF]
    value: Annotated[float | None, STAFF]
    low: Annotated[float | None, STAFF]
    high: Annotated[float | None, STAFF]
    why: Annotated[str, STAFF]
    entries: Annotated[list[str], STAFF]


@operation(
    router,
    "GET",
    "/release/measures",
    access=Access.STAFF,
    citations=benefits.CITES,
    response=list[BenefitFigureShape],
)
def release_measures(
    request: HttpRequest,
    first: Annotated[date, Query(description="First day of filing (UTC).")],
    last: Annotated[date, Query(description="Last day of filing (UTC), included.")],
    programme: Annotated[str, Query(max_length=40)] = "ctpat",
) -> HttpResponse:
    """Rates of examination and hours to release by mode and tier, from the decisions on record.

    A mode in which an entry fails a check has no figure at all: what else is wrong in it is not known.
    """
    found = benefits.figures(programme, benefits.period_of(first, last))
    return reply(request, [_shown(benefits.to_json(one)) for one in found])


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return show(BenefitFigureShape, {**values, "why": say(values["why"])}, "staff")
