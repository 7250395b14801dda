"""Seek, give, refuse and give up a certificate as a third party validator (6 USC 968(d))."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import Office
from greenlane.law.s968 import may_certify_validator
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.checks import known_country
from greenlane.people.commands import account_named
from greenlane.people.models import Account
from greenlane.people.queries import answers_for, offices_of
from greenlane.programs.queries import terms_of
from greenlane.records.models import Entry
from greenlane.validators import entries
from greenlane.validators.checks import TEXTAREA, filled, fits, key_of, yes
from greenlane.validators.facts import validator_facts
from greenlane.validators.models import Certificate, Validator
from greenlane.validators.ownership import label_of
from greenlane.validators.queries import certificate_of

CITE = "6 USC 968(d)"
KIND = "validator_certificate"
SHOWN = "validators.AbilityDemonstrated"


@command(CITE, title=N_("Seek a certificate"), procedure=KIND, case="")
@dataclass(frozen=True, kw_only=True)
class SeekCertificate(Command):
    """Seek a certificate as a third party entity that performs validations. The case is assigned to you."""

    programme: str = field(default="ctpat", metadata={"label": N_("Programme")})
    name: str = field(metadata={"label": N_("Legal name of the entity")})
    country: str = field(metadata={"label": N_("Country of its seat"), "help": N_("Two letters, for example US.")})
    address: str = field(metadata={"label": N_("Address")})


@handles(SeekCertificate)
def seek_certificate(ctx: Context, cmd: SeekCertificate) -> Decision:
    terms_of(cmd.programme, ctx.on)
    name, key = label_of(cmd.name), key_of(cmd.name)
    alone("validator", cmd.programme, key)
    known = Validator.objects.filter(programme=cmd.programme, key=key).first()
    reasons = [
        filled(CITE, "name", cmd.name, 200),
        filled(CITE, "address", cmd.address, 300),
        known_country("country", cmd.country),
        _one_at_a_time(known),
        finding(
            CITE,
            "entity_is_yours",
            known is None or ctx.actor.account is None or _acts_for(known, ctx.actor.account),
            N_("Nobody else acts for an entity of this name."),
            N_("An entity of this name is in the register, and you do not act for it."),
            mend=N_("Ask a person of that entity to seek the certificate, or give the full legal name of yours."),
            where="name",
        ),
    ]
    case_id, validator_id = ctx.new_id(), known.pk if known else ctx.new_id()
    account = ctx.actor.account
    sought = entries.CertificateSought(
        certificate_id=case_id,
        validator_id=validator_id,
        is_new=known is None,
        programme=cmd.programme,
        name=known.name if known else name,
        key=key,
        country=cmd.country.strip().upper(),
        address=cmd.address.strip(),
        account_id=account,
        person=account_named(account).name if account else "",
    )
    return Decision(all_of(reasons), (sought,), opens=Opening(case_id, KIND, programme=cmd.programme))


def _one_at_a_time(known: Validator | None) -> Reason:
    open_one = known is not None and Certificate.objects.filter(validator=known, ended_on=None).exists()
    return finding(
        CITE,
        "one_certificate",
        not open_one,
        N_("The entity holds and seeks no other certificate."),
        N_("The entity already holds or seeks a certificate."),
        mend=N_("Go on with the one that is open."),
        where="name",
    )


def _acts_for(validator: Validator, account: UUID) -> bool:
    return Certificate.objects.filter(validator=validator, people__account_id=account).exists()


@command(CITE, title=N_("Name a person who acts for the validator"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class RecordValidatorPerson(Command):
    """Name another person who acts for your entity. The person's case list then shows the certificate."""

    case_id: UUID
    email: str = field(metadata={"label": N_("Email address of the person's account")})


@handles(RecordValidatorPerson)
def record_validator_person(ctx: Context, cmd: RecordValidatorPerson) -> Decision:
    certificate = certificate_of(cmd.case_id)
    account = Account.objects.filter(email=cmd.email.strip().lower(), closed_on=None).first()
    able = account is not None and Office.VALIDATOR in offices_of(account, ctx.on)
    reasons = [
        finding(
            CITE,
            "holds_the_office",
            able,
            N_("The person holds the office of validator."),
            N_("No account with this address holds the office of validator."),
            mend=N_("Ask the programme office to give the person that office first."),
            where="email",
        ),
        finding(
            CITE,
            "not_named_already",
            account is None or account.pk not in {row.account_id for row in certificate.people.all()},
            N_("The person is new to the entity."),
            N_("The person is named already."),
            where="email",
        ),
    ]
    recorded = entries.ValidatorPersonRecorded(
        certificate_id=certificate.pk,
        account_id=account.pk if account else cmd.case_id,
        name=account.name if account else "",
    )
    return Decision(all_of(reasons), (recorded,))


