"""What the platform does when a participant withdraws (6 USC 961(a))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.entries_duties import ParticipantWithdrew


@reacts(ParticipantWithdrew)
def standing_after_leaving(one: Recorded) -> Iterator[Command]:
    """It stands as withdrawn, without prejudice; a suspension for a stated period is not ended by leaving."""
    data = one.data
    assert isinstance(data, ParticipantWithdrew)
    if data.standing_before != "suspended":
        yield SetStanding(
            participant_id=data.participant_id, standing="withdrawn", tier=0, reason="withdrawn by the company"
        )
