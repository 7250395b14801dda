"""What every page needs from its request: navigation, the person, and whether this is a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from greenlane import __version__
from greenlane.web.authority import office_titles, offices_of_request
from greenlane.web.navigation import entries

if TYPE_CHECKING:
    from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Everything is lazy, so a part that an htmx request renders alone costs no query."""
    return {
        "navigation": SimpleLazyObject(lambda: entries(request)),
        "person_offices": SimpleLazyObject(lambda: office_titles(offices_of_request(request))),
        "demonstration": bool(getattr(settings, "DEMONSTRATION", False)),
        "version": __version__,
        "source_address": getattr(settings, "GREENLANE_SOURCE", ""),
    }
