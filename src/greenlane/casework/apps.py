"""The casework room (6 USC 971(b))."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

FURNITURE = (
    "entries",
    "state",
    "commands",
    "delegation",
    "parts",
    "chain",
    "review",
    "guards",
    "deadlines",
    "reactions",
    "timers",
    "letters",
)
"""Names of modules that register something; one that grew is split by a suffix: ``commands_visits``."""


class CaseworkConfig(AppConfig):
    name = "greenlane.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Let every room register its entries, state, commands, deadlines, reactions, timers and notices."""
        for config in apps.get_app_configs():
            if config.name.startswith("greenlane."):
                for module in _furniture(Path(config.path)):
                    import_module(f"{config.name}.{module}")


def _furniture(room: Path) -> list[str]:
    """The modules of a room that register something, in one order: entries first, then what is made of them."""
    found = {file.stem for file in room.glob("*.py")}
    return [name for kind in FURNITURE for name in sorted(found) if name == kind or name.startswith(f"{kind}_")]
