"""Sign-in for the invented people of a demonstration. It exists in a demonstration database only: 971(c)."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from greenlane.demonstration.models import Founding, Guest
from greenlane.law.authority import Office
from greenlane.people.models import Account
from greenlane.web.authority import OFFICE_TITLES, declared

SALT = "greenlane.demonstration"


def is_demonstration() -> bool:
    """Both the operator and the database must say so; a real database can never be made to."""
    return bool(settings.DEMONSTRATION) and Founding.objects.exists()


def sign_in_links() -> list[tuple[str, str, str]]:
    """For each guest: the office, what the person does, and the path that signs in."""
    if not is_demonstration():
        return []
    return [
        (row.office, row.says, reverse("web:demonstration-enter", args=[row.office, _token(row)])) for row in _guests()
    ]


def _token(guest: Guest) -> str:
    """What makes a link hard to guess: a keyed hash over the guest."""
    return salted_hmac(SALT, str(guest.account_id)).hexdigest()[:24]


def _guests() -> list[Guest]:
    order = {office.value: place for place, office in enumerate(Office)}
    return sorted(Guest.objects.all(), key=lambda row: (order[row.office], str(row.pk)))


@declared("public")
@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The invented people, by office. 404 outside a demonstration."""
    if not is_demonstration():
        raise Http404
    names = {a.pk: a.name for a in Account.objects.filter(pk__in=Guest.objects.values("account_id"))}
    people = [
        {
            "account": row.account_id,
            "name": names[row.account_id],
            "office": OFFICE_TITLES[Office(row.office)],
            "says": row.says,
        }
        for row in _guests()
    ]
    return render(request, "web/demonstration.html", {"people": people})


@declared("public")
@never_cache
@require_POST
def become(request: HttpRequest, account: UUID) -> HttpResponse:
    """Sign in as one of them. 404 outside a demonstration, and for anybody who is not a guest of it."""
    return _enter(request, account)


@declared("public")
@never_cache
@require_safe
def enter(request: HttpRequest, office: str, token: str) -> HttpResponse:
    """Sign in with a link that the demonstration printed. 404 outside a demonstration."""
    for guest in Guest.objects.filter(office=office):
        if constant_time_compare(_token(guest), token):
            return _enter(request, guest.account_id)
    raise Http404


def _enter(request: HttpRequest, key: UUID) -> HttpResponse:
    if not is_demonstration():
        raise Http404
    guest = get_object_or_404(Guest, account_id=key)
    account = get_object_or_404(Account, pk=guest.account_id, closed_on=None)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
