"""The profiles room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    name = "greenlane.profiles"
    label = "profiles"
    verbose_name = _("Profiles")
