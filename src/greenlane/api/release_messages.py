"""What is said to the trade of a decision on record: status records, WCO responses (19 USC 4311(b)(4)(A))."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api.authority import Access, operation
from greenlane.api.shapes import STAFF, Shape, of, reply, show
from greenlane.release import kept
from greenlane.release.responses import messages_of

router = Router(tags=["release"])


class MessageShape(Shape):
    """One message: ``form`` 'so' or 'wco'; ``kind`` 'status', or the kind of a response; ``text`` as it is sent."""

    floor = "staff"

    form: Annotated[str, STAFF]
    kind: Annotated[str, STAFF]
    text: Annotated[str, STAFF]


@operation(
    router,
    "GET",
    "/release/entries/{path:number}/messages",
    access=Access.STAFF,
    citations=("19 USC 4311(b)(4)(A)",),
    response=list[MessageShape],
)
def release_messages(
    request: HttpRequest,
    number: str,
    form: Annotated[Literal["so", "wco"], Query(description="Records of 80 columns, or WCO responses in XML.")] = "so",
) -> HttpResponse:
    """The messages that the decision that stands on an entry leads to, in the order in which they are sent."""
    found = messages_of(kept.told_of(kept.latest(number)), form)
    return reply(request, [show(MessageShape, of(one, "form", "kind", "text"), "staff") for one in found])
