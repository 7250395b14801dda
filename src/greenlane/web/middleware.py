"""The two gates in front of every page: browser safeguards, and authority by declaration (971(c))."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from greenlane.web.authority import SAFEGUARDS, Declaration, declaration_of, office_titles, offices_of_request

log = structlog.get_logger(__name__)
Respond = Callable[[HttpRequest], HttpResponse]

POLICY = {
    "default-src": "'self'",
    # USWDS draws some of its form controls from data: images in its style sheet
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items())
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
)
API = "/api/"


class SecurityHeaders:
    """Adds the content policy to every answer and keeps signed-in pages out of every cache."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if "Cache-Control" not in response and (request.path.startswith(API) or _signed_in(request)):
            response["Cache-Control"] = "no-store"
        # a page may answer htmx with a part of itself; no cache may hand that part out as the whole page
        patch_vary_headers(response, ["HX-Request"])
        return response


class DeclaredAuthority(MiddlewareMixin):
    """Opens a page only to those whom its view declares; a view that declares nothing opens to nobody."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.path.startswith(API):
            return None
        declaration = declaration_of(view)
        if declaration is None:
            log.error("page without declared authority refused", path=request.path, view=_name(view))
            return _refuse(request, None)
        if declaration.access == "public" or declaration.allows(_signed_in(request), _offices(request, declaration)):
            return None
        if not _signed_in(request):
            return redirect_to_login(_return_to(request), reverse(settings.LOGIN_URL))
        return _refuse(request, declaration)


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and bool(user.is_authenticated)


def _offices(request: HttpRequest, declaration: Declaration) -> frozenset[Any]:
    return offices_of_request(request) if declaration.access == "offices" else frozenset()


def _return_to(request: HttpRequest) -> str:
    """Where to go after signing in: the page asked for, or the page on which an htmx part or a form stood."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    return reverse(settings.LOGIN_REDIRECT_URL)


def _refuse(request: HttpRequest, declaration: Declaration | None) -> HttpResponse:
    """The 403 page: which office the page needs, which the person holds, and the clause."""
    context = {
        "declared": declaration is not None,
        "needed": office_titles(declaration.offices) if declaration else [],
        "held": office_titles(offices_of_request(request)),
        "citation": SAFEGUARDS,
    }
    return render(request, "web/refused.html", context, status=403)


def _name(view: Any) -> str:
    return f"{getattr(view, '__module__', '?')}.{getattr(view, '__qualname__', repr(view))}"
