"""Procedures, the entity's agreement to them, its ability, and proprietary information (6 USC 968(d)(1)-(3))."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s968 import current
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.people.commands import account_named
from greenlane.programs.queries import terms_of
from greenlane.validators import entries
from greenlane.validators.checks import TEXTAREA, documents_here, filled, yes
from greenlane.validators.facts import procedure_facts
from greenlane.validators.models import Procedure
from greenlane.validators.queries import certificate_of

KIND = "validator_certificate"
ABILITY, AGREEMENT, PROTECTION = "6 USC 968(d)(1)", "6 USC 968(d)(2)(A)", "6 USC 968(d)(3)"
CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@command(ABILITY, AGREEMENT, title=N_("Publish a procedure for validators"), case="")
@dataclass(frozen=True, kw_only=True)
class PublishProcedure(Command):
    """Publish a standard operating procedure or requirement, or an update of one: every validator must agree to it."""

    programme: str = field(default="ctpat", metadata={"label": N_("Programme")})
    code: str = field(
        metadata={"label": N_("Short name"), "help": N_("Small letters, digits and hyphens; an update keeps the name.")}
    )
    title: str = field(metadata={"label": N_("Title")})
    text: str = field(metadata={"label": N_("Text"), **TEXTAREA})
    in_force_from: date = field(metadata={"label": N_("In force from")})


@handles(PublishProcedure)
def publish_procedure(ctx: Context, cmd: PublishProcedure) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("validator_procedure", cmd.programme, cmd.code)
    last = Procedure.objects.filter(programme=cmd.programme, code=cmd.code).order_by("version").last()
    published_on = ctx.on if ctx.actor.is_system else legal_date(ctx.at)
    reasons = [
        finding(
            AGREEMENT,
            "code_is_a_name",
            CODE.fullmatch(cmd.code) is not None,
            N_("The procedure has a short name."),
            N_("'%(name)s' is not a short name."),
            mend=N_("Use small letters, digits and hyphens, at most 40: on-site-visits."),
            where="code",
            name=cmd.code[:60],
        ),
        filled(AGREEMENT, "title", cmd.title, 200),
        filled(AGREEMENT, "text", cmd.text, 100_000),
        finding(
            AGREEMENT,
            "not_backdated",
            cmd.in_force_from >= published_on and (last is None or cmd.in_force_from >= last.in_force_from),
            N_("It takes effect on %(day)s."),
            N_("It would take effect on %(day)s, before it is published or before the version that it updates."),
            mend=N_("Choose the day of publication or a later one; leave validators time to agree."),
            where="in_force_from",
            day=cmd.in_force_from,
        ),
    ]
    key = ctx.new_id()
    published = entries.ProcedurePublished(
        procedure_id=key,
        programme=cmd.programme,
        code=cmd.code,
        number=last.version + 1 if last else 1,
        title=cmd.title.strip(),
        text=cmd.text,
        in_force_from=cmd.in_force_from,
    )
    opens = Opening(key, "validator_procedure", programme=cmd.programme)
    return Decision(all_of(reasons), (published,), to="open", opens=opens)


@command(AGREEMENT, title=N_("Agree to the procedures"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class AgreeToProcedures(Command):
    """Agree to perform validations in accordance with every procedure that is published, updates included."""

    case_id: UUID
    agreed: bool = field(metadata={"label": N_("The entity agrees to each of them, as it is written")})


@handles(AgreeToProcedures)
def agree_to_procedures(ctx: Context, cmd: AgreeToProcedures) -> Decision:
    certificate = certificate_of(cmd.case_id)
    programme = certificate.validator.programme
    known = {row.procedure_id for row in certificate.agreements.all()}
    in_force = {(p.code, p.version) for p in current(procedure_facts(programme), ctx.on)}
    missing = [
        row
        for row in Procedure.objects.filter(programme=programme).order_by("code", "version")
        if row.pk not in known and ((row.code, row.version) in in_force or row.in_force_from > ctx.on)
    ]
    reasons = [
        _said(cmd.agreed),
        finding(
            AGREEMENT,
            "something_to_agree_to",
            bool(missing),
            N_("These procedures await the entity's agreement: %(named)s."),
            N_("The entity has agreed to every procedure that is published."),
            mend=N_("Wait for an update."),
            named=", ".join(str(row) for row in missing) or "-",
        ),
    ]
    agreed = entries.ProceduresAgreed(
        certificate_id=certificate.pk,
        procedures=tuple(row.pk for row in missing),
        named=tuple(str(row) for row in missing),
    )
    return Decision(all_of(reasons), (agreed,))


def _said(agreed: bool) -> Reason:
    return finding(
        AGREEMENT,
        "agreement_given",
        agreed,
        N_("The entity agrees."),
        N_("The entity does not say that it agrees."),
        mend=N_("Tick the agreement, or leave it and give the certificate up."),
        where="agreed",
    )


@command(AGREEMENT, title=N_("Ask anew for agreement"), procedure=KIND, internal=True)
@dataclass(frozen=True, kw_only=True)
class ReopenAgreement(Command):
    """A new version of a procedure awaits the entity's agreement; where it is in force, the certificate is held."""

    case_id: UUID
    procedure_id: UUID


