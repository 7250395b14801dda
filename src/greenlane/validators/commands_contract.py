"""File the contract of an engagement, and consent to it (6 USC 968(f)(2), (h))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.validators import entries_engagement as entries
from greenlane.validators.checks import documents_here, sum_in_range
from greenlane.validators.commands_engagement import KIND, person_of
from greenlane.validators.queries import engagement_of

CONTRACT, CONSENT = "6 USC 968(f)(2)", "6 USC 968(h)"


@command(CONTRACT, title=N_("File the contract"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class FileContract(Command):
    """File the contract between company and validator; under it the company pays all costs of the validation."""

    case_id: UUID
    document: UUID = field(metadata={"label": N_("The contract"), "choices": "documents"})
    signed_on: date = field(metadata={"label": N_("Signed on")})
    ends_on: date | None = field(default=None, metadata={"label": N_("Ends on"), "help": N_("Empty: once done.")})
    participant_signed: bool = field(metadata={"label": N_("The company has signed")})
    validator_signed: bool = field(metadata={"label": N_("The validator has signed")})
    participant_pays_all: bool = field(metadata={"label": N_("The company pays all costs of the validation")})
    price_usd: int = field(metadata={"label": N_("Price, in whole dollars")})


@handles(FileContract)
def file_contract(ctx: Context, cmd: FileContract) -> Decision:
    engagement = engagement_of(cmd.case_id)
    reasons = [
        documents_here(CONTRACT, "document", [cmd.document], cmd.case_id),
        sum_in_range(CONTRACT, "price_usd", cmd.price_usd),
        *_contract_days(cmd, ctx.on),
    ]
    filed = entries.ContractFiled(
        engagement_id=engagement.pk,
        document=cmd.document,
        signed_on=cmd.signed_on,
        ends_on=cmd.ends_on,
        participant_signed=cmd.participant_signed,
        validator_signed=cmd.validator_signed,
        participant_pays_all=cmd.participant_pays_all,
        price_usd=cmd.price_usd,
    )
    return Decision(all_of(reasons), (filed,))


def _contract_days(cmd: FileContract, on: date) -> Iterator[Reason]:
    yield finding(
        CONTRACT,
        "contract_days",
        cmd.signed_on <= on and (cmd.ends_on is None or cmd.signed_on < cmd.ends_on),
        N_("The days of the contract are in order."),
        N_("A contract is signed by the day on which it is filed, and ends after it was signed."),
        mend=N_("Correct the days."),
        where="signed_on",
    )


@command(CONSENT, title=N_("Consent to the validator"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class ConsentToValidator(Command):
    """Submit, as an officer of the company and of its own will, to validation by this third party."""

    case_id: UUID
    voluntary: bool = field(
        metadata={
            "label": N_("The company submits to this validator of its own will"),
            "help": N_("It may as well be validated by the agency itself, and it may withdraw this consent."),
        }
    )


@handles(ConsentToValidator)
def consent_to_validator(ctx: Context, cmd: ConsentToValidator) -> Decision:
    engagement = engagement_of(cmd.case_id)
    reasons = [
        finding(
            CONSENT,
            "voluntary_consent",
            cmd.voluntary,
            N_("The company consents of its own will."),
            N_("The company does not say that it consents of its own will."),
            mend=N_("Tick it only if it is so; the agency validates the company otherwise."),
            where="voluntary",
        )
    ]
    given = entries.ValidatorConsentedTo(engagement_id=engagement.pk, name=person_of(ctx), voluntary=cmd.voluntary)
    return Decision(all_of(reasons), (given,))
