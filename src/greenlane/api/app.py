"""The JSON interface as a whole: its routes, its OpenAPI document, and problems where there is nothing. No clause."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError

from greenlane import __version__
from greenlane.api import (
    appeals,
    applications,
    cases,
    consequences,
    giving,
    law,
    me,
    notices,
    participants,
    problems,
    profiles,
    programmes,
    records,
    release,
    release_compatibility,
    release_exercises,
    release_measures,
    release_messages,
    release_what_if,
    revalidation,
    sharing,
    validation,
    validators,
    vetting,
    vetting_screen,
)
from greenlane.api.openapi import complete
from greenlane.api.shapes import reply

ABOUT = (
    "Everything that a person may do on the pages, a program may do here. A command is answered with its reasons, each "
    "with the clause of the law that it rests on; a refusal is an answer too, and kept in the record."
)
ROUTERS = (
    giving.router,
    me.router,
    cases.router,
    participants.router,
    applications.router,
    notices.router,
    programmes.router,
    vetting.router,
    vetting_screen.router,
    validation.router,
    revalidation.router,
    consequences.router,
    law.router,
    records.router,
    sharing.router,
    appeals.router,
    profiles.router,
    validators.router,
    release_messages.router,  # before release, whose entries have numbers with any sign in them
    release.router,
    release_compatibility.router,
    release_exercises.router,
    release_measures.router,
    release_what_if.router,
)


class Api(NinjaAPI):
    """The framework's interface, in which every answer that is no success is a problem with its clause."""

    def get_openapi_schema(self, **options: Any) -> dict[str, Any]:  # type: ignore[override]
        return complete(super().get_openapi_schema(**options))

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _as_problem(self, pattern.callback)
        return patterns


def _as_problem(api: Api, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what no database takes as text, and turn plain 404 and 405 answers into problems."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        if any("\x00" in text for text in (request.path, *request.GET.keys(), *_all(request))):
            return api.on_exception(request, HttpError(400, _("The address holds a character that is no text.")))
        try:
            response = view(request, *args, **values)
        except Http404 as error:
            return api.on_exception(request, error)
        if response.status_code == 405 and response["Content-Type"] != problems.CONTENT_TYPE:
            allowed = response["Allow"]
            told = problems.problem(request, "method", _("Use one of: %(methods)s.") % {"methods": allowed})
            told["Allow"] = allowed
            return told
        return response

    answer.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
    return answer


def _all(request: HttpRequest) -> list[str]:
    return [value for values in dict(request.GET.lists()).values() for value in values]


api = Api(
    title="Greenlane",
    version=__version__,
    description=ABOUT,
    urls_namespace="api",
    docs_url=None,
)
problems.install(api)
rest = Router()


@rest.api_operation(["GET"], "/", include_in_schema=False, auth=None)
def index(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    address = request.build_absolute_uri("openapi.json")
    return reply(request, {"title": api.title, "version": api.version, "openapi": address}, public=True)


@rest.api_operation(
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], "/{path:unknown}", include_in_schema=False, auth=None
)
def nowhere(request: HttpRequest, unknown: str) -> HttpResponse:
    """Any other address."""
    raise Http404(unknown)


for _router in (*ROUTERS, rest):  # what matches any other address comes last
    api.add_router("", _router)
