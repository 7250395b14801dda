"""The room of records: 6 USC 971(b)-(c)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "greenlane.records"
    label = "records"
    verbose_name = _("Records")
