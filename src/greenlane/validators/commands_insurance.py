"""The liability insurance: what its limits rest on, the limits, the policy (6 USC 968(d)(2)(B), (e))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validators import entries
from greenlane.validators.checks import TEXTAREA, documents_here, filled, sum_in_range
from greenlane.validators.queries import certificate_of, in_force

KIND = "validator_certificate"
SUBMISSION, INSURANCE = "6 USC 968(e)", "6 USC 968(d)(2)(B)"


@command(SUBMISSION, title=N_("Submit information for the insurance limits"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class SubmitInsuranceInformation(Command):
    """Submit what the limits of your liability insurance are determined from: work expected, staff, turnover, risks."""

    case_id: UUID
    information: str = field(metadata={"label": N_("Information"), **TEXTAREA})
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "documents"})


@handles(SubmitInsuranceInformation)
def submit_insurance_information(ctx: Context, cmd: SubmitInsuranceInformation) -> Decision:
    reasons = [
        filled(SUBMISSION, "information", cmd.information),
        documents_here(SUBMISSION, "documents", cmd.documents, cmd.case_id, needed=False),
    ]
    submitted = entries.InsuranceInformationSubmitted(
        certificate_id=cmd.case_id, information=cmd.information.strip(), documents=cmd.documents
    )
    return Decision(all_of(reasons), (submitted,))


@command(INSURANCE, SUBMISSION, title=N_("Set the insurance limits"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class SetInsuranceLimits(Command):
    """Set the limit and the conditions of the entity's insurance from what it submitted, from a day."""

    case_id: UUID
    limit_usd: int | None = field(
        default=None,
        metadata={
            "label": N_("Limit, in whole dollars"),
            "help": N_("Empty takes the limit that the programme sets for every validator."),
        },
    )
    conditions: str = field(default="", metadata={"label": N_("Conditions"), **TEXTAREA})
    since: date = field(metadata={"label": N_("From")})
    reason: str = field(metadata={"label": N_("How the limit was determined"), **TEXTAREA})


@handles(SetInsuranceLimits)
def set_insurance_limits(ctx: Context, cmd: SetInsuranceLimits) -> Decision:
    certificate = certificate_of(cmd.case_id)
    terms = terms_of(certificate.validator.programme, ctx.on)
    limit = parameter("validator_insurance_usd", ctx.on, terms).number if cmd.limit_usd is None else cmd.limit_usd
    reasons = [
        finding(
            SUBMISSION,
            "limits_submission",
            certificate.submission_on is not None,
            N_("The entity submitted on %(day)s what the limits are determined from."),
            N_("The entity has not submitted what the limits are determined from."),
            mend=N_("Ask for its information first."),
            day=certificate.submission_on or "-",
        ),
        sum_in_range(INSURANCE, "limit_usd", limit, least=1),
        filled(INSURANCE, "reason", cmd.reason),
        finding(
            INSURANCE,
            "not_backdated",
            cmd.since >= ctx.on,
            N_("The limit holds from %(day)s."),
            N_("The limit would hold from %(day)s, before it is set."),
            mend=N_("Choose today or a later day; leave the entity time to change its policy."),
            where="since",
            day=cmd.since,
        ),
        finding(
            INSURANCE,
            "conditions_fit",
            len(cmd.conditions) <= 10_000,
            N_("The conditions fit."),
            N_("The conditions are longer than 10,000 characters."),
            where="conditions",
        ),
    ]
    was_set = entries.InsuranceLimitsSet(
        limit_id=ctx.new_id(),
        certificate_id=certificate.pk,
        limit_usd=limit,
        conditions=cmd.conditions.strip(),
        reason=cmd.reason.strip(),
        since=cmd.since,
    )
    return Decision(all_of(reasons), (was_set,))


