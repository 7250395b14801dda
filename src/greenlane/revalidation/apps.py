"""The revalidation room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RevalidationConfig(AppConfig):
    name = "greenlane.revalidation"
    label = "revalidation"
    verbose_name = _("Revalidation")
