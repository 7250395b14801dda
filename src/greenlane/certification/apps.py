"""The certification room (6 USC 964)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificationConfig(AppConfig):
    name = "greenlane.certification"
    label = "certification"
    verbose_name = _("Certification")
