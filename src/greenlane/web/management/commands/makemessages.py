"""Django's ``makemessages``, which also collects what the law and the rooms mark with ``N_()``. No clause."""

from __future__ import annotations

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Collect every sentence that people read."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=N_"]
