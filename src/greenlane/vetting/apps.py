"""The vetting room (6 USC 964(b))."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VettingConfig(AppConfig):
    name = "greenlane.vetting"
    label = "vetting"
    verbose_name = _("Vetting")
