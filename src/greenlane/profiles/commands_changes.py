"""Notices of change of a certified company: of owner, officer, site, company or answers (6 USC 964(b), 963(3))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, finding
from greenlane.participants.checks import filled
from greenlane.participants.queries import participant_of
from greenlane.profiles import entries_duties as entries

CITE = "6 USC 964(b)"


@command(
    CITE, title=N_("Open a notice of change"), procedure="change_notice", case="", lock="participant_id", internal=True
)
@dataclass(frozen=True, kw_only=True)
class OpenChangeNotice(Command):
    """Put a change of a certified company into the list of work of its specialist."""

    participant_id: UUID
    what: str
    name: str
    changed_on: date
    entry: UUID


@handles(OpenChangeNotice)
def open_change_notice(ctx: Context, cmd: OpenChangeNotice) -> Decision:
    participant = participant_of(cmd.participant_id)
    notice_id = ctx.new_id()
    certified = finding(
        CITE,
        "was_certified",
        participant.certified_on is not None,
        N_("The company was certified."),
        N_("A company that was never certified is looked at in its application."),
    )
    change = entries.Change(what=cmd.what, name=cmd.name[:300], changed_on=cmd.changed_on, entry=cmd.entry)
    received = entries.ChangeNoticeReceived(notice_id=notice_id, participant_id=participant.pk, change=change)
    opens = Opening(notice_id, "change_notice", programme=participant.programme, participant=participant.pk)
    return Decision(Verdict((certified,)), (received,), opens=opens)


@command(CITE, title=N_("Add to a notice of change"), procedure="change_notice", internal=True)
@dataclass(frozen=True, kw_only=True)
class AddToChangeNotice(Command):
    """Add a further change to a notice that was not looked at yet."""

    case_id: UUID
    what: str
    name: str
    changed_on: date
    entry: UUID


@handles(AddToChangeNotice)
def add_to_change_notice(ctx: Context, cmd: AddToChangeNotice) -> Decision:
    participant_id = ctx.the_case.participant_id
    assert participant_id is not None
    change = entries.Change(what=cmd.what, name=cmd.name[:300], changed_on=cmd.changed_on, entry=cmd.entry)
    noticed = entries.FurtherChangeNoticed(notice_id=cmd.case_id, participant_id=participant_id, change=change)
    waits = finding(CITE, "notice_waits", True, N_("The notice was not looked at yet."), "")
    return Decision(Verdict((waits,)), (noticed,))


@command(CITE, title=N_("Close the notice of change"), procedure="change_notice")
@dataclass(frozen=True, kw_only=True)
class ReviewChangeNotice(Command):
    """Say what you found when you looked at the changes. A changed party is investigated again by itself."""

    case_id: UUID
    found: str = field(metadata={"label": N_("What you found"), "widget": "textarea"})


@handles(ReviewChangeNotice)
def review_change_notice(ctx: Context, cmd: ReviewChangeNotice) -> Decision:
    reviewed = entries.ChangeNoticeReviewed(notice_id=cmd.case_id, found=cmd.found.strip())
    return Decision(Verdict((filled("found", cmd.found, 5_000),)), (reviewed,))
