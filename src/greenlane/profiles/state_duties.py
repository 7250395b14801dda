"""How contacts, hand-overs and notices of change follow from the record (6 USC 963(3), 964(b))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.profiles import entries_duties as entries
from greenlane.profiles.models import ChangeNotice, Contact, ContactAlarm, HandOver, NotedChange


@applies(entries.ContactNamed)
def contact_named(data: entries.ContactNamed, one: Recorded) -> None:
    Contact.objects.create(
        id=data.contact_id,
        participant_id=data.participant_id,
        name=data.name,
        email=data.email,
        phone=data.phone,
        account_id=data.account_id,
        named_on=one.on,
        confirmed_on=one.on if data.confirmed else None,
    )


@applies(entries.ContactConfirmed)
def contact_confirmed(data: entries.ContactConfirmed, one: Recorded) -> None:
    Contact.objects.filter(pk=data.contact_id).update(confirmed_on=one.on, bounced_on=None, bounced_how="")


@applies(entries.ContactBounced)
def contact_bounced(data: entries.ContactBounced, one: Recorded) -> None:
    Contact.objects.filter(pk=data.contact_id).update(bounced_on=one.on, bounced_how=data.how)


@applies(entries.ContactEnded)
def contact_ended(data: entries.ContactEnded, one: Recorded) -> None:
    Contact.objects.filter(pk=data.contact_id).update(ended_on=one.on)


@applies(entries.ContactAlarmRaised)
def alarm_raised(data: entries.ContactAlarmRaised, one: Recorded) -> None:
    ContactAlarm.objects.create(
        id=data.alarm_id,
        participant_id=data.participant_id,
        contact_id=data.contact_id,
        how=data.how,
        raised_on=one.on,
    )


@applies(entries.ContactAlarmCleared)
def alarm_cleared(data: entries.ContactAlarmCleared, one: Recorded) -> None:
    ContactAlarm.objects.filter(pk=data.alarm_id).update(cleared_on=one.on, cleared_because=data.because)


@applies(entries.HandOverProposed)
def hand_over_proposed(data: entries.HandOverProposed, one: Recorded) -> None:
    HandOver.objects.create(
        id=data.hand_over_id,
        participant_id=data.participant_id,
        leaving=data.leaving,
        leaving_name=data.leaving_name,
        to_account=data.to_account,
        to_name=data.to_name,
        reason=data.reason,
        proof=[str(key) for key in data.proof],
        proposed_on=one.on,
        proposed_by=one.actor,
        proposed_as=data.by_office,
    )


@applies(entries.HandOverWithdrawn)
def hand_over_withdrawn(data: entries.HandOverWithdrawn, one: Recorded) -> None:
    HandOver.objects.filter(pk=data.hand_over_id).update(withdrawn_on=one.on)


@applies(entries.HandOverAccepted)
def hand_over_accepted(data: entries.HandOverAccepted, one: Recorded) -> None:
    HandOver.objects.filter(pk=data.hand_over_id).update(accepted_on=one.on)


@applies(entries.ChangeNoticeReceived)
def change_notice_received(data: entries.ChangeNoticeReceived, one: Recorded) -> None:
    ChangeNotice.objects.create(id=data.notice_id, participant_id=data.participant_id, opened_on=one.on)
    _note(data.change, one)


@applies(entries.FurtherChangeNoticed)
def further_change_noticed(data: entries.FurtherChangeNoticed, one: Recorded) -> None:
    _note(data.change, one)


@applies(entries.ChangeNoticeReviewed)
def change_notice_reviewed(data: entries.ChangeNoticeReviewed, one: Recorded) -> None:
    ChangeNotice.objects.filter(pk=data.notice_id).update(reviewed_on=one.on, reviewed_by=one.actor, found=data.found)


def _note(change: entries.Change, one: Recorded) -> None:
    NotedChange.objects.create(
        id=one.id_for("change"),
        notice_id=one.subject,
        what=change.what,
        name=change.name,
        changed_on=change.changed_on,
        entry=change.entry,
    )
