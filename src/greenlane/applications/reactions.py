"""What the platform does after an application changes (6 USC 961(a))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.applications.commands import BARRED
from greenlane.applications.entries import ApplicationWithdrawn
from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.queries import participant_of


@reacts(ApplicationWithdrawn)
def standing_after_withdrawal(one: Recorded) -> Iterator[Command]:
    """A withdrawn applicant stands as withdrawn, without prejudice: it may apply again on any day.

    A withdrawal takes nothing back that another section decided: who is suspended or expelled stays so.
    """
    assert isinstance(one.data, ApplicationWithdrawn)
    if participant_of(one.data.participant_id).standing in BARRED:
        return
    yield SetStanding(
        participant_id=one.data.participant_id,
        standing="withdrawn",
        tier=0,
        reason="withdrawn by the company",
        because=one.subject,
    )
