"""What the platform does after an application changes (6 USC 961(a))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.applications.entries import ApplicationWithdrawn
from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.participants.commands import SetStanding


@reacts(ApplicationWithdrawn)
def standing_after_withdrawal(one: Recorded) -> Iterator[Command]:
    """A withdrawn applicant stands as withdrawn, without prejudice: it may apply again on any day."""
    assert isinstance(one.data, ApplicationWithdrawn)
    yield SetStanding(
        participant_id=one.data.participant_id,
        standing="withdrawn",
        tier=0,
        reason="withdrawn by the company",
        because=one.subject,
    )
