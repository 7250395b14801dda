"""The casework room (6 USC 971(b))."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "greenlane.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Let every room register its entries, state, commands, deadlines, reactions and notices."""
        for module in (
            "entries",
            "state",
            "commands",
            "delegation",
            "parts",
            "chain",
            "review",
            "deadlines",
            "reactions",
            "letters",
        ):
            autodiscover_modules(module)
