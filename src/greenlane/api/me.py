"""Who you are here, and what your offices let you do (6 USC 971(c))."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from greenlane.api.authority import Access, operation, viewer
from greenlane.api.shapes import PARTICIPANT, Shape, reply, show
from greenlane.casework.doors import public_commands
from greenlane.law.authority import GRANTS

router = Router(tags=["me"])


class MeShape(Shape):
    """The account whose key is used, its offices in force today, and the companies that they are held for."""

    id: Annotated[UUID, PARTICIPANT]
    email: Annotated[str, PARTICIPANT]
    name: Annotated[str, PARTICIPANT]
    offices: Annotated[list[str], PARTICIPANT]
    participants: Annotated[list[UUID], PARTICIPANT]
    commands: Annotated[list[str], PARTICIPANT]


@operation(router, "GET", "/me", access=Access.SIGNED_IN, response=MeShape)
def me(request: HttpRequest) -> HttpResponse:
    """Your account, and the commands that your offices can give at least somewhere."""
    account, who = request.auth, viewer(request)  # type: ignore[attr-defined]
    names = [s.name for s in public_commands() if who.offices & {grant.office for grant in GRANTS.get(s.name, ())}]
    values = {
        "id": account.pk,
        "email": account.email,
        "name": account.name,
        "offices": sorted(office.value for office in who.offices),
        "participants": list(who.participants),
        "commands": names,
    }
    return reply(request, show(MeShape, values, "participant"))
