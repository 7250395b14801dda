"""The release room."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ReleaseConfig(AppConfig):
    name = "greenlane.release"
    label = "release"
    verbose_name = _("Release")

    def ready(self) -> None:
        from greenlane.release.engine import kernels

        kernels.keep_in(settings.GREENLANE_COMPILED)
