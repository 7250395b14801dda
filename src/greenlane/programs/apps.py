"""The programmes room (6 USC 961(a); 19 USC 4311(a))."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "greenlane.programs"
    label = "programs"
    verbose_name = _("Programmes")
