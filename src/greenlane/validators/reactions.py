"""What follows from certificates and engagements: cases are opened to the validator, and closed to it again (968)."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Recorded
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, reacts
from greenlane.validation.commands_third_party import DiscountVisit, RecordThirdPartyVisit
from greenlane.validation.entries_report import ValidationClosed, ValidationDecided
from greenlane.validation.entries_visits import FoundCriterion, ThirdPartyVisit
from greenlane.validation.models import Visit
from greenlane.validators import entries
from greenlane.validators import entries_engagement as engaged
from greenlane.validators.commands_ability import ReopenAgreement
from greenlane.validators.commands_deciding import EndEngagement
from greenlane.validators.models import Certificate, Engagement
from greenlane.validators.queries import conducted_by, engagement_of, open_engagements, people_of
from greenlane.validators.timers import upkeep_of
from greenlane.validators.view import closed_to, may_see, opened_to


@reacts(entries.CertificateSought)
def certificate_is_worked_on_by_who_seeks_it(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, entries.CertificateSought)
    if one.data.account_id is not None:
        yield from opened_to(one.data.certificate_id, [one.data.account_id], one.on)


@reacts(entries.ValidatorPersonRecorded)
def a_person_more(one: Recorded) -> Iterator[Command]:
    """The person works on the certificate and on every engagement that is open, as the others do."""
    assert isinstance(one.data, entries.ValidatorPersonRecorded)
    person = [one.data.account_id]
    yield from opened_to(one.data.certificate_id, person, one.on)
    for engagement in open_engagements(one.data.certificate_id):
        yield from opened_to(engagement.pk, person, one.on)
        if engagement.begun_on is not None and may_see(engagement, one.on):
            yield from opened_to(engagement.validation_id, person, one.on)


@reacts(entries.ProcedurePublished)
def every_validator_is_asked_anew(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, entries.ProcedurePublished)
    rows = Certificate.objects.filter(validator__programme=one.data.programme, ended_on=None)
    for key in rows.exclude(certified_on=None).order_by("pk").values_list("pk", flat=True):
        yield ReopenAgreement(case_id=key, procedure_id=one.data.procedure_id)


@reacts(entries.ProceduresAgreed, entries.InsuranceRecorded, entries.InsuranceLimitsSet)
def what_is_mended_or_broken_shows(one: Recorded) -> Iterator[Command]:
    yield from upkeep_of([one.subject], one.on)


@reacts(entries.CertificateRevoked, entries.CertificateSurrendered)
def engagements_end(one: Recorded) -> Iterator[Command]:
    """Open engagements end; after a revocation what was visited no longer counts, however long ago (968(g)(2)(B))."""
    data = one.data
    assert isinstance(data, entries.CertificateRevoked | entries.CertificateSurrendered)
    revoked = isinstance(data, entries.CertificateRevoked)
    reason = "The certificate of the validator was revoked." if revoked else "The validator gave its certificate up."
    for engagement in open_engagements(data.certificate_id):
        yield EndEngagement(case_id=engagement.pk, reason=reason)
    if revoked:
        for engagement in conducted_by(data.validator_id):
            if not Visit.objects.filter(engagement=engagement.pk, counts=True).exists():
                continue  # it was not accepted, or counts no more
            yield DiscountVisit(case_id=engagement.validation_id, engagement=engagement.pk, reason=reason)


@reacts(engaged.EngagementProposed)
def papers_are_opened_to_the_validator(one: Recorded) -> Iterator[Command]:
    """The case of the engagement, with its own papers; nothing else of the company."""
    assert isinstance(one.data, engaged.EngagementProposed)
    yield from opened_to(one.data.engagement_id, people_of([one.data.certificate_id]), one.on)


@reacts(engaged.ThirdPartyValidationBegun)
def the_validation_is_opened_to_the_validator(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, engaged.ThirdPartyValidationBegun)
    engagement = engagement_of(one.data.engagement_id)
    if engagement.ended_on is None:
        yield from opened_to(engagement.validation_id, people_of([engagement.certificate_id]), one.on)


@reacts(
    engaged.EngagementEnded,
    engaged.ConsentWithdrawn,
    engaged.EngagementDecided,
    engaged.ThirdPartyReportDecided,
)
def the_validation_is_closed_to_the_validator(one: Recorded) -> Iterator[Command]:
    """Whatever ends an engagement ends the validator's view of the company."""
    assert isinstance(
        one.data,
        engaged.EngagementEnded
        | engaged.ConsentWithdrawn
        | engaged.EngagementDecided
        | engaged.ThirdPartyReportDecided,
    )
    engagement = engagement_of(one.data.engagement_id)
    if engagement.ended_on is not None:
        on = max(one.on, Case.objects.get(pk=engagement.validation_id).state_since)
        yield from closed_to(engagement.validation_id, people_of([engagement.certificate_id]), on)


@reacts(engaged.ThirdPartyReportDecided)
def accepted_visits_enter_the_validation(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, engaged.ThirdPartyReportDecided)
    if one.data.outcome == "accepted":
        yield third_party_visit(engagement_of(one.data.engagement_id))


def third_party_visit(engagement: Engagement) -> RecordThirdPartyVisit:
    """The accepted report as the command of the validation room."""
    visits = engagement.visits.filter(report=engagement.reports).order_by("visited_on", "pk")
    findings = engagement.findings.filter(report=engagement.reports).order_by("number")
    return RecordThirdPartyVisit(
        case_id=engagement.validation_id,
        engagement=engagement.pk,
        validator=engagement.validator.name,
        visits=tuple(
            ThirdPartyVisit(
                node=row.node,
                country=row.country,
                mode="on_site" if row.mode == "on_site" else "virtual",
                visited_on=row.visited_on,
                visited_to=row.visited_to,
                appropriate=row.appropriate,
                persons_met=tuple(row.persons_met),
                note=row.seen,
            )
            for row in visits
        ),
        findings=tuple(
            FoundCriterion(
                number=row.number,
                finding=row.finding,  # type: ignore[arg-type]
                note=row.note,
            )
            for row in findings
        ),
    )


@reacts(ValidationDecided, ValidationClosed)
def engagements_end_with_the_validation(one: Recorded) -> Iterator[Command]:
    """A validator sees a company for as long as what it was engaged for is open."""
    for engagement in Engagement.objects.filter(validation_id=one.subject, ended_on=None).order_by("pk"):
        yield EndEngagement(case_id=engagement.pk, reason="The validation was decided or closed.")
