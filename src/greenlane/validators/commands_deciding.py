"""Authorize, refuse, begin and end an engagement (6 USC 968(c)(1), (f), (g)(2)(A), (h))."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.validation.queries import open_validations
from greenlane.validators import entries_engagement as entries
from greenlane.validators.checks import TEXTAREA, filled, fits, yes
from greenlane.validators.facts_engagement import engageable
from greenlane.validators.models import Engagement
from greenlane.validators.queries import engagement_of, people_of

KIND = "engagement"
CITE, CONSENT, DISCRETION = "6 USC 968(f)", "6 USC 968(h)", "6 USC 968(c)(2)"
PILOT, REVOKED = "6 USC 968(c)(1)", "6 USC 968(g)(2)(A)"


def locked(case_id: UUID) -> Engagement:
    """The engagement, with the case of its certificate locked: of a decision on both, one waits for the other."""
    engagement = engagement_of(case_id)
    Case.objects.select_for_update().get(pk=engagement.certificate_id)
    return engagement


def officer_only(ctx: Context, engagement: Engagement) -> Reason:
    """Whoever acts for the validator never decides for the agency."""
    return finding(
        DISCRETION,
        "officer_decides",
        ctx.actor.account not in people_of([engagement.certificate_id]),
        N_("The officer who decides does not act for the validator."),
        N_("Whoever acts for the validator does not decide here."),
        mend=N_("Let another officer decide; the validator's report only advises."),
    )


def _still_open(engagement: Engagement) -> Reason:
    return finding(
        PILOT,
        "validation_open",
        open_validations(engagement.participant_id).filter(pk=engagement.validation_id).exists(),
        N_("The validation that it serves is open."),
        N_("The validation that it would serve is decided or closed."),
        mend=N_("End this engagement; propose one for an open validation."),
    )


@command(CITE, "6 USC 968(c)", CONSENT, title=N_("Authorize the engagement"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class AuthorizeEngagement(Command):
    """Authorize the validator for this company: certificate in force, no conflict, contract, consent, pilot running."""

    case_id: UUID


@handles(AuthorizeEngagement)
def authorize_engagement(ctx: Context, cmd: AuthorizeEngagement) -> Decision:
    engagement = locked(cmd.case_id)
    verdict = engageable(engagement, ctx.on)
    reasons = [*verdict.reasons, officer_only(ctx, engagement), _still_open(engagement)]
    return Decision(all_of(reasons), (_decided(engagement, "authorized", ""),))


@command(CITE, title=N_("Refuse the engagement"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class RefuseEngagement(Command):
    """Refuse the engagement for a reason that both sides will read."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), **TEXTAREA})


@handles(RefuseEngagement)
def refuse_engagement(ctx: Context, cmd: RefuseEngagement) -> Decision:
    engagement = engagement_of(cmd.case_id)
    reasons = [filled(CITE, "reason", cmd.reason), officer_only(ctx, engagement)]
    return Decision(all_of(reasons), (_decided(engagement, "refused", cmd.reason),))


def _decided(engagement: Engagement, outcome: str, reason: str) -> entries.EngagementDecided:
    return entries.EngagementDecided(
        engagement_id=engagement.pk,
        validation_id=engagement.validation_id,
        validator=engagement.validator.name,
        company=engagement.participant.legal_name,
        outcome="authorized" if outcome == "authorized" else "refused",
        reason=reason.strip(),
    )


@command(PILOT, title=N_("Begin the validation"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class BeginThirdPartyValidation(Command):
    """Begin your validation. From now, and until the engagement ends, you see this company; every look is logged."""

    case_id: UUID


@handles(BeginThirdPartyValidation)
def begin_third_party_validation(ctx: Context, cmd: BeginThirdPartyValidation) -> Decision:
    engagement = locked(cmd.case_id)
    verdict = engageable(engagement, ctx.on)
    begun = entries.ThirdPartyValidationBegun(
        engagement_id=engagement.pk,
        validation_id=engagement.validation_id,
        validator=engagement.validator.name,
    )
    return Decision(all_of([*verdict.reasons, _still_open(engagement)]), (begun,))


@command(CONSENT, title=N_("Withdraw the consent"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class WithdrawConsent(Command):
    """Withdraw the company's consent. The engagement ends at once, and the validator sees the company no more."""

    case_id: UUID
    reason: str = field(default="", metadata={"label": N_("Reason, if you wish to give one"), **TEXTAREA})


@handles(WithdrawConsent)
def withdraw_consent(ctx: Context, cmd: WithdrawConsent) -> Decision:
    engagement = engagement_of(cmd.case_id)
    withdrawn = entries.ConsentWithdrawn(
        engagement_id=engagement.pk,
        validation_id=engagement.validation_id,
        reason=cmd.reason.strip() or "-",
    )
    voluntary = yes(CONSENT, "voluntary", N_("Validation by a third party is voluntary."))
    return Decision(all_of((*voluntary.reasons, fits(CONSENT, "reason", cmd.reason))), (withdrawn,))


@command(REVOKED, PILOT, title=N_("End the engagement"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class EndEngagement(Command):
    """End the engagement for a reason that both sides will read. The validator sees the company no more."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), **TEXTAREA})


@handles(EndEngagement)
def end_engagement(ctx: Context, cmd: EndEngagement) -> Decision:
    engagement = engagement_of(cmd.case_id)
    reasons = [filled(REVOKED, "reason", cmd.reason), officer_only(ctx, engagement)]
    ended = entries.EngagementEnded(
        engagement_id=engagement.pk,
        validation_id=engagement.validation_id,
        validator=engagement.validator.name,
        reason=cmd.reason.strip(),
    )
    return Decision(all_of(reasons), (ended,))
