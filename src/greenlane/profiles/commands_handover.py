"""Hand the account of a company over to another officer, who signs for it (6 USC 963(3); RC-18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework.context import Context, Decision
from greenlane.casework.models import Document
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, EntryData, command, handles
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants import queries
from greenlane.participants.checks import filled
from greenlane.participants.entries import PartEnded, PersonRecorded
from greenlane.participants.models import Person
from greenlane.participants.parts import RecordPerson, person_reasons
from greenlane.people.entries import OfficeEnded, OfficeGranted
from greenlane.people.models import Account, OfficeHolding
from greenlane.people.queries import company_people
from greenlane.profiles import entries_duties as entries
from greenlane.profiles.contacts import contacts_of
from greenlane.profiles.models import HandOver

CITE = "6 USC 963(3)"
OFFICER = Office.APPLICANT_OFFICER.value


def open_hand_overs(participant_id: UUID) -> list[HandOver]:
    """The hand-overs of a company that wait for the new officer."""
    rows = HandOver.objects.filter(participant_id=participant_id, accepted_on=None, withdrawn_on=None)
    return list(rows.order_by("proposed_on", "id"))


def _hand_over(participant_id: UUID, hand_over_id: UUID) -> HandOver:
    row = HandOver.objects.filter(
        pk=hand_over_id, participant_id=participant_id, accepted_on=None, withdrawn_on=None
    ).first()
    if row is None:
        raise Missing("hand-over", hand_over_id)
    return row


@command(CITE, title=N_("Hand the account over"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class ProposeHandOver(Command):
    """Propose, as the leaving officer, who takes the account over; a supervisor may, on proof that the officer left."""

    participant_id: UUID
    email: str = field(
        metadata={"label": N_("Email address of the new officer"), "help": N_("The person's own account.")}
    )
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})
    leaving: UUID | None = field(
        default=None,
        metadata={
            "label": N_("Officer who left"),
            "help": N_("For a supervisor only; otherwise it is you."),
            "choices": "company_officers",
        },
    )
    proof: tuple[UUID, ...] = field(
        default=(),
        metadata={
            "label": N_("Documents that show it"),
            "help": N_("For a supervisor only."),
            "choices": "company_documents",
        },
    )


@handles(ProposeHandOver)
def propose_hand_over(ctx: Context, cmd: ProposeHandOver) -> Decision:
    leaving = ctx.actor.account if ctx.office == OFFICER else cmd.leaving
    held = _held(cmd.participant_id, ctx.on).filter(account_id=leaving).first() if leaving else None
    new = Account.objects.filter(email=cmd.email.strip().lower(), closed_on=None).first()
    reasons = [filled("reason", cmd.reason, 2_000), *_proposable(ctx, cmd, held, new)]
    if held is None or new is None:
        return Decision(all_of(reasons))
    proposed = entries.HandOverProposed(
        hand_over_id=ctx.new_id(),
        participant_id=cmd.participant_id,
        leaving=held.account_id,
        leaving_name=held.account.name,
        to_account=new.pk,
        to_name=new.name,
        reason=cmd.reason.strip(),
        proof=tuple(dict.fromkeys(cmd.proof)),
        by_office=ctx.office,
    )
    return Decision(all_of(reasons), (proposed,))


def _held(participant_id: UUID, on: date) -> QuerySet[OfficeHolding]:
    return company_people(participant_id, on).filter(office=OFFICER)


def _proposable(
    ctx: Context, cmd: ProposeHandOver, held: OfficeHolding | None, new: Account | None
) -> Iterator[Reason]:
    by_officer = ctx.office == OFFICER
    yield finding(
        CITE,
        "officer_hands_over",
        held is not None and (not by_officer or cmd.leaving in (None, ctx.actor.account)),
        N_("The officer who leaves is named."),
        N_("The person who leaves is not an officer of this company, or is not you."),
        mend=N_("Each officer hands over for itself; where one is gone, a supervisor does it on proof."),
        where="leaving",
    )
    on_file = Document.objects.filter(participant_id=cmd.participant_id, pk__in=cmd.proof).count()
    yield finding(
        CITE,
        "absence_shown",
        by_officer or (bool(cmd.proof) and on_file == len(set(cmd.proof))),
        N_("The officer hands over in person, or documents on file show that the officer left."),
        N_("No document on file of this company shows that the officer left."),
        mend=N_("Upload the company's letter or the register's extract to the company account, and name it here."),
        where="proof",
    )
    yield finding(
        CITE,
        "new_officer_has_an_account",
        new is not None and (held is None or new.pk != held.account_id),
        N_("The new officer has an account."),
        N_("'%(email)s' is not the address of another person's account."),
        mend=N_("Let the person open an account first; it takes a minute and needs no office."),
        where="email",
        email=cmd.email[:100] or "-",
    )
    waiting = held is not None and any(row.leaving == held.account_id for row in open_hand_overs(cmd.participant_id))
    yield finding(
        CITE,
        "one_hand_over_at_a_time",
        not waiting,
        N_("No other hand-over of this officer waits."),
        N_("Another hand-over of this officer waits for its signature."),
        mend=N_("Withdraw that one first."),
        where="email",
    )


@command(CITE, title=N_("Withdraw the hand-over"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class WithdrawHandOver(Command):
    """Withdraw a hand-over that was not accepted yet."""

    participant_id: UUID
    hand_over_id: UUID = field(metadata={"label": N_("Hand-over"), "choices": "hand_overs"})
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(WithdrawHandOver)
def withdraw_hand_over(ctx: Context, cmd: WithdrawHandOver) -> Decision:
    row = _hand_over(cmd.participant_id, cmd.hand_over_id)
    withdrawn = entries.HandOverWithdrawn(
        hand_over_id=row.pk, participant_id=row.participant_id, reason=cmd.reason.strip()
    )
    return Decision(all_of([filled("reason", cmd.reason, 2_000)]), (withdrawn,))


@command(CITE, "6 USC 964(b)", title=N_("Accept the hand-over"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class AcceptHandOver(Command):
    """Take a company's account over: sign as its officer. You are on its record from today, and are vetted too."""

    participant_id: UUID
    hand_over_id: UUID = field(metadata={"label": N_("Hand-over"), "choices": "hand_overs"})
    title: str = field(default="", metadata={"label": N_("Position")})
    birth_date: date = field(metadata={"label": N_("Date of birth")})
    country: str = field(metadata={"label": N_("Country of nationality"), "help": N_("Two letters, for example US.")})
    signed: bool = field(
        default=False,
        metadata={"label": N_("I am an officer of the company with authority to bind it, and I take its duties over")},
    )


