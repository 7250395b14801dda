"""Name, confirm and end the contacts of a company; say that one cannot be reached (6 USC 963(3); RC-18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import Office
from greenlane.law.s963_review import contacts_kept, may_lose_contact
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.participants.checks import filled
from greenlane.people.models import OfficeHolding
from greenlane.people.queries import company_people
from greenlane.profiles import entries_duties as entries
from greenlane.profiles.contacts import contact_facts, contact_of, contacts_of, keeps_contacts
from greenlane.profiles.models import Contact, ContactAlarm

CITE = "6 USC 963(3)"
CONTACT = field(metadata={"label": N_("Contact"), "choices": "contacts"})
REACHES = frozenset({Office.SPECIALIST.value, Office.SUPERVISOR.value})
"""The offices that may say that they reached a person who has no account of the company."""


@command(CITE, title=N_("Name a contact"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class NameContact(Command):
    """Name a person whom the programme can write to: by an account of the company, or by email."""

    participant_id: UUID
    name: str = field(metadata={"label": N_("Full name")})
    account_id: UUID | None = field(
        default=None,
        metadata={
            "label": N_("Account"),
            "help": N_("The person's account, where there is one."),
            "choices": "company_people",
        },
    )
    email: str = field(
        default="", metadata={"label": N_("Email address"), "help": N_("Needed where there is no account.")}
    )
    phone: str = field(default="", metadata={"label": N_("Telephone")})


@handles(NameContact)
def name_contact(ctx: Context, cmd: NameContact) -> Decision:
    holding = _holding(ctx, cmd.participant_id, cmd.account_id)
    email = holding.account.email if holding else cmd.email.strip().lower()
    named = entries.ContactNamed(
        contact_id=ctx.new_id(),
        participant_id=cmd.participant_id,
        name=cmd.name.strip(),
        email=email,
        phone=cmd.phone.strip(),
        account_id=cmd.account_id,
        confirmed=ctx.actor.is_system or (cmd.account_id is not None and cmd.account_id == ctx.actor.account),
    )
    return Decision(all_of(_nameable(cmd, holding, email)), (named,))


def _holding(ctx: Context, participant_id: UUID, account_id: UUID | None) -> OfficeHolding | None:
    people = company_people(participant_id, ctx.on).filter(account__closed_on=None)
    return people.filter(account_id=account_id).first() if account_id else None


def _nameable(cmd: NameContact, holding: OfficeHolding | None, email: str) -> Iterator[Reason]:
    yield filled("name", cmd.name, 200)
    yield finding(
        "6 USC 962",
        "account_is_the_companys",
        cmd.account_id is None or holding is not None,
        N_("The account acts for this company."),
        N_("No such account acts for this company."),
        mend=N_("Leave it empty and give an email address, or give the person an office in this company first."),
        where="account_id",
    )
    local, _, domain = email.partition("@")
    plain = email.isprintable() and not any(c.isspace() for c in email) and len(email) <= 254
    yield finding(
        CITE,
        "contact_can_be_written_to",
        holding is not None or (bool(local) and "." in domain and "@" not in domain and plain),
        N_("The contact can be written to."),
        N_("'%(email)s' is not an email address, and no account is named."),
        mend=N_("Name the person's account, or write the address as name@example.org."),
        where="email",
        email=email[:100] or "-",
    )
    yield finding(
        CITE,
        "contact_is_new",
        not contacts_of(cmd.participant_id).filter(email=email).exists(),
        N_("The contact is new."),
        N_("This person or address is a contact already."),
        mend=N_("Name somebody else: a second contact is a second person."),
        where="email",
    )
    yield finding(
        CITE,
        "phone_fits",
        len(cmd.phone.strip()) <= 40 and cmd.phone.isprintable(),
        N_("The telephone number fits."),
        N_("The telephone number is longer than 40 characters."),
        mend=N_("Give one number."),
        where="phone",
    )


@command(CITE, title=N_("Confirm a contact"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class ConfirmContact(Command):
    """Confirm that you are reached as a contact; an officer of the programme may say how a person was reached."""

    participant_id: UUID
    contact_id: UUID = CONTACT
    how: str = field(
        default="",
        metadata={
            "label": N_("How the person was reached"),
            "help": N_("Only for an officer of the programme who reached the person."),
            "widget": "textarea",
        },
    )


@handles(ConfirmContact)
def confirm_contact(ctx: Context, cmd: ConfirmContact) -> Decision:
    row = contact_of(cmd.participant_id, cmd.contact_id)
    own = row.account_id is not None and row.account_id == ctx.actor.account
    reached = ctx.office in REACHES and 0 < len(cmd.how.strip()) <= 2_000
    confirms = finding(
        CITE,
        "contact_confirms_itself",
        own or reached,
        N_("The contact was reached."),
        N_("%(name)s confirms this in person, or an officer of the programme who reached the person says how."),
        mend=N_("Ask %(name)s to sign in and confirm, or tell your specialist how the person can be reached."),
        where="how",
        name=row.name,
    )
    confirmed = entries.ContactConfirmed(
        contact_id=row.pk, participant_id=row.participant_id, name=row.name, how="" if own else cmd.how.strip()
    )
    return Decision(Verdict((confirms,)), (confirmed,))


@command(CITE, title=N_("End a contact"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class EndContact(Command):
    """Say that a person is no longer a contact. A certified company keeps two, one of them an officer."""

    participant_id: UUID
    contact_id: UUID = CONTACT
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(EndContact)
def end_contact(ctx: Context, cmd: EndContact) -> Decision:
    row = contact_of(cmd.participant_id, cmd.contact_id)
    reasons = [filled("reason", cmd.reason, 2_000)]
    if keeps_contacts(row.participant_id):
        before = contact_facts(row.participant_id, ctx.on)
        reasons += may_lose_contact(before, contact_facts(row.participant_id, ctx.on, but=(row.pk,))).reasons
    ended = entries.ContactEnded(
        contact_id=row.pk, participant_id=row.participant_id, name=row.name, reason=cmd.reason.strip()
    )
    return Decision(all_of(reasons), (ended,))


@command(CITE, title=N_("Report that a contact cannot be reached"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class ReportBouncedContact(Command):
    """Report that a contact cannot be reached. It no longer counts, and an alarm reaches the programme's officers."""

    participant_id: UUID
    contact_id: UUID = CONTACT
    how: str = field(metadata={"label": N_("What happened"), "widget": "textarea"})


