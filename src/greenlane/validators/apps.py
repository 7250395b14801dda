"""The validators room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ValidatorsConfig(AppConfig):
    name = "greenlane.validators"
    label = "validators"
    verbose_name = _("Validators")
