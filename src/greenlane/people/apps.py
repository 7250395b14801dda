"""The people room (6 USC 971(c))."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "greenlane.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Tell casework where the facts about an acting person come from."""
        from greenlane.casework.authority import authority_source
        from greenlane.people.facts import actor_facts

        authority_source(actor_facts)