@handles(AcceptHandOver)
def accept_hand_over(ctx: Context, cmd: AcceptHandOver) -> Decision:
    row = _hand_over(cmd.participant_id, cmd.hand_over_id)
    person = RecordPerson(
        participant_id=cmd.participant_id,
        role="officer",
        name=row.to_name,
        title=cmd.title,
        birth_date=cmd.birth_date,
        country=cmd.country,
    )
    reasons = [
        finding(
            CITE,
            "named_person_accepts",
            row.to_account == ctx.actor.account,
            N_("The person to whom it is handed over accepts."),
            N_("This account is handed over to %(name)s, who accepts it in person."),
            mend=N_("Let %(name)s sign in and accept."),
            name=row.to_name,
        ),
        _still_stands(ctx, row),
        finding(
            CITE,
            "new_officer_signs",
            cmd.signed,
            N_("The new officer signs."),
            N_("The box that is the signature is not ticked."),
            mend=N_("Read it, and tick the box if it is so."),
            where="signed",
        ),
        *person_reasons(ctx, person),
    ]
    return Decision(all_of(reasons), tuple(_what_happens(ctx, row, person)))


def _still_stands(ctx: Context, row: HandOver) -> Reason:
    """What an officer proposed falls with its office: nobody takes over from one who can no longer hand over."""
    by_officer = row.proposed_as == OFFICER
    return finding(
        CITE,
        "officer_still_hands_over",
        not by_officer or _held(row.participant_id, ctx.on).filter(account_id=row.leaving).exists(),
        N_("Whoever handed the account over could still do so."),
        N_("%(name)s, who handed the account over, is no longer an officer of the company; it fell with that."),
        mend=N_("Ask an officer of the company for a new one, or a supervisor, on proof."),
        name=row.leaving_name,
    )


def _what_happens(ctx: Context, row: HandOver, person: RecordPerson) -> Iterator[EntryData]:
    """The new officer begins before the old one ends, so that the company never stands without one."""
    yield entries.HandOverAccepted(
        hand_over_id=row.pk,
        participant_id=row.participant_id,
        leaving_name=row.leaving_name,
        to_account=row.to_account,
        to_name=row.to_name,
    )
    held = _held(row.participant_id, ctx.on)
    if not held.filter(account_id=row.to_account).exists():
        yield OfficeGranted(
            holding_id=ctx.new_id(),
            account_id=row.to_account,
            name=row.to_name,
            office=OFFICER,
            participant_id=row.participant_id,
            agency="",
            until=None,
        )
    persons = queries.persons(row.participant_id).filter(role="officer")
    yield _recorded(ctx, row, person, persons.filter(account_id=row.to_account).first())
    contacts = contacts_of(row.participant_id)
    if not contacts.filter(account_id=row.to_account).exists():
        yield entries.ContactNamed(
            contact_id=ctx.new_id(),
            participant_id=row.participant_id,
            name=row.to_name,
            email=Account.objects.get(pk=row.to_account).email,
            phone="",
            account_id=row.to_account,
            confirmed=True,
        )
    why = f"Handed over to {row.to_name}."
    for holding in held.filter(account_id=row.leaving):
        yield OfficeEnded(holding_id=holding.pk, name=row.leaving_name, office=OFFICER, reason=why)
    for old in persons.filter(account_id=row.leaving):
        yield PartEnded(table="person", series=old.series, name=old.name, reason=why)
    for contact in contacts.filter(account_id=row.leaving):
        yield entries.ContactEnded(
            contact_id=contact.pk, participant_id=row.participant_id, name=contact.name, reason=why
        )


def _recorded(ctx: Context, row: HandOver, person: RecordPerson, known: Person | None) -> PersonRecorded:
    person_id = ctx.new_id()
    return PersonRecorded(
        person_id=person_id,
        series=known.series if known else person_id,
        role="officer",
        name=row.to_name,
        title=person.title.strip(),
        birth_date=person.birth_date,
        country=person.country.strip().upper(),
        share_percent=None,
        account_id=row.to_account,
        is_company=False,
    )