@command(
    CITE,
    "6 USC 968(d)(1)",
    "6 USC 968(d)(2)",
    "6 USC 968(d)(3)",
    title=N_("Certify the validator"),
    procedure=KIND,
)
@dataclass(frozen=True, kw_only=True)
class CertifyValidator(Command):
    """Certify the entity: ability, agreed procedures, insurance and the agreement on proprietary information."""

    case_id: UUID


@handles(CertifyValidator)
def certify_validator(ctx: Context, cmd: CertifyValidator) -> Decision:
    certificate = certificate_of(cmd.case_id)
    terms = terms_of(certificate.validator.programme, ctx.on)
    verdict = may_certify_validator(validator_facts(certificate, ctx.on), ctx.on, terms)
    satisfied = {row.satisfied for row in certificate.demonstrations.all() if row.satisfied}
    reasons = [
        *verdict.reasons,
        _second_person(
            ctx,
            satisfied,
            N_("Somebody else than the officer who decides was satisfied of the ability."),
            N_(
                "Whoever was satisfied of the ability does not also certify the entity alone, by no lent office either."
            ),
        ),
        _not_its_own(ctx, certificate),
    ]
    return Decision(all_of(reasons), (_decided(certificate, "certified", ""),))


def _second_person(ctx: Context, first: set[UUID], holds: str, stands_alone: str) -> Reason:
    """Nobody assesses and decides alone, nor on an office that only those who assessed have lent (971(a))."""
    lent = answers_for(ctx.actor.account, ctx.office or Office.SUPERVISOR.value, ctx.on) if ctx.actor.account else ()
    return finding(
        "6 USC 971(a)",
        "second_person",
        not first or first not in ({ctx.actor.account}, set(lent)),
        holds,
        stands_alone,
        mend=N_("Let another supervisor decide."),
    )


def _not_its_own(ctx: Context, certificate: Certificate) -> Reason:
    people = {row.account_id for row in certificate.people.all()}
    return finding(
        "6 USC 968(c)(2)",
        "not_the_validators_person",
        ctx.actor.account not in people,
        N_("The officer who decides does not act for the entity."),
        N_("Whoever acts for the entity does not decide on it."),
        mend=N_("Let another officer decide."),
    )


def _decided(certificate: Certificate, outcome: str, reason: str) -> entries.CertificateDecided:
    return entries.CertificateDecided(
        certificate_id=certificate.pk,
        validator_id=certificate.validator_id,
        entity=certificate.validator.name,
        outcome="certified" if outcome == "certified" else "refused",
        reason=reason.strip(),
    )


@command(CITE, title=N_("Refuse the certificate"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class RefuseCertificate(Command):
    """Refuse the certificate for a reason that the entity will read. It may seek one again."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), **TEXTAREA})


@handles(RefuseCertificate)
def refuse_certificate(ctx: Context, cmd: RefuseCertificate) -> Decision:
    certificate = certificate_of(cmd.case_id)
    assessed = Entry.objects.filter(subject=certificate.pk, kind=SHOWN).exclude(actor=None)
    reasons = [
        filled(CITE, "reason", cmd.reason),
        _second_person(
            ctx,
            set(assessed.values_list("actor", flat=True)),
            N_("Somebody else than the officer who decides assessed the ability, or nobody did yet."),
            N_("Whoever assessed the ability does not also refuse the entity alone, by no lent office either."),
        ),
        _not_its_own(ctx, certificate),
    ]
    return Decision(all_of(reasons), (_decided(certificate, "refused", cmd.reason),))


@command(CITE, title=N_("Give the certificate up"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class SurrenderCertificate(Command):
    """Give the certificate up, or stop seeking one. Open engagements end; what was reported stays on record."""

    case_id: UUID
    reason: str = field(default="", metadata={"label": N_("Reason"), **TEXTAREA})


@handles(SurrenderCertificate)
def surrender_certificate(ctx: Context, cmd: SurrenderCertificate) -> Decision:
    certificate = certificate_of(cmd.case_id)
    surrendered = entries.CertificateSurrendered(
        certificate_id=certificate.pk,
        validator_id=certificate.validator_id,
        entity=certificate.validator.name,
        reason=cmd.reason.strip(),
    )
    voluntary = yes(CITE, "entity_gives_up", N_("Holding a certificate is voluntary."))
    return Decision(all_of((*voluntary.reasons, fits(CITE, "reason", cmd.reason))), (surrendered,))
