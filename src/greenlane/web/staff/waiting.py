"""What waits for an office whoever holds it: a decision by a second person, an appeal to assign (971(a), 967(c))."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from greenlane.casework.queue import Counts
from greenlane.law.authority import Office

WAITS: Mapping[Office, Mapping[str, tuple[str, ...]]] = {
    Office.SUPERVISOR: {
        "certification": ("recommended",),
        "validation": ("recommended",),
        "revalidation": ("recommended",),
        "consequence": ("recommended", "emergency_noticed", "remanded"),
        "validator_certificate": ("sought",),
        "engagement": ("consented",),
    },
    Office.VETTING_ANALYST: {"investigation": ("open",)},
    Office.PROGRAMME_MANAGER: {"appeal": ("filed",)},
}
"""By office: kinds of case, and the states in which the next step is one that this office takes unassigned."""

WORDS: Mapping[str, str | Promise] = {
    Office.SUPERVISOR.value: _("Waits for a supervisor"),
    Office.VETTING_ANALYST.value: _("Waits for an analyst"),
    Office.PROGRAMME_MANAGER.value: _("Waits for the programme manager"),
}


def waits_for(office: Office) -> Q:
    """The cases that wait for an office."""
    found = Q(pk__in=())
    for kind, states in WAITS[office].items():
        found |= Q(kind=kind, state__in=states)
    return found


def number(counts: Counts, office: Office) -> int:
    """How many of the cases counted wait for an office."""
    wanted = {(kind, state) for kind, states in WAITS[office].items() for state in states}
    return sum(n for (kind, state, _group), n in counts.found.items() if (kind, state) in wanted)
