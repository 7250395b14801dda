"""Open accounts, give and end offices, assign cases (6 USC 971(c))."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.models import Case
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.people import entries, queries
from greenlane.people.models import Account, Assignment, OfficeHolding

CITE = "6 USC 971(c)"
COMPANY_OFFICES = frozenset({Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT})
_OFFICER = Office.APPLICANT_OFFICER.value
NOBODYS_OFFICES = frozenset({Office.PUBLIC, Office.SYSTEM})


def account_named(account_id: UUID) -> Account:
    """The open account. Raises Missing."""
    account = Account.objects.filter(pk=account_id, closed_on=None).first()
    if account is None:
        raise Missing("account", account_id)
    return account


@command(CITE, title=N_("Open an account"), case="")
@dataclass(frozen=True, kw_only=True)
class OpenAccount(Command):
    """Open an account for a person. It holds no office until one is given."""

    email: str = field(metadata={"label": N_("Email address")})
    name: str = field(metadata={"label": N_("Full name")})


@handles(OpenAccount)
def open_account(ctx: Context, cmd: OpenAccount) -> Decision:
    email = unicodedata.normalize("NFKC", cmd.email.strip()).lower()  # what looks alike is one address
    alone("email", email)
    local, _, domain = email.partition("@")
    plain = email.isprintable() and not any(c.isspace() for c in email)
    reasons = [
        finding(
            CITE,
            "email_is_an_address",
            bool(local) and "." in domain and "@" not in domain and len(email) <= 254 and plain,
            N_("The email address can be written to."),
            N_("'%(email)s' is not an email address."),
            mend=N_("Write it as name@example.org."),
            where="email",
            email=email[:100],
        ),
        finding(
            CITE,
            "email_is_free",
            not Account.objects.filter(email=email).exists(),
            N_("No other account uses this address."),
            N_("Another account already uses this address."),
            mend=N_("Sign in with that account, or give another address."),
            where="email",
        ),
        finding(
            CITE,
            "person_is_named",
            0 < len(cmd.name.strip()) <= 200 and cmd.name.strip().isprintable(),
            N_("The person is named."),
            N_("The person has no name, or one that is too long or holds signs that cannot be seen."),
            mend=N_("Type the person's full name, at most 200 characters."),
            where="name",
        ),
    ]
    account_id = ctx.new_id()
    opened = entries.AccountOpened(account_id=account_id, email=email, name=cmd.name.strip())
    return Decision(all_of(reasons), (opened,), to="open", opens=Opening(account_id, "account"))


@command(CITE, title=N_("Close an account"), case="account_id")
@dataclass(frozen=True, kw_only=True)
class CloseAccount(Command):
    """Close an account: it can no longer sign in; its offices, assignments and keys end. A company keeps an officer."""

    account_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(CloseAccount)
def close_account(ctx: Context, cmd: CloseAccount) -> Decision:
    account = account_named(cmd.account_id)
    held = OfficeHolding.objects.filter(queries.in_force(ctx.on), account=account, office=_OFFICER)
    companies = set(held.values_list("participant_id", flat=True))
    reasons = (_has_reason(cmd.reason), _keeps_an_officer(account, companies, ctx.on))
    closed = entries.AccountClosed(account_id=account.pk, reason=cmd.reason)
    return Decision(Verdict(reasons), (closed,), to="closed")


def _keeps_an_officer(account: Account, companies: Iterable[UUID | None], on: date) -> Reason:
    """Somebody else answers for each of these companies. They are locked: of two that leave at once, one stays."""
    locked = Case.objects.select_for_update().filter(pk__in=[key for key in companies if key]).order_by("pk")
    others = OfficeHolding.objects.filter(queries.in_force(on), office=_OFFICER, account__closed_on=None)
    left = [
        case.reference for case in locked if not others.filter(participant_id=case.pk).exclude(account=account).exists()
    ]
    return finding(
        CITE,
        "company_keeps_an_officer",
        not left,
        N_("Somebody still answers for the company."),
        N_("%(name)s is the last officer of %(companies)s."),
        mend=N_("Give the office to another person first."),
        name=account.name,
        companies=", ".join(left) or "-",
    )


@command(CITE, title=N_("Give an office"), case="", lock="account_id")
@dataclass(frozen=True, kw_only=True)
class GrantOffice(Command):
    """Give a person an office, for one company where it is a company's office."""

    account_id: UUID
    office: Office = field(metadata={"label": N_("Office")})
    participant_id: UUID | None = field(default=None, metadata={"label": N_("Company account")})
    agency: str = field(default="", metadata={"label": N_("Agency")})
    until: date | None = field(
        default=None, metadata={"label": N_("Until"), "help": N_("Empty means until it is ended.")}
    )


@handles(GrantOffice)
def grant_office(ctx: Context, cmd: GrantOffice) -> Decision:
    account = account_named(cmd.account_id)
    granted = entries.OfficeGranted(
        holding_id=ctx.new_id(),
        account_id=account.pk,
        name=account.name,
        office=cmd.office.value,
        participant_id=cmd.participant_id,
        agency=cmd.agency.strip(),
        until=cmd.until,
    )
    reasons = [*_office_fits(ctx, cmd), *_holder_fits(ctx, cmd, account)]
    return Decision(all_of(reasons), (granted,), participant=cmd.participant_id)


