"""A revoked certificate opens a review of every validation that the validator conducted (6 USC 968(g)(2)(B))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.revalidation.commands_selecting import ReviewValidatorsValidation
from greenlane.revalidation.entries import RevalidationDecided
from greenlane.revalidation.models import Revalidation
from greenlane.revalidation.queries import due_of
from greenlane.validators.commands_deciding import EndEngagement
from greenlane.validators.entries import CertificateRevoked
from greenlane.validators.models import Engagement


@reacts(CertificateRevoked)
def conducted_validations_are_reviewed(one: Recorded) -> Iterator[Command]:
    """A case for each validation that a tier rests on; of the others the validators room keeps the review alone."""
    data = one.data
    assert isinstance(data, CertificateRevoked)
    for conducted in data.conducted:
        running = Revalidation.objects.filter(reviews=conducted.validation_id, outcome="", closed_on=None)
        if running.exists() or due_of(conducted.participant_id, one.on, at_rest=True) is None:
            continue
        yield ReviewValidatorsValidation(
            participant_id=conducted.participant_id, validation_id=conducted.validation_id, validator=data.entity
        )


@reacts(RevalidationDecided)
def engagements_end_with_the_revalidation(one: Recorded) -> Iterator[Command]:
    """A validator sees a company for as long as what it was engaged for is open."""
    assert isinstance(one.data, RevalidationDecided)
    for engagement in Engagement.objects.filter(validation_id=one.data.revalidation_id, ended_on=None):
        yield EndEngagement(case_id=engagement.pk, reason="The revalidation was decided.")
