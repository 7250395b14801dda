"""The applications room (6 USC 963)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "greenlane.applications"
    label = "applications"
    verbose_name = _("Applications")
