"""Addresses of the site: pages at the root, the JSON interface under /api/v1."""

from django.urls import include, path

from greenlane.api.app import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("greenlane.web.urls")),
]
