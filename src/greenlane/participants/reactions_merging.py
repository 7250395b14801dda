"""What follows from a change of accounts: standing, and a word in the history of each account (6 USC 962, 971(b))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.participants.commands_splitting import NoteAccountChange
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.entries_merging import AccountsMerged, AccountSplit, PartsExtracted

LAW = "6 USC 962"


@reacts(AccountsMerged)
def merged_account_rests(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, AccountsMerged)
    yield SetStanding(participant_id=data.merged_id, standing="merged", tier=0, reason=LAW, because=data.merger_id)
    for key in (data.merged_id, data.survivor_id):
        yield NoteAccountChange(
            participant_id=key, because=data.merger_id, act="merge", source=data.merged, target=data.survivor
        )


@reacts(AccountSplit)
def restored_account_stands(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, AccountSplit)
    yield SetStanding(
        participant_id=data.restored_id,
        standing=data.standing,  # type: ignore[arg-type]
        tier=data.tier,
        reason=LAW,
        because=data.merger_id,
    )
    for key in (data.restored_id, data.survivor_id):
        yield NoteAccountChange(
            participant_id=key, because=data.merger_id, act="split", source=data.survivor, target=data.restored
        )


@reacts(PartsExtracted)
def source_is_told(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, PartsExtracted)
    yield NoteAccountChange(
        participant_id=data.source_id, because=data.target_id, act=data.act, source=data.source, target=data.target
    )
