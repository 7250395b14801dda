"""Three companies at one desk, the next step in any of their affairs, and the legal dates that must never move."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from greenlane.appeals.models import Appeal, RegisterList
from greenlane.applications.models import Application
from greenlane.casework.models import Case
from greenlane.certification.models import Certification
from greenlane.consequences.models import Consequence
from greenlane.participants.models import ChangeConsent, DeniedBenefits, Merger, MovedPart, Participant, Standing
from greenlane.participants.state import TABLES
from greenlane.revalidation.models import Periods, Revalidation
from greenlane.validation.models import Validation, Visit
from greenlane.validators.models import Certificate, Engagement, PilotProgramme
from tests.whole_lives.desk_of_lives import LifeDesk, World
from tests.whole_lives.lives_joined import Joined
from tests.whole_lives.lives_sanctioned import Sanctioned


class Affairs(Joined, Sanctioned):
    """The affairs of one example: each method does the next thing of one company, as far as it goes."""

    @classmethod
    def of(cls, world: World) -> Affairs:
        desk = LifeDesk(today=world.desk.today, prove=False, given=world.desk.given, people=dict(world.desk.people))
        companies = {name: replace(company, desk=desk) for name, company in world.companies.items()}
        return cls(desk, companies, world.certificate)


def engagements() -> dict[UUID, UUID]:
    """The certificate of each engagement."""
    return dict(Engagement.objects.values_list("pk", "certificate_id"))


DATES: dict[type[Any], tuple[str, ...]] = {
    Case: ("opened_on",),
    Participant: ("registered_on", "certified_on"),
    Standing: ("effective_from",),
    DeniedBenefits: ("effective_from",),
    **dict.fromkeys(TABLES.values(), ("effective_from",)),
    Application: ("opened_on", "received_on"),
    Certification: ("received_on", "decided_on"),
    Validation: ("certified_on", "planned_on", "letter_signed_on", "first_notice_on", "decided_on"),
    Visit: ("visited_on", "visited_to"),
    Revalidation: ("selected_on", "period_starts_on", "period_ends_on", "decided_on"),
    Periods: ("initial_on",),
    Consequence: ("opened_on", "taken_on"),
    Appeal: ("decided_on", "filed_on", "last_day", "due_on", "determined_on", "withdrawn_on"),
    RegisterList: ("issued_on", "published_on"),
    Merger: ("merged_on", "split_on"),
    MovedPart: ("moved_on",),
    ChangeConsent: ("given_on",),
    Certificate: ("sought_on", "certified_on"),
    Engagement: ("proposed_on", "consent_on", "authorized_on", "accepted_on"),
    PilotProgramme: ("started_on",),
}
"""The legal dates that the state shows; a consequence is decided anew after a remand, and its record keeps both."""