@command(INSURANCE, title=N_("Record the insurance"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class RecordInsurance(Command):
    """Record a liability insurance policy with its document, or correct one: longer, changed, cancelled."""

    case_id: UUID
    insurer: str = field(metadata={"label": N_("Insurer")})
    number: str = field(metadata={"label": N_("Number of the policy")})
    limit_usd: int = field(metadata={"label": N_("Limit, in whole dollars")})
    since: date = field(metadata={"label": N_("First day covered")})
    until: date = field(metadata={"label": N_("Last day covered")})
    meets_conditions: bool = field(metadata={"label": N_("It meets the conditions that were set")})
    cancelled_on: date | None = field(
        default=None,
        metadata={"label": N_("Cancelled from"), "help": N_("The first day that is no longer covered, if any.")},
    )
    document: UUID = field(metadata={"label": N_("The policy"), "choices": "documents"})
    corrects: UUID | None = field(
        default=None, metadata={"label": N_("Corrects the policy"), "choices": "validator_policies"}
    )


@handles(RecordInsurance)
def record_insurance(ctx: Context, cmd: RecordInsurance) -> Decision:
    certificate = certificate_of(cmd.case_id)
    if cmd.corrects is not None and not any(row.series == cmd.corrects for row in certificate.policies.all()):
        raise Missing("policy", cmd.corrects)
    key = ctx.new_id()
    reasons = [
        filled(INSURANCE, "insurer", cmd.insurer, 200),
        filled(INSURANCE, "number", cmd.number, 60),
        sum_in_range(INSURANCE, "limit_usd", cmd.limit_usd, least=1),
        finding(
            INSURANCE,
            "days_in_order",
            cmd.since <= cmd.until and (cmd.cancelled_on is None or cmd.since <= cmd.cancelled_on <= cmd.until),
            N_("The policy runs from %(since)s to %(until)s."),
            N_("The days of the policy are not in order: %(since)s, %(until)s, cancelled from %(cancelled)s."),
            mend=N_("The first day comes first; a cancellation lies between."),
            where="until",
            since=cmd.since,
            until=cmd.until,
            cancelled=cmd.cancelled_on or "-",
        ),
        documents_here(INSURANCE, "document", [cmd.document], cmd.case_id),
    ]
    recorded = entries.InsuranceRecorded(
        policy_id=key,
        series=cmd.corrects or key,
        certificate_id=certificate.pk,
        insurer=cmd.insurer.strip(),
        number=cmd.number.strip(),
        limit_usd=cmd.limit_usd,
        since=cmd.since,
        until=cmd.until,
        meets_conditions=cmd.meets_conditions,
        cancelled_on=cmd.cancelled_on,
        document=cmd.document,
    )
    return Decision(all_of(reasons), (recorded,))


@command(INSURANCE, "6 USC 968(d)(2)", title=N_("Hold the certificate"), procedure=KIND, internal=True)
@dataclass(frozen=True, kw_only=True)
class HoldForInsurance(Command):
    """Say in the case that the certificate is not in force today. The day alone decides that; this only shows it."""

    case_id: UUID


@handles(HoldForInsurance)
def hold_for_insurance(ctx: Context, cmd: HoldForInsurance) -> Decision:
    certificate = certificate_of(cmd.case_id)
    lapsed = in_force(certificate, ctx.on)
    reason = lapsed.failing[0] if lapsed.failing else None
    verdict = Verdict(
        (
            finding(
                reason.citation.cite if reason else INSURANCE,
                "certificate_lapsed",
                reason is not None,
                N_("The certificate is not in force: %(why)s"),
                N_("The certificate is in force."),
                why=str(reason.sentence) if reason else "-",
            ),
        )
    )
    held = entries.CertificateHeld(
        certificate_id=certificate.pk,
        entity=certificate.validator.name,
        reason=str(reason.sentence) if reason else "-",
    )
    return Decision(verdict, (held,))


@command(INSURANCE, "6 USC 968(d)(2)", title=N_("Let the certificate stand again"), procedure=KIND, internal=True)
@dataclass(frozen=True, kw_only=True)
class RestoreCertificate(Command):
    """Say in the case that the certificate is in force again: agreement or insurance is mended."""

    case_id: UUID


@handles(RestoreCertificate)
def restore_certificate(ctx: Context, cmd: RestoreCertificate) -> Decision:
    certificate = certificate_of(cmd.case_id)
    restored = entries.CertificateRestored(certificate_id=certificate.pk, entity=certificate.validator.name)
    return Decision(in_force(certificate, ctx.on), (restored,))