@handles(ReopenAgreement)
def reopen_agreement(ctx: Context, cmd: ReopenAgreement) -> Decision:
    certificate = certificate_of(cmd.case_id)
    procedure = Procedure.objects.get(pk=cmd.procedure_id)
    reopened = entries.AgreementReopened(
        certificate_id=certificate.pk,
        entity=certificate.validator.name,
        procedure_id=procedure.pk,
        code=procedure.code,
        number=procedure.version,
        in_force_from=procedure.in_force_from,
    )
    verdict = yes(AGREEMENT, "update_published", N_("An update of a procedure was published."))
    return Decision(verdict, (reopened,), to="held" if procedure.in_force_from <= ctx.on else ctx.the_case.state)


@command(ABILITY, title=N_("Record a demonstration of ability"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class DemonstrateAbility(Command):
    """Record that the entity showed its ability under one procedure, and whether you are satisfied."""

    case_id: UUID
    code: str = field(metadata={"label": N_("Procedure"), "choices": "validator_procedures"})
    shown_on: date = field(metadata={"label": N_("Shown on")})
    satisfied: bool = field(metadata={"label": N_("I am satisfied that the entity has the ability")})
    note: str = field(metadata={"label": N_("What was shown"), **TEXTAREA})
    evidence: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "documents"})


@handles(DemonstrateAbility)
def demonstrate_ability(ctx: Context, cmd: DemonstrateAbility) -> Decision:
    certificate = certificate_of(cmd.case_id)
    codes = [p.code for p in current(procedure_facts(certificate.validator.programme), ctx.on)]
    reasons = [
        finding(
            ABILITY,
            "procedure_designated",
            cmd.code in codes,
            N_("The procedure is in force."),
            N_("'%(name)s' is no procedure that is in force; these are: %(codes)s."),
            mend=N_("Choose one of them."),
            where="code",
            name=cmd.code[:60],
            codes=", ".join(codes) or "-",
        ),
        finding(
            ABILITY,
            "shown_by_now",
            cmd.shown_on <= ctx.on,
            N_("It was shown on %(day)s."),
            N_("%(day)s lies ahead."),
            mend=N_("Give the day on which it was shown."),
            where="shown_on",
            day=cmd.shown_on,
        ),
        filled(ABILITY, "note", cmd.note),
        documents_here(ABILITY, "evidence", cmd.evidence, cmd.case_id, needed=False),
    ]
    shown = entries.AbilityDemonstrated(
        demonstration_id=ctx.new_id(),
        certificate_id=certificate.pk,
        code=cmd.code,
        shown_on=cmd.shown_on,
        satisfied=ctx.actor.account if cmd.satisfied else None,
        note=cmd.note.strip(),
        evidence=cmd.evidence,
    )
    return Decision(all_of(reasons), (shown,))


@command(PROTECTION, title=N_("Sign the agreement on proprietary information"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class SignProtectionAgreement(Command):
    """Sign the agreement to protect all proprietary information of the participants that you validate."""

    case_id: UUID
    agreed: bool = field(
        metadata={"label": N_("The entity protects all proprietary information of the companies that it validates")}
    )


@handles(SignProtectionAgreement)
def sign_protection_agreement(ctx: Context, cmd: SignProtectionAgreement) -> Decision:
    certificate = certificate_of(cmd.case_id)
    reasons = [
        finding(
            PROTECTION,
            "protection_agreed",
            cmd.agreed,
            N_("The entity agrees to protect proprietary information."),
            N_("The entity does not say that it agrees."),
            mend=N_("Without this agreement no certificate can be given."),
            where="agreed",
        ),
        finding(
            PROTECTION,
            "not_signed_already",
            certificate.protection_signed_on is None,
            N_("It is signed for the first time."),
            N_("It was signed on %(day)s."),
            day=certificate.protection_signed_on or "-",
        ),
    ]
    name = account_named(ctx.actor.account).name if ctx.actor.account else certificate.validator.name
    signed = entries.ProtectionAgreementSigned(certificate_id=certificate.pk, name=name)
    return Decision(all_of(reasons), (signed,))
