"""Inspect validators, and revoke the certificate of one that does not meet the requirements (6 USC 968(g))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s968 import Shortcoming, may_revoke, validations_to_review
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.validators import entries
from greenlane.validators.checks import TEXTAREA, documents_here, filled
from greenlane.validators.facts import revocation_facts
from greenlane.validators.models import Certificate, ConductedReview, Engagement
from greenlane.validators.queries import certificate_of, procedures_of

KIND = "validator_certificate"
MONITORING, REVOCATION, REVIEW = "6 USC 968(g)(1)", "6 USC 968(g)(2)", "6 USC 968(g)(2)(B)"


@command(MONITORING, title=N_("Record an inspection of the validator"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class InspectValidator(Command):
    """Record an inspection of the validator's operations: what was looked at, and what does not meet a requirement."""

    case_id: UUID
    inspected_on: date = field(metadata={"label": N_("Inspected on")})
    requirements_met: bool = field(metadata={"label": N_("The requirements are met")})
    looked_at: str = field(metadata={"label": N_("What was looked at"), **TEXTAREA})
    shortcomings: tuple[entries.ShortcomingFound, ...] = field(default=(), metadata={"label": N_("Shortcomings")})


@handles(InspectValidator)
def inspect_validator(ctx: Context, cmd: InspectValidator) -> Decision:
    certificate = certificate_of(cmd.case_id)
    since = certificate.certified_on or ctx.on
    reasons = [
        finding(
            MONITORING,
            "inspected_by_now",
            since <= cmd.inspected_on <= ctx.on,
            N_("The operations were inspected on %(day)s."),
            N_("%(day)s lies ahead, or before the certificate."),
            mend=N_("Give the day of the inspection."),
            where="inspected_on",
            day=cmd.inspected_on,
        ),
        filled(MONITORING, "looked_at", cmd.looked_at),
        finding(
            MONITORING,
            "shortcomings_named",
            cmd.requirements_met is (not cmd.shortcomings),
            N_("What was found agrees with what is said of it."),
            N_("Requirements that are met have no shortcomings; those that are not met name each."),
            mend=N_("Name each shortcoming with its procedure, or say that the requirements are met."),
            where="shortcomings",
        ),
        *_inspector(ctx, certificate),
        *(reason for found in cmd.shortcomings for reason in _named(certificate, found)),
    ]
    inspected = entries.ValidatorInspected(
        inspection_id=ctx.new_id(),
        certificate_id=certificate.pk,
        inspected_on=cmd.inspected_on,
        requirements_met=cmd.requirements_met,
        looked_at=cmd.looked_at.strip(),
        shortcomings=cmd.shortcomings,
    )
    return Decision(all_of(reasons), (inspected,))


def _inspector(ctx: Context, certificate: Certificate) -> tuple[Reason, ...]:
    mine = ctx.actor.account in {row.account_id for row in certificate.people.all()}
    return (
        finding(
            MONITORING,
            "inspector_is_not_the_validator",
            not mine,
            N_("The officer does not act for the validator."),
            N_("Whoever acts for the validator does not monitor it."),
            mend=N_("Let another officer do it."),
        ),
    )


def _named(certificate: Certificate, found: entries.ShortcomingFound) -> tuple[Reason, ...]:
    """A shortcoming names a designated procedure; what shows it is on file in the certificate or an engagement."""
    codes = tuple(dict.fromkeys(procedures_of(certificate.validator.programme).values_list("code", flat=True)))
    cases = Engagement.objects.filter(certificate_id=certificate.pk).values_list("pk", flat=True)
    return (
        finding(
            REVOCATION,
            "procedure_designated",
            found.procedure in codes,
            N_("'%(name)s' is a designated procedure."),
            N_("'%(name)s' is no designated procedure; these are: %(codes)s."),
            mend=N_("Name the procedure that is not met."),
            where="shortcomings",
            name=found.procedure[:60],
            codes=", ".join(codes) or "-",
        ),
        filled(REVOCATION, "shortcomings", found.found),
        documents_here(REVOCATION, "shortcomings", found.evidence, certificate.pk, *cases, needed=False),
    )


@command(REVOCATION, "6 USC 968(g)(2)(A)", "6 USC 968(g)(2)(B)", title=N_("Revoke the certificate"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class RevokeCertificate(Command):
    """Revoke the certificate on shortcomings with evidence. Every validation that the entity conducted is reviewed."""

    case_id: UUID
    shortcomings: tuple[entries.ShortcomingFound, ...] = field(metadata={"label": N_("Which procedure is not met")})


@handles(RevokeCertificate)
def revoke_certificate(ctx: Context, cmd: RevokeCertificate) -> Decision:
    certificate = certificate_of(cmd.case_id)
    determined = tuple(
        Shortcoming(s.procedure, s.found, tuple(str(key) for key in s.evidence), str(ctx.actor.account or ""))
        for s in cmd.shortcomings
    )
    facts = revocation_facts(certificate, determined)
    company = {one.validation: one.participant for one in facts.conducted}
    reasons = [
        *may_revoke(facts).reasons,
        *_inspector(ctx, certificate),
        *(reason for found in cmd.shortcomings for reason in _named(certificate, found)),
    ]
    revoked = entries.CertificateRevoked(
        certificate_id=certificate.pk,
        validator_id=certificate.validator_id,
        entity=certificate.validator.name,
        shortcomings=cmd.shortcomings,
        conducted=tuple(
            entries.ConductedValidation(validation_id=UUID(key), participant_id=UUID(company[key]))
            for key in validations_to_review(facts)
        ),
    )
    return Decision(all_of(reasons), (revoked,))


@command("6 USC 968(g)(2)(B)", title=N_("Record the review of a validation"), procedure=KIND, audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReviewConductedValidation(Command):
    """Record what the review of a validation that a revoked validator conducted has found."""

    case_id: UUID
    validation_id: UUID = field(metadata={"label": N_("Validation"), "choices": "conducted_validations"})
    found: str = field(metadata={"label": N_("What the review found"), **TEXTAREA})


@handles(ReviewConductedValidation)
def review_conducted_validation(ctx: Context, cmd: ReviewConductedValidation) -> Decision:
    certificate = certificate_of(cmd.case_id)
    review = ConductedReview.objects.filter(certificate=certificate, validation_id=cmd.validation_id).first()
    if review is None:
        raise Missing("review", cmd.validation_id)
    accepted = Engagement.objects.filter(validation_id=cmd.validation_id, accepted_by=ctx.actor.account)
    reasons = [
        finding(
            REVIEW,
            "review_open",
            review.reviewed_on is None,
            N_("The validation is not reviewed yet."),
            N_("The validation was reviewed on %(day)s."),
            where="validation_id",
            day=review.reviewed_on or "-",
        ),
        finding(
            "6 USC 971(a)",
            "second_person",
            not accepted.exists(),
            N_("Somebody else accepted the validator's report."),
            N_("Whoever accepted the validator's report does not review that validation."),
            mend=N_("Let another officer review it."),
        ),
        *_inspector(ctx, certificate),
        filled(REVIEW, "found", cmd.found),
    ]
    reviewed = entries.ConductedValidationReviewed(
        certificate_id=certificate.pk, validation_id=cmd.validation_id, found=cmd.found.strip()
    )
    return Decision(all_of(reasons), (reviewed,), participant=review.participant_id)
