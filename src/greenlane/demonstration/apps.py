"""The demonstration: invented people and companies, in a database of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemonstrationConfig(AppConfig):
    name = "greenlane.demonstration"
    label = "demonstration"
    verbose_name = _("Demonstration")
