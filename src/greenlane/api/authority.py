"""Who may use which operation: each declares it, and what declares nothing does not exist (6 USC 971(c))."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from greenlane.casework.dates import legal_date
from greenlane.law.authority import Office
from greenlane.people.models import Account
from greenlane.people.queries import account_of_token
from greenlane.people.visibility import Viewer, viewer_of

View = Callable[..., HttpResponse]


class Access(StrEnum):
    """What an operation asks of the person who calls it."""

    PUBLIC = "public"
    """Anybody, without a key: the law, programmes, criteria, proofs."""
    SIGNED_IN = "signed_in"
    """Any live account; which rows it sees is said in ``people.visibility``."""
    STAFF = "staff"
    """Offices of the programme."""
    NEED_TO_KNOW = "need_to_know"
    """Vetting, supervision, audit."""
    AGREEMENT = "agreement"
    """A partner agency; whether an agreement in force lets it read is decided by the rule of 971(c) itself."""
    COMMAND = "command"
    """Any live account; whether its offices reach is decided, and recorded, by the command itself."""

    def admits(self, viewer: Viewer) -> bool:
        if self is Access.STAFF:
            return viewer.is_staff
        if self is Access.NEED_TO_KNOW:
            return viewer.needs_to_know
        if self is Access.AGREEMENT:
            return Office.PARTNER_AGENCY in viewer.offices
        return self is Access.PUBLIC or viewer.account is not None


class Bearer(HttpBearer):
    """The key of a program, issued by a programme manager; only its hash is on record."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        return _admitted(request, account_of_token(token, today()), self.access)


class SignedIn(SessionAuth):
    """The session of a person who signed in on the pages; changes need the CSRF token."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access

    def _get_key(self, request: HttpRequest) -> str | None:
        """The session's key; None for nobody's, who is then told how to get a key, not of a token of pages."""
        if not request.user.is_authenticated:
            return None
        try:
            key: str | None = super()._get_key(request)
        except HttpError:
            raise HttpError(
                403,
                _(
                    "You are signed in on the pages, and a change needs their token: send it as 'X-CSRFToken'. "
                    "A program sends 'Authorization: Bearer' with a key that a programme manager issues."
                ),
            ) from None
        return key

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        user = request.user
        return _admitted(request, user if isinstance(user, Account) and user.is_active else None, self.access)


def _admitted(request: HttpRequest, account: Account | None, access: Access) -> Account | None:
    """The account, once its offices are admitted: before a word of what it sends is read. Raises HttpError (403)."""
    if account is not None:
        known = viewer_of(account, today())
        if not access.admits(known):
            raise HttpError(403, _("None of your offices may read this (6 USC 971(c))."))
        request.greenlane_viewer = known  # type: ignore[attr-defined]
    return account


def now() -> datetime:
    """The instant of the request (UTC)."""
    return timezone.now()


def today() -> date:
    """The legal day of the request, where the programme has its seat."""
    return legal_date(now())


def viewer(request: HttpRequest) -> Viewer:
    """Who looks: looked up once in a request."""
    known: Viewer | None = getattr(request, "greenlane_viewer", None)
    if known is None:
        account = getattr(request, "auth", None)
        known = viewer_of(account if isinstance(account, Account) else None, today())
        request.greenlane_viewer = known  # type: ignore[attr-defined]
    return known


@dataclass(frozen=True)
class Declared:
    """An operation as it was declared: what a test walks over, office by office."""

    name: str
    method: str
    path: str
    access: Access


OPERATIONS: dict[str, Declared] = {}


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    access: Access,
    name: str = "",
    citations: Iterable[str] = ("6 USC 971(c)",),
    extra: dict[str, Any] | None = None,
    **options: Any,
) -> Callable[[View], View]:
    """Register a view as an operation with its access. Options go on to the router (response, tags, summary)."""

    def register(view: View) -> View:
        operation_id = name or view.__name__
        if operation_id in OPERATIONS:
            raise ValueError(f"two operations are named {operation_id}")
        OPERATIONS[operation_id] = Declared(operation_id, method, path, access)
        router.add_api_operation(
            path,
            [method],
            view,
            auth=None if access is Access.PUBLIC else [Bearer(access), SignedIn(access)],
            operation_id=operation_id,
            openapi_extra={"x-access": access.value, "x-citations": list(citations), **(extra or {})},
            **{"summary": _summary(view), "description": inspect.getdoc(view), **options},
        )
        return view

    return register


def _summary(view: View) -> str:
    return (inspect.getdoc(view) or view.__name__).splitlines()[0].rstrip(".")
