"""The participants room (6 USC 962)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "greenlane.participants"
    label = "participants"
    verbose_name = _("Participants")