def _office_fits(ctx: Context, cmd: GrantOffice) -> Iterator[Reason]:
    by_company = ctx.office == _OFFICER
    yield finding(
        CITE,
        "office_can_be_held",
        cmd.office not in NOBODYS_OFFICES and (not by_company or cmd.office in COMPANY_OFFICES),
        N_("The office %(office)s can be given."),
        N_("The office %(office)s cannot be given here."),
        mend=N_("A company gives only its own offices: officer, staff or consultant."),
        where="office",
        office=cmd.office.words,
    )
    yield finding(
        CITE,
        "company_office_names_its_company",
        (cmd.office in COMPANY_OFFICES) == (cmd.participant_id is not None),
        N_("The office names what it is for."),
        N_("A company's office names its company, and only a company's office does."),
        mend=N_("Give the company account for a company's office; leave it out otherwise."),
        where="participant_id",
    )
    yield finding(
        CITE,
        "company_on_record",
        cmd.participant_id is None or Case.objects.filter(pk=cmd.participant_id, kind="participant").exists(),
        N_("The company is on record."),
        N_("There is no such company account."),
        mend=N_("Copy the number as it is shown on the company's page."),
        where="participant_id",
    )
    yield finding(
        CITE,
        "agency_fits",
        len(cmd.agency.strip()) <= 100,
        N_("The name of the agency fits."),
        N_("The name of the agency is longer than 100 characters."),
        mend=N_("Shorten it."),
        where="agency",
    )


def _holder_fits(ctx: Context, cmd: GrantOffice, account: Account) -> Iterator[Reason]:
    held = OfficeHolding.objects.filter(
        queries.in_force(ctx.on), account=account, office=cmd.office.value, participant_id=cmd.participant_id
    )
    yield finding(
        CITE,
        "not_held_already",
        not held.exists(),
        N_("%(name)s does not hold it yet."),
        N_("%(name)s already holds this office."),
        where="account_id",
        name=account.name,
    )
    yield finding(
        CITE,
        "ends_after_it_begins",
        cmd.until is None or cmd.until > ctx.on,
        N_("Its dates are in order."),
        N_("It would end before it begins."),
        mend=N_("Give a later day, or none."),
        where="until",
    )


@command(CITE, title=N_("End an office"), case="", lock="account_id")
@dataclass(frozen=True, kw_only=True)
class EndOffice(Command):
    """End an office that a person holds. A company keeps at least one officer."""

    account_id: UUID
    office: Office
    participant_id: UUID | None = None
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(EndOffice)
def end_office(ctx: Context, cmd: EndOffice) -> Decision:
    account = account_named(cmd.account_id)
    held = OfficeHolding.objects.filter(
        queries.in_force(ctx.on), account=account, office=cmd.office.value, participant_id=cmd.participant_id
    ).first()
    if held is None:
        raise Missing("office", cmd.office.value)
    companies = {cmd.participant_id} if cmd.office is Office.APPLICANT_OFFICER else set()
    reasons = [_has_reason(cmd.reason), _keeps_an_officer(account, companies, ctx.on)]
    ended = entries.OfficeEnded(holding_id=held.pk, name=account.name, office=held.office, reason=cmd.reason)
    return Decision(all_of(reasons), (ended,), participant=cmd.participant_id)


@command(CITE, title=N_("Assign a case"))
@dataclass(frozen=True, kw_only=True)
class AssignCase(Command):
    """Give a case to a person of the programme, who answers for it from today."""

    case_id: UUID
    account_id: UUID = field(metadata={"label": N_("Person")})


_WORKERS = frozenset({Office.SPECIALIST, Office.SUPERVISOR, Office.VETTING_ANALYST, Office.APPEAL_OFFICER})


@handles(AssignCase)
def assign_case(ctx: Context, cmd: AssignCase) -> Decision:
    account = account_named(cmd.account_id)
    workers = _WORKERS | {Office.VALIDATOR} if ctx.actor.is_system else _WORKERS  # a validator: by 968 alone
    able = queries.offices_of(account, ctx.on) & workers
    reasons = [
        finding(
            "6 USC 971(a)(3)",
            "works_on_cases",
            bool(able),
            N_("%(name)s works on cases."),
            N_("%(name)s holds no office that works on cases."),
            mend=N_("Choose a specialist, an analyst or a supervisor."),
            where="account_id",
            name=account.name,
        ),
        finding(
            CITE,
            "not_assigned_already",
            not queries.is_assigned(account.pk, ctx.the_case.id, ctx.on),
            N_("The case is new to %(name)s."),
            N_("The case is already assigned to %(name)s."),
            where="account_id",
            name=account.name,
        ),
    ]
    assigned = entries.CaseAssigned(assignment_id=ctx.new_id(), account_id=account.pk, name=account.name)
    return Decision(all_of(reasons), (assigned,))


@command(CITE, title=N_("Take a case back"))
@dataclass(frozen=True, kw_only=True)
class ReleaseCase(Command):
    """End a person's assignment to a case."""

    case_id: UUID
    account_id: UUID = field(metadata={"label": N_("Person")})
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(ReleaseCase)
def release_case(ctx: Context, cmd: ReleaseCase) -> Decision:
    row = (
        Assignment.objects.filter(queries.in_force(ctx.on), case=ctx.the_case, account_id=cmd.account_id)
        .select_related("account")
        .first()
    )
    if row is None:
        raise Missing("assignment", cmd.account_id)
    released = entries.CaseReleased(assignment_id=row.pk, name=row.account.name, reason=cmd.reason)
    return Decision(Verdict((_has_reason(cmd.reason),)), (released,))


def _has_reason(text: str) -> Reason:
    return finding(
        "6 USC 971(b)",
        "reason_given",
        bool(text.strip()),
        N_("A reason is given."),
        N_("No reason is given."),
        mend=N_("Say in a sentence why."),
        where="reason",
    )
