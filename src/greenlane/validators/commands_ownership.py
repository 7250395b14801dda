"""Record who has an interest in whom, or control (6 USC 968(f)(1)(A))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.models import Participant
from greenlane.validators.checks import filled, key_of
from greenlane.validators.entries_ownership import HoldingRecorded
from greenlane.validators.models import Holding, Validator

CITE = "6 USC 968(f)(1)(A)"
WHO_HELP = N_("A name. A validator or a company of the programme is found by its name.")


@dataclass(frozen=True, kw_only=True)
class DeclaredHolding:
    """An interest of one party in another, or control over it, from a day until a last day."""

    owner: str = field(metadata={"label": N_("Owner"), "help": WHO_HELP})
    owned: str = field(metadata={"label": N_("Owned"), "help": WHO_HELP})
    basis_points: int = field(metadata={"label": N_("Share, in hundredths of a percent")})
    control: bool = field(default=False, metadata={"label": N_("It controls the other, directly or indirectly")})
    since: date = field(metadata={"label": N_("Since")})
    until: date | None = field(default=None, metadata={"label": N_("Until")})


@command(CITE, title=N_("Record a holding"), case="")
@dataclass(frozen=True, kw_only=True)
class RecordHolding(Command):
    """Record that one party owns a part of another or controls it, with the source; or correct what is on record."""

    owner: str = field(default="", metadata={"label": N_("Owner"), "help": WHO_HELP})
    owner_id: UUID | None = field(default=None, metadata={"label": N_("Owner, by its number")})
    owned: str = field(default="", metadata={"label": N_("Owned"), "help": WHO_HELP})
    owned_id: UUID | None = field(default=None, metadata={"label": N_("Owned, by its number")})
    basis_points: int = field(metadata={"label": N_("Share, in hundredths of a percent")})
    control: bool = field(default=False, metadata={"label": N_("It controls the other, directly or indirectly")})
    since: date = field(metadata={"label": N_("Since")})
    until: date | None = field(default=None, metadata={"label": N_("Until")})
    source: str = field(metadata={"label": N_("Source"), "help": N_("A register, a report, a letter, with its date.")})
    corrects: UUID | None = field(default=None, metadata={"label": N_("Corrects the holding")})


@handles(RecordHolding)
def record_holding(ctx: Context, cmd: RecordHolding) -> Decision:
    if cmd.corrects is not None and not Holding.objects.filter(series=cmd.corrects).exists():
        raise Missing("holding", cmd.corrects)
    holding = DeclaredHolding(
        owner=name_of(cmd.owner_id) if cmd.owner_id else cmd.owner,
        owned=name_of(cmd.owned_id) if cmd.owned_id else cmd.owned,
        basis_points=cmd.basis_points,
        control=cmd.control,
        since=cmd.since,
        until=cmd.until,
    )
    reasons = [*holding_reasons(holding, ctx.on), filled(CITE, "source", cmd.source, 400)]
    recorded = holding_entry(
        ctx,
        holding,
        cmd.source.strip(),
        owner_id=cmd.owner_id,
        owned_id=cmd.owned_id,
        series=cmd.corrects,
    )
    return Decision(all_of(reasons), (recorded,))


def name_of(party: UUID) -> str:
    """The name of a validator or participant. Raises Missing."""
    for rows, column in ((Validator.objects, "name"), (Participant.objects, "legal_name")):
        name = rows.filter(pk=party).values_list(column, flat=True).first()
        if name is not None:
            return str(name)
    raise Missing("party", party)


def party_named(name: str) -> UUID | None:
    """The validator or the one participant account of this name; None for a third person, or where several share it."""
    validator = Validator.objects.filter(key=key_of(name)).values_list("pk", flat=True).first()
    if validator is not None:
        return validator
    accounts = list(Participant.objects.filter(legal_name__iexact=name.strip()).values_list("pk", flat=True)[:2])
    return accounts[0] if len(accounts) == 1 else None


def holding_reasons(holding: DeclaredHolding, on: date) -> Iterator[Reason]:
    """The parties are named and differ, and share and days can be."""
    yield filled(CITE, "owner", holding.owner, 200)
    yield filled(CITE, "owned", holding.owned, 200)
    yield finding(
        CITE,
        "two_parties",
        key_of(holding.owner) != key_of(holding.owned),
        N_("Owner and owned are two."),
        N_("Nobody holds an interest in itself."),
        where="owned",
    )
    yield finding(
        CITE,
        "share_in_range",
        0 <= holding.basis_points <= 10_000,
        N_("The share is in range."),
        N_("A share is between 0 and 10,000 hundredths of a percent; 10,000 is all."),
        mend=N_("Write 2.5 percent as 250."),
        where="basis_points",
    )
    yield finding(
        CITE,
        "holding_days",
        holding.since <= on and (holding.until is None or holding.since <= holding.until),
        N_("The days are in order."),
        N_("The interest begins by today, and ends after it begins."),
        where="since",
    )


def holding_entry(
    ctx: Context,
    holding: DeclaredHolding,
    source: str,
    *,
    owner_id: UUID | None = None,
    owned_id: UUID | None = None,
    series: UUID | None = None,
    engagement_id: UUID | None = None,
) -> HoldingRecorded:
    """The entry of a holding; parties that the programme knows are kept by id, so that a new name is no escape."""
    key = ctx.new_id()
    return HoldingRecorded(
        holding_id=key,
        series=series or key,
        owner_id=owner_id or party_named(holding.owner),
        owner_name=" ".join(holding.owner.split())[:200],
        owned_id=owned_id or party_named(holding.owned),
        owned_name=" ".join(holding.owned.split())[:200],
        basis_points=holding.basis_points,
        control=holding.control,
        since=holding.since,
        until=holding.until,
        source=source,
        engagement_id=engagement_id,
    )
