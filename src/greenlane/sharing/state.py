"""How consents, monitoring, agreements and shared assessments follow from the record (6 USC 971(c))."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.sharing import entries
from greenlane.sharing.models import (
    Monitor,
    PartnerRequest,
    SharedAssessment,
    SharedWith,
    SharingAgreement,
    VerificationConsent,
)


@applies(entries.VerificationConsentGiven)
def verification_consent_given(data: entries.VerificationConsentGiven, one: Recorded) -> None:
    VerificationConsent.objects.filter(participant_id=data.participant_id, until=None).update(until=one.on)
    VerificationConsent.objects.create(
        id=data.consent_id,
        participant_id=data.participant_id,
        number=data.number,
        with_participants=data.with_participants,
        with_agencies=data.with_agencies,
        show_tier=data.show_tier,
        since=one.on,
        given_by=one.actor,
    )
    _end_monitors(data.ended_monitors, one)


@applies(entries.VerificationConsentWithdrawn)
def verification_consent_withdrawn(data: entries.VerificationConsentWithdrawn, one: Recorded) -> None:
    VerificationConsent.objects.filter(pk=data.consent_id).update(until=one.on)
    _end_monitors(data.ended_monitors, one)
    SharedAssessment.objects.filter(pk__in=data.ended_assessments).update(ended_on=one.on)


def _end_monitors(keys: Iterable[UUID], one: Recorded) -> None:
    Monitor.objects.filter(pk__in=list(keys)).update(until=one.on)


@applies(entries.MonitoringBegun)
def monitoring_begun(data: entries.MonitoringBegun, one: Recorded) -> None:
    Monitor.objects.create(
        id=data.monitor_id, watcher_id=data.watcher_id, watched_id=data.watched_id, since=one.on, told={}
    )


@applies(entries.MonitoringEnded)
def monitoring_ended(data: entries.MonitoringEnded, one: Recorded) -> None:
    _end_monitors((data.monitor_id,), one)


@applies(entries.StatusTold)
def status_told(data: entries.StatusTold, one: Recorded) -> None:
    told = {"standing": data.standing, "since": data.since and data.since.isoformat(), "tier": data.tier}
    Monitor.objects.filter(pk=data.monitor_id).update(told=told)


@applies(entries.SharingAgreementPublished)
def sharing_agreement_published(data: entries.SharingAgreementPublished, one: Recorded) -> None:
    SharingAgreement.objects.create(
        id=data.agreement_id,
        programme=data.programme,
        agency=data.agency,
        kinds=list(data.kinds),
        purpose=data.purpose,
        since=data.since,
        until=data.until,
        published_on=one.on,
    )


@applies(entries.SharingAgreementEnded)
def sharing_agreement_ended(data: entries.SharingAgreementEnded, one: Recorded) -> None:
    SharingAgreement.objects.filter(pk=data.agreement_id).update(ended_on=one.on, end_reason=data.reason)


@applies(entries.AssessmentShared)
def assessment_shared(data: entries.AssessmentShared, one: Recorded) -> None:
    SharedAssessment.objects.create(
        id=data.assessment_id,
        participant_id=data.participant_id,
        answers=list(data.answers),
        shared_on=one.on,
        expires_on=data.expires_on,
    )
    for receiver in data.receivers:
        SharedWith.objects.create(
            id=one.id_for("with", receiver), assessment_id=data.assessment_id, participant_id=receiver
        )


@applies(entries.AssessmentSharingEnded)
def assessment_sharing_ended(data: entries.AssessmentSharingEnded, one: Recorded) -> None:
    SharedAssessment.objects.filter(pk=data.assessment_id).update(ended_on=one.on)


@applies(entries.PartnerAsked)
def partner_asked(data: entries.PartnerAsked, one: Recorded) -> None:
    PartnerRequest.objects.create(
        id=data.request_id,
        asker_id=data.asker_id,
        partner_id=data.partner_id,
        criteria=list(data.criteria),
        message=data.message,
        asked_on=one.on,
    )
