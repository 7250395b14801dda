"""Begin, sign, submit, return, conclude and withdraw an application (6 USC 961(a), 963)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.applications import entries
from greenlane.applications.facts import parts_on_record, signature, submission_facts
from greenlane.applications.models import Application
from greenlane.applications.queries import application_of
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, command, handles
from greenlane.criteria.queries import edition_id, edition_in_force
from greenlane.law.procedures import APPLICATION
from greenlane.law.s961 import may_join, may_withdraw
from greenlane.law.s963 import may_submit
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of

BARRED = frozenset({"certified", "suspended", "expelled"})


@command(
    "6 USC 961(a)",
    "6 USC 962",
    title=N_("Begin an application"),
    procedure="application",
    case="",
    lock="participant_id",
)
@dataclass(frozen=True, kw_only=True)
class OpenApplication(Command):
    """Begin an application of a registered company, with the criteria in force for its business type."""

    participant_id: UUID = field(metadata={"label": N_("Company account")})


@handles(OpenApplication)
def open_application(ctx: Context, cmd: OpenApplication) -> Decision:
    participant = participant_of(cmd.participant_id)
    edition = edition_in_force(participant.programme, participant.business_type, ctx.on)
    application_id = ctx.new_id()
    opened = entries.ApplicationOpened(
        application_id=application_id,
        participant_id=participant.pk,
        programme=participant.programme,
        business_type=participant.business_type,
        edition_id=edition_id(edition.programme, edition.business_type, edition.version),
    )
    opens = Opening(application_id, "application", programme=participant.programme, participant=participant.pk)
    return Decision(all_of(_may_open(participant)), (opened,), opens=opens)


def _may_open(participant: Participant) -> Iterator[Reason]:
    live = Case.objects.filter(participant_id=participant.pk, kind=APPLICATION.kind).exclude(
        state__in=APPLICATION.final
    )
    yield finding(
        "6 USC 961(a)",
        "no_open_application",
        not live.exists(),
        N_("The company has no other open application."),
        N_("The company already has an open application."),
        mend=N_("Go on with that one, or withdraw it first."),
        where="participant_id",
    )
    yield finding(
        "6 USC 961(a)",
        "standing_allows",
        participant.standing not in BARRED,
        N_("The standing of the company allows an application."),
        N_("The standing of the company is '%(standing)s', so it cannot apply now."),
        mend=N_("A certified company need not apply; a suspended or expelled one asks for reinstatement."),
        where="participant_id",
        standing=participant.standing,
    )


@command("6 USC 961(a)", title=N_("Sign the agreement"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class SignAgreement(Command):
    """Sign, as an officer named by the company, the agreement to take part voluntarily."""

    case_id: UUID
    agreed: bool = field(metadata={"label": N_("The company takes part of its own will and accepts the terms")})


@handles(SignAgreement)
def sign_agreement(ctx: Context, cmd: SignAgreement) -> Decision:
    application = application_of(cmd.case_id)
    signing = signature(application, ctx.actor.account, ctx.office, ctx.on)
    agreed = finding(
        "6 USC 961(a)",
        "consent_given",
        cmd.agreed,
        N_("The company takes part of its own will."),
        N_("The box that says so is not ticked."),
        mend=N_("Tick the box if the company wishes to take part; nobody has to."),
        where="agreed",
    )
    verdict = may_join(signing, ctx.on).and_(Verdict((agreed,)))
    signed = entries.AgreementSigned(
        signed_by=ctx.actor.account or application.pk, signed_as=ctx.office, named_officer=signing.named_officer
    )
    return Decision(verdict, (signed,))


@command("6 USC 963", "6 USC 962", title=N_("Submit the application"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class SubmitApplication(Command):
    """Submit the application as an officer of the company. Everything that is missing is listed at once."""

    case_id: UUID


@handles(SubmitApplication)
def submit_application(ctx: Context, cmd: SubmitApplication) -> Decision:
    application = application_of(cmd.case_id)
    signing = signature(application, ctx.actor.account, ctx.office, ctx.on)
    verdict = may_submit(submission_facts(application, signing), ctx.on, terms_of(application.programme, ctx.on))
    submitted = entries.ApplicationSubmitted(
        application_id=application.pk,
        participant_id=application.participant_id,
        submission=application.submissions + 1,
        received_on=application.received_on or ctx.on,
        signed_by=ctx.actor.account or application.pk,
        cargo_kinds=tuple(application.participant.cargo_kinds),
        parts=tuple(parts_on_record(application.participant_id)),
    )
    return Decision(verdict, (submitted,))


@command("6 USC 964(b)", title=N_("Return the application"), procedure="application", internal=True)
@dataclass(frozen=True, kw_only=True)
class ReturnApplication(Command):
    """Give the application back to the company with the points to correct, as the review decided."""

    case_id: UUID
    points: dict[str, str]
    message: str


@handles(ReturnApplication)
def return_application(ctx: Context, cmd: ReturnApplication) -> Decision:
    named = finding(
        "6 USC 964(b)",
        "points_named",
        bool(cmd.points),
        N_("The points to correct are named."),
        N_("No point to correct is named."),
    )
    returned = entries.ApplicationReturned(application_id=cmd.case_id, points=cmd.points, message=cmd.message)
    return Decision(Verdict((named,)), (returned,))


@command("6 USC 964(a)", title=N_("Conclude the application"), procedure="application", internal=True)
@dataclass(frozen=True, kw_only=True)
class ConcludeApplication(Command):
    """Close the application as the certification decided."""

    case_id: UUID
    outcome: Literal["accepted", "refused"]


@handles(ConcludeApplication)
def conclude_application(ctx: Context, cmd: ConcludeApplication) -> Decision:
    decided = finding("6 USC 964(a)", "decided", True, N_("The certification is decided."), "")
    concluded = entries.ApplicationConcluded(application_id=cmd.case_id, outcome=cmd.outcome)
    return Decision(Verdict((decided,)), (concluded,), to=cmd.outcome)


@command("6 USC 961(a)", title=N_("Withdraw the application"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class WithdrawApplication(Command):
    """Withdraw at any time, for any reason or none, without prejudice."""

    case_id: UUID
    reason: str = field(default="", metadata={"label": N_("Reason, if you wish to give one"), "widget": "textarea"})


@handles(WithdrawApplication)
def withdraw_application(ctx: Context, cmd: WithdrawApplication) -> Decision:
    application: Application = application_of(cmd.case_id)
    request = signature(application, ctx.actor.account, ctx.office, ctx.on)
    verdict = may_withdraw(request, takes_part=True, effective_on=ctx.on)
    withdrawn = entries.ApplicationWithdrawn(
        application_id=application.pk, participant_id=application.participant_id, reason=cmd.reason.strip()
    )
    return Decision(verdict, (withdrawn,))
