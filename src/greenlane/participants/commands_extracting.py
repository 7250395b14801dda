"""Divide an account, or extract one business type into an account of its own, which applies anew (6 USC 962)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s962 import NewAccountFacts, may_open_out_of
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of
from greenlane.participants import entries, merging
from greenlane.participants import entries_merging as changes
from greenlane.participants.checks import filled, known_country
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.participants.queries_merging import consent_in_force
from greenlane.people.queries import company_people
from greenlane.programs.queries import terms_of


@dataclass(frozen=True, kw_only=True)
class _NewAccount(Command):
    """What a new account that comes out of another one needs."""

    participant_id: UUID
    goes: tuple[UUID, ...] = field(
        metadata={
            "label": N_("Parts that go to the new account"),
            "help": N_("They end in this one."),
            "choices": "account_parts",
        }
    )
    legal_name: str = field(metadata={"label": N_("Legal name of the new account's company")})
    country: str = field(metadata={"label": N_("Country"), "help": N_("Two letters, for example US.")})
    address: str = field(metadata={"label": N_("Street address")})
    city: str = field(metadata={"label": N_("City")})
    officer_id: UUID = field(
        metadata={
            "label": N_("Its first officer"),
            "help": N_("The account of a person who acts for this company."),
            "choices": "company_people",
        }
    )
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@command("6 USC 962", title=N_("Divide an account"), case="participant_id", audience="staff")
@dataclass(frozen=True, kw_only=True)
class DivideAccount(_NewAccount):
    """Give parts of a company that leaves the group an account of their own. It applies anew: no tier goes along."""


@handles(DivideAccount)
def divide_account(ctx: Context, cmd: DivideAccount) -> Decision:
    source = participant_of(cmd.participant_id)
    return _new_account(ctx, cmd, source, "divide", source.business_type, None)


@command("6 USC 962", title=N_("Extract a business type"), case="participant_id", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExtractAccount(_NewAccount):
    """Give one business type an account of its own in the group. It applies anew: no tier goes along."""

    business_type: str = field(metadata={"label": N_("Business type of the new account")})


@handles(ExtractAccount)
def extract_account(ctx: Context, cmd: ExtractAccount) -> Decision:
    source = participant_of(cmd.participant_id)
    return _new_account(ctx, cmd, source, "extract", cmd.business_type, source.group_id)


def _new_account(
    ctx: Context,
    cmd: _NewAccount,
    source: Participant,
    act: str,
    kind: str,
    group: UUID | None,
) -> Decision:
    """The new account is registered like any other; what goes to it is named, and it is an applicant (964(a))."""
    alone("company", source.programme, kind, group or cmd.legal_name.strip().casefold())
    cases = merging.cases_at_merger((source.pk,), source.pk)
    parts = merging.parts_going(source.pk, set(cmd.goes))
    consent = consent_in_force(source.pk, act, None)
    facts = NewAccountFacts(
        source=merging.account_facts(ctx, source, consent),
        business_type=kind,
        in_group=group is not None,
        taken=_taken(cmd, source, kind, group),
        first_officer=_offices_of(ctx, cmd.officer_id, source.pk),
        goes=len(cmd.goes),
        pending=merging.pending((source,), cases),
        parts=merging.parts_facts(parts, set(cmd.goes), "goes"),
    )
    reasons = [*may_open_out_of(facts, terms_of(source.programme, ctx.on)).reasons, *_filled(cmd)]
    target, new_group = ctx.new_id(), ctx.new_id()
    registered = entries.ParticipantRegistered(
        participant_id=target,
        group_id=group or new_group,
        group_name=source.group.name if group else cmd.legal_name.strip(),
        group_is_new=group is None,
        programme=source.programme,
        business_type=kind,
        legal_name=cmd.legal_name.strip(),
        country=cmd.country.strip().upper(),
        address=cmd.address.strip(),
        city=cmd.city.strip(),
        officer_holding_id=ctx.new_id(),
        officer_account_id=cmd.officer_id,
    )
    extracted = changes.PartsExtracted(
        source_id=source.pk,
        source=source.legal_name,
        target_id=target,
        target=cmd.legal_name.strip(),
        act=act,
        goes=merging.copies(ctx, parts.left),
        consents=(consent.pk,) if consent else (),
        reason=cmd.reason.strip(),
    )
    opens = Opening(target, "participant", programme=source.programme, participant=target)
    return Decision(all_of(reasons), (registered, extracted), to="open", opens=opens, participant=target)


def _taken(cmd: _NewAccount, source: Participant, kind: str, group: UUID | None) -> bool:
    """Has the company an account of this business type already?"""
    same = Participant.objects.filter(programme=source.programme, business_type=kind)
    taken = same.filter(group_id=group) if group else same.filter(legal_name__iexact=cmd.legal_name.strip())
    return taken.exists()


def _offices_of(ctx: Context, account: UUID, participant: UUID) -> frozenset[str]:
    """The offices that a person whose account is open holds in a company today."""
    held = company_people(participant, ctx.on).filter(account_id=account, account__closed_on=None)
    return frozenset(held.values_list("office", flat=True))


def _filled(cmd: _NewAccount) -> Iterator[Reason]:
    yield filled("legal_name", cmd.legal_name, 200)
    yield filled("address", cmd.address, 300)
    yield filled("city", cmd.city, 100)
    yield known_country("country", cmd.country)
    yield filled("reason", cmd.reason, 2000)
