"""How validations follow from the record, up to the notice of a visit (6 USC 965)."""

from __future__ import annotations

from dataclasses import asdict

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.validation import entries
from greenlane.validation.models import Validation, ValidationGuidelines, ValidationSchedule, Visit
from greenlane.validation.opening import start


@applies(entries.ValidationGuidelinesPublished)
def guidelines_published(data: entries.ValidationGuidelinesPublished, one: Recorded) -> None:
    ValidationGuidelines.objects.create(
        id=data.guidelines_id,
        programme=data.programme,
        version=data.version,
        title=data.title,
        text=data.text,
        parts=list(data.parts),
        in_force_from=data.in_force_from,
    )


@applies(entries.ValidationSchedulePublished)
def schedule_published(data: entries.ValidationSchedulePublished, one: Recorded) -> None:
    ValidationSchedule.objects.create(
        id=data.schedule_id,
        programme=data.programme,
        version=data.version,
        title=data.title,
        text=data.text,
        milestones=[asdict(milestone) for milestone in data.milestones],
        in_force_from=data.in_force_from,
    )


@applies(entries.ValidationPlanned)
def validation_planned(data: entries.ValidationPlanned, one: Recorded) -> None:
    start(
        validation_id=data.validation_id,
        participant_id=data.participant_id,
        programme=data.programme,
        purpose=data.purpose,
        certified_on=data.certified_on,
        planned_on=one.on,
        guidelines=data.guidelines,
        schedule=data.schedule,
    )


@applies(entries.ValidationTeamAssigned)
def team_assigned(data: entries.ValidationTeamAssigned, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        team=[str(member) for member in data.members], team_names=list(data.names)
    )


@applies(entries.LocationsChosen)
def locations_chosen(data: entries.LocationsChosen, one: Recorded) -> None:
    Visit.objects.filter(validation_id=one.subject, visited_on=None).delete()
    Visit.objects.bulk_create(
        Visit(
            id=chosen.visit_id,
            validation_id=one.subject,
            node=chosen.node,
            place=chosen.place,
            country=chosen.country,
            foreign=chosen.foreign,
            mode=chosen.mode,
            appropriate=chosen.appropriate,
            purpose=chosen.purpose,
            planned_from=chosen.planned_from,
            planned_to=chosen.planned_to,
        )
        for chosen in data.locations
    )


@applies(entries.NoForeignLocationDetermined)
def no_foreign_location(data: entries.NoForeignLocationDetermined, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        determination=data.reason,
        determined_by=data.by,
        determined_office=data.office,
        determined_on=one.on,
    )


@applies(entries.ValidationNoticeGiven)
def notice_given(data: entries.ValidationNoticeGiven, one: Recorded) -> None:
    row = Validation.objects.get(pk=one.subject)
    row.first_notice_on = row.first_notice_on or one.on
    row.notice_on, row.guidelines, row.schedule = one.on, data.guidelines, data.schedule
    row.confirmed_on = None
    row.save(update_fields=["first_notice_on", "notice_on", "guidelines", "schedule", "confirmed_on"])


@applies(entries.VisitConfirmed)
def visit_confirmed(data: entries.VisitConfirmed, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(confirmed_on=one.on)


@applies(entries.OtherDatesAsked)
def other_dates_asked(data: entries.OtherDatesAsked, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        confirmed_on=None,
        asked_on=one.on,
        asked_from=data.asked_from,
        asked_to=data.asked_to,
        asked_message=data.message,
    )


@applies(entries.VisitRescheduled)
def visit_rescheduled(data: entries.VisitRescheduled, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(notice_on=None, confirmed_on=None)


@applies(entries.CertificationLetterSigned)
def letter_signed(data: entries.CertificationLetterSigned, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        letter_signed_on=one.on, letter_signed_by=data.by, letter_document=data.document
    )
