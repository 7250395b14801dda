"""Propose an engagement, declare interests and conflicts (6 USC 968(c)(1), (f)(1))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import Office
from greenlane.law.s968 import common_owners
from greenlane.law.sentences import N_
from greenlane.law.verdicts import all_of, finding
from greenlane.participants.queries import participant_of
from greenlane.people.commands import account_named
from greenlane.validation.queries import open_validations
from greenlane.validators import entries_engagement as entries
from greenlane.validators.checks import TEXTAREA, filled
from greenlane.validators.commands_ownership import DeclaredHolding, holding_entry, holding_reasons
from greenlane.validators.facts_engagement import ownership_facts
from greenlane.validators.models import DeclaredTie, Engagement
from greenlane.validators.queries import engagement_of, latest_certificate, people_of, validator_of

KIND = "engagement"
INTEREST, CONFLICT = "6 USC 968(f)(1)(A)", "6 USC 968(f)(1)(B)"


def side_of(ctx: Context) -> Literal["validator", "participant", "staff"]:
    """On whose side a command is given, by the office that gives it."""
    if ctx.office == Office.VALIDATOR:
        return "validator"
    return "participant" if ctx.office == Office.APPLICANT_OFFICER else "staff"


def person_of(ctx: Context) -> str:
    """The name of the person who gives the command."""
    return account_named(ctx.actor.account).name if ctx.actor.account else ""


@command("6 USC 968(c)(1)", title=N_("Propose an engagement"), procedure=KIND, case="", lock="participant_id")
@dataclass(frozen=True, kw_only=True)
class ProposeEngagement(Command):
    """Propose that a certified validator conduct a validation of the company. Nothing of the company is opened yet."""

    participant_id: UUID = field(metadata={"label": N_("Company account")})
    validator_id: UUID = field(metadata={"label": N_("Validator"), "choices": "certified_validators"})
    validation_id: UUID | None = field(
        default=None,
        metadata={
            "label": N_("Validation"),
            "help": N_("The open case that it would serve; empty where only one is open."),
            "choices": "validations",
        },
    )


@handles(ProposeEngagement)
def propose_engagement(ctx: Context, cmd: ProposeEngagement) -> Decision:
    participant, validator = participant_of(cmd.participant_id), validator_of(cmd.validator_id)
    certificate = latest_certificate(validator)
    mine = certificate is not None and ctx.actor.account in people_of([certificate.pk])
    validation_id = _validation(cmd)
    taken = Engagement.objects.filter(validation_id=validation_id, ended_on=None).exists()
    reasons = [
        finding(
            "6 USC 968(d)",
            "validator_certified",
            certificate is not None and certificate.certified_on is not None and certificate.ended_on is None,
            N_("%(validator)s holds a certificate."),
            N_("%(validator)s holds no certificate."),
            mend=N_("Choose a validator that is certified."),
            where="validator_id",
            validator=validator.name,
        ),
        finding(
            "6 USC 968(c)(1)",
            "validation_open",
            validation_id is not None,
            N_("The validation of the company is open."),
            N_("This is no open validation of the company, or several are open and none is named."),
            mend=N_("Choose the open validation or revalidation of this company."),
            where="validation_id",
        ),
        finding(
            "6 USC 968(c)(1)",
            "one_engagement",
            not taken,
            N_("No other validator is engaged for this validation."),
            N_("An engagement for this validation is open."),
            mend=N_("End it first."),
            where="validation_id",
        ),
        finding(
            "6 USC 968(d)",
            "for_yourself",
            side_of(ctx) != "validator" or mine,
            N_("The validator speaks for itself."),
            N_("You do not act for this validator."),
            mend=N_("Propose your own entity."),
            where="validator_id",
        ),
    ]
    key = ctx.new_id()
    proposed = entries.EngagementProposed(
        engagement_id=key,
        validator_id=validator.pk,
        certificate_id=certificate.pk if certificate else key,
        participant_id=participant.pk,
        validation_id=validation_id or key,
        validator=validator.name,
        company=participant.legal_name,
        side=side_of(ctx),
    )
    opens = Opening(key, KIND, programme=participant.programme, participant=participant.pk)
    return Decision(all_of(reasons), (proposed,), opens=opens)


def _validation(cmd: ProposeEngagement) -> UUID | None:
    """The open validation that is named, or the only one."""
    keys = list(open_validations(cmd.participant_id).values_list("pk", flat=True))
    if cmd.validation_id is None:
        return keys[0] if len(keys) == 1 else None
    return cmd.validation_id if cmd.validation_id in keys else None


@command(INTEREST, CONFLICT, title=N_("Sign the declaration of interests"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class DeclareInterests(Command):
    """Sign, for your side, the declaration of every interest in and control over the other, and of who stands above."""

    case_id: UUID
    complete: bool = field(
        metadata={"label": N_("These are all interests, control and other ties between the two that we know of")}
    )
    holdings: tuple[DeclaredHolding, ...] = field(default=(), metadata={"label": N_("Interests and control")})


@handles(DeclareInterests)
def declare_interests(ctx: Context, cmd: DeclareInterests) -> Decision:
    engagement = engagement_of(cmd.case_id)
    reasons = [
        finding(
            CONFLICT,
            "declaration_complete",
            cmd.complete,
            N_("The declaration is said to be complete."),
            N_("The declaration is not said to be complete."),
            mend=N_("Name every interest, then say that these are all."),
            where="complete",
        ),
        *(reason for one in cmd.holdings for reason in holding_reasons(one, ctx.on)),
    ]
    side = "validator" if side_of(ctx) == "validator" else "participant"
    declared = entries.InterestsDeclared(
        engagement_id=engagement.pk,
        side="validator" if side == "validator" else "participant",
        name=person_of(ctx),
        holdings=len(cmd.holdings),
    )
    source = f"declared by the {side}"
    held = tuple(holding_entry(ctx, one, source, engagement_id=engagement.pk) for one in cmd.holdings)
    return Decision(all_of(reasons), (declared, *held))


@command(CONFLICT, title=N_("Declare a conflict of interest"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class DeclareConflict(Command):
    """Declare a tie of another kind between validator and company, or say on which day one ended."""

    case_id: UUID
    kind: Literal["employment", "advice", "family", "money_owed", "business", "other"] = field(
        metadata={"label": N_("Kind of tie")}
    )
    detail: str = field(metadata={"label": N_("What it is"), **TEXTAREA})
    ended_on: date | None = field(default=None, metadata={"label": N_("Ended on")})
    corrects: UUID | None = field(default=None, metadata={"label": N_("Corrects the tie"), "choices": "declared_ties"})


@handles(DeclareConflict)
def declare_conflict(ctx: Context, cmd: DeclareConflict) -> Decision:
    engagement = engagement_of(cmd.case_id)
    old = DeclaredTie.objects.filter(engagement=engagement, pk=cmd.corrects).first() if cmd.corrects else None
    if cmd.corrects is not None and old is None:
        raise Missing("tie", cmd.corrects)
    reasons = [
        filled(CONFLICT, "detail", cmd.detail),
        finding(
            CONFLICT,
            "ended_by_now",
            cmd.ended_on is None or cmd.ended_on <= ctx.on,
            N_("The day on which it ended has come, where one is given."),
            N_("%(day)s lies ahead: a tie stands until it has ended."),
            where="ended_on",
            day=cmd.ended_on or "-",
        ),
        finding(
            CONFLICT,
            "own_tie",
            old is None or old.side == side_of(ctx) or side_of(ctx) == "staff",
            N_("It was declared by the side that corrects it."),
            N_("It was declared by the other side, which alone can correct it."),
            mend=N_("Ask the other side or the programme office."),
            where="corrects",
        ),
    ]
    declared = entries.ConflictDeclared(
        tie_id=old.pk if old else ctx.new_id(),
        engagement_id=engagement.pk,
        side=side_of(ctx),
        kind_of=cmd.kind,
        detail=cmd.detail.strip(),
        ended_on=cmd.ended_on,
    )
    return Decision(all_of(reasons), (declared,))


@command(CONFLICT, title=N_("Determine that a tie is no conflict"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class DetermineNoConflict(Command):
    """Determine in writing that a common owner makes no conflict of interest. No other tie can be cleared."""

    case_id: UUID
    party: str = field(metadata={"label": N_("Common owner"), "choices": "common_owners"})
    reason: str = field(metadata={"label": N_("Reason"), **TEXTAREA})


@handles(DetermineNoConflict)
def determine_no_conflict(ctx: Context, cmd: DetermineNoConflict) -> Decision:
    engagement = engagement_of(cmd.case_id)
    facts = ownership_facts(engagement)
    owners = common_owners(facts.validator, facts.participant, facts.holdings, ctx.on)
    reasons = [
        finding(
            CONFLICT,
            "common_owner",
            cmd.party in owners,
            N_("%(party)s stands above both."),
            N_("'%(party)s' does not stand above both; above both stand: %(owners)s."),
            mend=N_("Only a tie through a common owner can be cleared."),
            where="party",
            party=cmd.party[:200],
            owners=", ".join(owners) or "-",
        ),
        filled(CONFLICT, "reason", cmd.reason),
    ]
    cleared = entries.NoConflictDetermined(
        clearance_id=ctx.new_id(), engagement_id=engagement.pk, party=cmd.party, reason=cmd.reason.strip()
    )
    return Decision(all_of(reasons), (cleared,))