@handles(ReportBouncedContact)
def report_bounced_contact(ctx: Context, cmd: ReportBouncedContact) -> Decision:
    row = contact_of(cmd.participant_id, cmd.contact_id)
    reasons = [
        filled("how", cmd.how, 2_000),
        finding(
            CITE,
            "not_bounced_already",
            row.bounced_on is None,
            N_("It was not reported before."),
            N_("It is known already that %(name)s cannot be reached."),
            mend=N_("Name another contact, or let %(name)s confirm."),
            where="contact_id",
            name=row.name,
        ),
    ]
    bounced = entries.ContactBounced(
        contact_id=row.pk, participant_id=row.participant_id, name=row.name, how=cmd.how.strip()
    )
    return Decision(all_of(reasons), (bounced,))


@command(CITE, title=N_("Raise an alarm"), procedure="contact_alarm", case="", lock="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class RaiseContactAlarm(Command):
    """Put into the list of work that a contact cannot be reached."""

    participant_id: UUID
    contact_id: UUID
    how: str


@handles(RaiseContactAlarm)
def raise_contact_alarm(ctx: Context, cmd: RaiseContactAlarm) -> Decision:
    row = Contact.objects.select_related("participant").get(pk=cmd.contact_id)
    alarm_id = ctx.new_id()
    unreached = finding(CITE, "cannot_be_reached", True, N_("The contact cannot be reached."), "")
    raised = entries.ContactAlarmRaised(
        alarm_id=alarm_id, participant_id=row.participant_id, contact_id=row.pk, name=row.name, how=cmd.how
    )
    opens = Opening(alarm_id, "contact_alarm", programme=row.participant.programme, participant=row.participant_id)
    return Decision(Verdict((unreached,)), (raised,), opens=opens)


@command(CITE, title=N_("Clear the alarm"), procedure="contact_alarm")
@dataclass(frozen=True, kw_only=True)
class ClearContactAlarm(Command):
    """Clear the alarm when the company can be reached again: two live contacts, one of them an officer."""

    case_id: UUID
    because: str = field(metadata={"label": N_("How the company is reached now"), "widget": "textarea"})


@handles(ClearContactAlarm)
def clear_contact_alarm(ctx: Context, cmd: ClearContactAlarm) -> Decision:
    alarm = ContactAlarm.objects.get(pk=cmd.case_id)
    verdict = Verdict((filled("because", cmd.because, 2_000),))
    if keeps_contacts(alarm.participant_id):
        verdict = verdict.and_(contacts_kept(contact_facts(alarm.participant_id, ctx.on)))
    return Decision(verdict, (entries.ContactAlarmCleared(alarm_id=alarm.pk, because=cmd.because.strip()),))
