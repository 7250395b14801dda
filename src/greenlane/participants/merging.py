"""What mergers and splits share: the facts that the law asks for, and which parts and people go (6 USC 962, 967)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.models import Case
from greenlane.casework.problems import Missing
from greenlane.law.s962 import Account, Chain, OpenCase, PartsFacts, Pending, becomes_of
from greenlane.law.s962 import Leg as LegFact
from greenlane.law.s962_accounts import OF_THE_COMPANY
from greenlane.participants.benefits import denied_on
from greenlane.participants.entries_merging import CaseThen, OfficeGoes, PartMoved, PartNamed
from greenlane.participants.models import ChangeConsent, Dated, Leg, Participant
from greenlane.participants.parts import title_of
from greenlane.participants.queries_merging import following, merger_in_force, open_cases, parts_of
from greenlane.people.queries import company_people

Row = tuple[str, Dated]


def lock_accounts(*keys: UUID) -> None:
    """Lock the registers of these accounts in one order, so that two mergers never wait for each other.

    Raises Missing for one that does not exist.
    """
    rows = Case.objects.select_for_update().filter(pk__in=keys, kind="participant").order_by("pk")
    missing = set(keys) - {row.pk for row in rows}
    if missing:
        raise Missing("participant", min(missing))


def account_facts(ctx: Context, account: Participant, consent: ChangeConsent | None) -> Account:
    """An account as it stands on the day of the change, with the consent of its officer to this very change."""
    return Account(
        key=str(account.pk),
        name=account.legal_name,
        programme=account.programme,
        business_type=account.business_type,
        group=str(account.group_id),
        standing=account.standing,
        benefits_denied=bool(denied_on(account.pk, ctx.on)),
        consented=consent is not None,
        merged=merger_in_force(account.pk) is not None,
    )


def cases_at_merger(both: Sequence[UUID], merged: UUID) -> list[CaseThen]:
    """The open cases of both accounts, locked, and what becomes of each: only the merged account's visits close."""
    return [
        CaseThen(
            case_id=case.pk,
            reference=case.reference,
            kind=case.kind,
            state=case.state,
            then=becomes_of(case.kind, case.participant_id == merged),
        )
        for case in open_cases(both)
    ]


def pending(accounts: Sequence[Participant], cases: Iterable[CaseThen]) -> Pending:
    """The open cases of the accounts, and whether something decided before is still being carried out."""
    return Pending(
        cases=tuple(OpenCase(case.reference, case.kind) for case in cases),
        following=following(account.pk for account in accounts),
    )


@dataclass(frozen=True)
class Parts:
    """The parts that go and those that are left, with their kinds."""

    goes: tuple[Row, ...]
    left: tuple[Row, ...]


def parts_going(account: UUID, left: set[UUID]) -> Parts:
    """All parts in force now, but those of the series in *left*."""
    rows = tuple(parts_of(account))
    return Parts(
        tuple(one for one in rows if one[1].series not in left), tuple(one for one in rows if one[1].series in left)
    )


def parts_facts(parts: Parts, named: set[UUID], where: str = "left") -> PartsFacts:
    """The parts on either side as the law asks of them: those of *named* on the one, all others on the other."""
    known = {row.series for _, row in parts.left}
    return PartsFacts(
        strange=tuple(str(key) for key in named - known),
        chains=(chain(parts.goes, where), chain(parts.left, where)),
        named_in=where,
    )


def chain(rows: Iterable[Row], where: str, ends: Mapping[UUID, UUID] | None = None) -> Chain:
    """The sites, partners and legs among *rows* (*ends*: read a series as another)."""
    found, same = list(rows), ends or {}
    return Chain(
        nodes=frozenset(str(same.get(row.series, row.series)) for part, row in found if part in ("site", "partner")),
        legs=tuple(
            LegFact(title_of(row), *(str(same.get(end, end)) for end in (row.origin, row.destination)))
            for _, row in found
            if isinstance(row, Leg)
        ),
        named_in=where,
    )


def people_keys(ctx: Context, participant: UUID) -> frozenset[str]:
    """Who holds an office of the company today."""
    return frozenset(str(key) for key in company_people(participant, ctx.on).values_list("account_id", flat=True))


def offices(ctx: Context, survivor: UUID, merged: UUID, people: Iterable[UUID]) -> tuple[OfficeGoes, ...]:
    """Who goes along receives the same offices in the survivor; its own officers and staff read the merged account."""
    going = set(people)
    given = [(one, survivor) for one in _holdings(ctx, merged) if one[0] in going]
    given += [(one, merged) for one in _holdings(ctx, survivor) if one[1] in OF_THE_COMPANY]
    held = {(*one, key) for key in (survivor, merged) for one in _holdings(ctx, key)}
    return tuple(
        OfficeGoes(holding_id=ctx.new_id(), account_id=account, office=office, participant_id=key)
        for (account, office), key in given
        if (account, office, key) not in held
    )


def _holdings(ctx: Context, participant: UUID) -> list[tuple[UUID, str]]:
    rows = company_people(participant, ctx.on).filter(account__closed_on=None).order_by("account_id", "office")
    return list(dict.fromkeys(rows.values_list("account_id", "office")))


def copies(ctx: Context, rows: Iterable[Row]) -> tuple[PartMoved, ...]:
    """Each part with the ids of its copy in the other account."""
    return tuple(
        PartMoved(
            part=part, name=title_of(row), row=row.pk, series=row.series, to_row=ctx.new_id(), to_series=ctx.new_id()
        )
        for part, row in rows
    )


def named(part: str, row: Dated) -> PartNamed:
    return PartNamed(part=part, series=row.series, name=title_of(row))
