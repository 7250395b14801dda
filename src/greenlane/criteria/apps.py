"""The criteria room (6 USC 961(b))."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CriteriaConfig(AppConfig):
    name = "greenlane.criteria"
    label = "criteria"
    verbose_name = _("Criteria")
