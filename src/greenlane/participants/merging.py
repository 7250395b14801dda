"""What mergers and splits share: who consents, what hinders them, which parts and people go (6 USC 962, 967)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.models import Case
from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.participants.benefits import denied_on
from greenlane.participants.entries_merging import CaseThen, OfficeGoes, PartMoved, PartNamed
from greenlane.participants.models import ChangeConsent, Dated, Leg, Participant
from greenlane.participants.parts import title_of
from greenlane.participants.queries_merging import following, open_cases, parts_of
from greenlane.people.queries import company_people

Row = tuple[str, Dated]
CLOSES = frozenset({"validation", "revalidation"})
"""Cases of the merged account that its merger closes: the account in which it goes on has its own."""

PROTECTED = frozenset({"consequence", "appeal"})
UNDECIDED = frozenset({"application", "investigation", "certification", "engagement"})
BARRED = frozenset({"suspended", "expelled"})
READERS = (Office.APPLICANT_OFFICER.value, Office.APPLICANT_STAFF.value)


def lock_accounts(*keys: UUID) -> None:
    """Lock the registers of these accounts in one order, so that two mergers never wait for each other.

    Raises Missing for one that does not exist.
    """
    rows = Case.objects.select_for_update().filter(pk__in=keys, kind="participant").order_by("pk")
    missing = set(keys) - {row.pk for row in rows}
    if missing:
        raise Missing("participant", min(missing))


def officers_consented(*sides: tuple[Participant, ChangeConsent | None]) -> Iterator[Reason]:
    """The officer of each account consented to this very change, and the consent stands (961(a))."""
    for account, consent in sides:
        yield finding(
            "6 USC 961(a)",
            "officer_consented",
            consent is not None,
            N_("An officer of %(name)s consented."),
            N_("No consent of an officer of %(name)s to this change is on record."),
            mend=N_("Ask the officer to give 'Consent to a change of the account' first."),
            name=account.legal_name,
        )


def cases_at_merger(both: Sequence[UUID], merged: UUID) -> list[CaseThen]:
    """The open cases of both accounts, locked, and what becomes of each: only the merged account's visits close."""
    return [
        CaseThen(
            case_id=case.pk,
            reference=case.reference,
            kind=case.kind,
            state=case.state,
            then="closes" if case.participant_id == merged and case.kind in CLOSES else "stays",
        )
        for case in open_cases(both)
    ]


def nothing_pending(ctx: Context, accounts: Sequence[Participant], cases: Iterable[CaseThen]) -> Iterator[Reason]:
    """No consequence runs or binds, nothing is left to decide about who the company is, and nothing is under way."""
    protected = [case.reference for case in cases if case.kind in PROTECTED]
    undecided = [case.reference for case in cases if case.kind in UNDECIDED]
    barred = [account.legal_name for account in accounts if account.standing in BARRED]
    denied = [account.legal_name for account in accounts if denied_on(account.pk, ctx.on)]
    yield finding(
        "6 USC 967(c)",
        "no_consequence_or_appeal",
        not protected,
        N_("No consequence and no appeal is open."),
        N_("A consequence or an appeal is open: %(cases)s."),
        mend=N_("Wait until it has ended and the appeal process is complete; a change of accounts may not cut it off."),
        cases=", ".join(protected) or "-",
    )
    yield finding(
        "6 USC 967(b)",
        "not_barred",
        not barred,
        N_("No account is suspended or expelled."),
        N_("Suspended or expelled: %(names)s. A change of accounts is no way around it."),
        mend=N_("Wait for the end of the period or for a reinstatement."),
        names=", ".join(barred) or "-",
    )
    yield finding(
        "6 USC 967(a)",
        "no_denial_in_force",
        not denied,
        N_("No benefit is denied."),
        N_("Benefits are denied to: %(names)s. A change of accounts may not give them back."),
        mend=N_("Wait until the benefits are restored."),
        names=", ".join(denied) or "-",
    )
    yield finding(
        "6 USC 964(b)",
        "nothing_undecided",
        not undecided,
        N_("No application, investigation, certification or engagement is open."),
        N_("A determination about one of the companies is not made yet: %(cases)s."),
        mend=N_("Finish it or withdraw it first: what is decided is about the company as it applied."),
        cases=", ".join(undecided) or "-",
    )
    yield finding(
        "6 USC 971(b)",
        "decisions_carried_out",
        not following(account.pk for account in accounts),
        N_("What was decided before is carried out."),
        N_("What follows from a decision about one of the accounts is still being carried out."),
        mend=N_("Try again in a minute."),
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


def parts_named(parts: Parts, named: set[UUID], where: str = "left") -> Iterator[Reason]:
    """Every part that is named is one in force, and the legs on either side keep both their ends."""
    known = {row.series for _, row in parts.left}
    yield finding(
        "6 USC 963(2)",
        "parts_on_record",
        named <= known,
        N_("The parts that are named are on record."),
        N_("These are no parts of the account now: %(strange)s."),
        mend=N_("Name identifiers, persons, sites, partners or legs that are in force."),
        where=where,
        strange=", ".join(sorted(str(key) for key in named - known)) or "-",
    )
    yield legs_stand(parts.goes, where)
    yield legs_stand(parts.left, where)


def legs_stand(rows: Iterable[Row], where: str, ends: Mapping[UUID, UUID] | None = None) -> Reason:
    """Each leg among *rows* begins and ends at a site or partner among them (*ends*: read a series as another)."""
    found, same = list(rows), ends or {}
    nodes = {same.get(row.series, row.series) for part, row in found if part in ("site", "partner")}
    torn = [
        title_of(row)
        for _, row in found
        if isinstance(row, Leg) and not {same.get(end, end) for end in (row.origin, row.destination)} <= nodes
    ]
    return finding(
        "6 USC 963(2)",
        "legs_keep_their_ends",
        not torn,
        N_("Every leg keeps the places where it begins and ends."),
        N_("These legs would lose a place where they begin or end: %(legs)s."),
        mend=N_("Let a leg and both its ends go, or stay, together."),
        where=where,
        legs=", ".join(torn) or "-",
    )


def people_named(ctx: Context, merged: UUID, people: Iterable[UUID]) -> Reason:
    """Whoever goes along holds an office of the merged company today."""
    held = set(company_people(merged, ctx.on).values_list("account_id", flat=True))
    return finding(
        "6 USC 971(c)",
        "people_of_the_company",
        set(people) <= held,
        N_("The people who go along act for the company."),
        N_("One of the people who go along holds no office of this company."),
        mend=N_("Name people whom the company lists under its people."),
        where="people",
    )


def offices(ctx: Context, survivor: UUID, merged: UUID, people: Iterable[UUID]) -> tuple[OfficeGoes, ...]:
    """Who goes along receives the same offices in the survivor; its own officers and staff read the merged account."""
    going = set(people)
    given = [(one, survivor) for one in _holdings(ctx, merged) if one[0] in going]
    given += [(one, merged) for one in _holdings(ctx, survivor) if one[1] in READERS]
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


def standing_restored(before: tuple[str, int], survivor_then: int, survivor_now: tuple[str, int]) -> tuple[str, int]:
    """Standing and tier of an account after a split: its own again, but never what the joint account has lost since.

    *before* are those of the merged account, *survivor_then* the tier of the other at the merger (964(a), 965(b)).
    """
    standing, tier = before
    if survivor_now[1] >= survivor_then:
        return before
    tier = min(tier, survivor_now[1])
    return (standing, tier) if tier or not before[1] else (survivor_now[0], 0)
