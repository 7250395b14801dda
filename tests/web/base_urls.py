"""Addresses of the tests of the base: the base pages, and pages that declare too much, too little or one office."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from greenlane.law.authority import Office
from greenlane.web.authority import declared


def nobody_said(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


@declared(Office.SPECIALIST, Office.SUPERVISOR)
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


@declared("signed_in")
def mine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


@declared("public")
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


urlpatterns = [
    path("undeclared/", nobody_said),
    path("desk/", desk),
    path("mine/", mine),
    path("broken/", broken),
    path("api/v1/thing", nobody_said),
    path("", include("greenlane.web.urls")),
]
