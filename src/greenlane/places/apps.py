"""The places room (6 USC 963(2))."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "greenlane.places"
    label = "places"
    verbose_name = _("Places")
