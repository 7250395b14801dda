"""Accounts that are merged, split, divided or extracted: what each change needs, and what bars it: 6 USC 962."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from greenlane.law.authority import Office
from greenlane.law.s962_pending import Account, Pending, nothing_pending, officers_consented
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

OF_THE_COMPANY = frozenset({Office.APPLICANT_OFFICER.value, Office.APPLICANT_STAFF.value})
"""Offices of a company's own people; a consultant does not bind it."""


@dataclass(frozen=True)
class Leg:
    """A leg of a supply chain between two keys of sites or partners."""

    name: str
    origin: str
    destination: str


@dataclass(frozen=True)
class Chain:
    """Sites and partners (by key) and legs of one account, as they stand together after the change."""

    nodes: frozenset[str] = frozenset()
    legs: tuple[Leg, ...] = ()
    named_in: str = "left"


@dataclass(frozen=True)
class PartsFacts:
    """What becomes of the parts of accounts: ``strange``: named, and not on record; ``chains``: of each account."""

    strange: tuple[str, ...] = ()
    chains: tuple[Chain, ...] = ()
    named_in: str = "left"


@dataclass(frozen=True)
class MergerFacts:
    """A merger on the day on which it is to count; ``people`` go along, ``of_the_company`` hold an office in it."""

    survivor: Account
    merged: Account
    takeover: bool = False
    pending: Pending = field(default_factory=Pending)
    parts: PartsFacts = field(default_factory=PartsFacts)
    people: frozenset[str] = frozenset()
    of_the_company: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SplitFacts:
    """The undoing of a merger; ``split_already``: it was undone before."""

    survivor: Account
    restored: Account
    split_already: bool = False
    pending: Pending = field(default_factory=Pending)
    parts: PartsFacts = field(default_factory=PartsFacts)


@dataclass(frozen=True)
class NewAccountFacts:
    """An account that comes out of *source*: of one business type, in its group (extracted) or without it (divided).

    ``taken``: the company has an account of the type. ``first_officer``: the offices that the person who is to be its
    first officer holds in the source. ``goes``: how many parts are named for it.
    """

    source: Account
    business_type: str
    in_group: bool = False
    taken: bool = False
    first_officer: frozenset[str] = frozenset()
    goes: int = 0
    pending: Pending = field(default_factory=Pending)
    parts: PartsFacts = field(default_factory=PartsFacts)


@dataclass(frozen=True)
class Stands:
    """Standing and tier of an account; tier 0: none."""

    standing: str
    tier: int


@rule("6 USC 962", "6 USC 961(a)", "6 USC 963(2)", "6 USC 967", "6 USC 971(c)")
def may_merge(facts: MergerFacts) -> Verdict:
    """May one account go on in another? One programme, type and group or a takeover; consents; nothing that bars."""
    return all_of(
        [
            *_fit(facts),
            *officers_consented(facts.survivor, facts.merged),
            *nothing_pending(facts.pending, facts.survivor, facts.merged),
            *_parts(facts.parts, N_("Name identifiers, persons, sites, partners or legs that are in force.")),
            finding(
                "6 USC 971(c)",
                "people_of_the_company",
                facts.people <= facts.of_the_company,
                N_("The people who go along act for the company."),
                N_("One of the people who go along holds no office of this company."),
                mend=N_("Name people whom the company lists under its people."),
                where="people",
            ),
        ]
    )


@rule("6 USC 962", "6 USC 961(a)", "6 USC 963(2)", "6 USC 967")
def may_split(facts: SplitFacts) -> Verdict:
    """May a merger be undone? While it stands and its survivor goes on by itself; consents; nothing that bars."""
    return all_of(
        [
            finding(
                "6 USC 962",
                "still_merged",
                not facts.split_already,
                N_("The accounts are merged."),
                N_("These accounts were split already."),
            ),
            finding(
                "6 USC 962",
                "not_merged_further",
                not facts.survivor.merged,
                N_("%(name)s has an account that goes on by itself."),
                N_("%(name)s is itself merged into another account."),
                mend=N_("Split that merger first."),
                name=facts.survivor.name,
            ),
            *officers_consented(facts.survivor, facts.restored),
            *nothing_pending(facts.pending, facts.survivor, facts.restored),
            *_parts(
                facts.parts,
                N_("Keep parts that came with the merger; let go along those that were recorded since."),
            ),
        ]
    )


@rule("6 USC 962", "6 USC 961(a)", "6 USC 963(2)", "6 USC 967", "6 USC 971(c)")
def may_open_out_of(facts: NewAccountFacts, terms: Terms) -> Verdict:
    """May parts of an account go to a new one, which applies anew? Consent, a type of its own, nothing that bars."""
    return all_of(
        [
            *officers_consented(facts.source),
            *nothing_pending(facts.pending, facts.source),
            *_registration(facts, terms),
            *_parts(facts.parts, N_("Name identifiers, persons, sites, partners or legs that are in force.")),
        ]
    )


@rule("6 USC 962", "6 USC 964(a)", "6 USC 965(b)")
def stands_after_split(before: Stands, survivor_then: int, survivor_now: Stands) -> Stands:
    """How an account stands after a split: as it had earned, but never better than what the joint account kept since.

    *before*: of the merged account at the merger; *survivor_then*: the tier of the other one at that time.
    """
    if survivor_now.tier >= survivor_then:
        return before
    tier = min(before.tier, survivor_now.tier)
    return Stands(before.standing, tier) if tier or not before.tier else Stands(survivor_now.standing, 0)


def _fit(facts: MergerFacts) -> Iterator[Reason]:
    survivor, merged = facts.survivor, facts.merged
    yield finding(
        "6 USC 962",
        "two_accounts",
        survivor.key != merged.key,
        N_("They are two accounts."),
        N_("An account cannot be merged into itself."),
        where="merged_id",
    )
    yield finding(
        "6 USC 962",
        "same_business_type",
        (survivor.programme, survivor.business_type) == (merged.programme, merged.business_type),
        N_("Both accounts are of one business type of one programme."),
        N_("The accounts are of different business types or programmes; each type keeps an account of its own."),
        mend=N_("Merge accounts of the same business type only."),
        where="merged_id",
    )
    yield finding(
        "6 USC 962",
        "same_group_or_takeover",
        facts.takeover or survivor.group == merged.group,
        N_("They are of one company group, or one takes over the other."),
        N_("The accounts are of different company groups, and no takeover is said."),
        mend=N_("Say that it is a takeover, once both officers have consented to it."),
        where="takeover",
    )
    for where, account in (("participant_id", survivor), ("merged_id", merged)):
        yield finding(
            "6 USC 962",
            "not_merged_already",
            not account.merged,
            N_("%(name)s has an account that goes on by itself."),
            N_("%(name)s is already merged into another account."),
            mend=N_("Name the account in which it goes on."),
            where=where,
            name=account.name,
        )


def _registration(facts: NewAccountFacts, terms: Terms) -> Iterator[Reason]:
    yield finding(
        "6 USC 962",
        "business_type_known",
        terms.business_type(facts.business_type) is not None,
        N_("The programme admits this business type."),
        N_("'%(type)s' is not a business type of this programme."),
        mend=N_("Choose a type of the programme."),
        where="business_type",
        type=facts.business_type[:60],
    )
    yield finding(
        "6 USC 962",
        "one_account_per_business_type",
        not facts.taken,
        N_("The company has no account of this business type yet."),
        N_("The company already has an account of this business type."),
        mend=N_("Use that account, or name the company as it is called now."),
        where="business_type" if facts.in_group else "legal_name",
    )
    yield finding(
        "6 USC 971(c)",
        "people_of_the_company",
        not facts.first_officer.isdisjoint(OF_THE_COMPANY),
        N_("The first officer acts for the company."),
        N_("The first officer is neither an officer nor on the staff of this company."),
        mend=N_("Name a person of the company itself; a consultant does not bind it."),
        where="officer_id",
    )
    yield finding(
        "6 USC 962",
        "something_goes",
        facts.goes > 0,
        N_("It is named what goes to the new account."),
        N_("Nothing is named that goes to the new account."),
        mend=N_("Name at least one part."),
        where="goes",
    )


def _parts(parts: PartsFacts, mend: str) -> Iterator[Reason]:
    """Every part that is named is on record, and every leg keeps the places where it begins and ends."""
    yield finding(
        "6 USC 963(2)",
        "parts_on_record",
        not parts.strange,
        N_("The parts that are named are on record."),
        N_("These are no parts of the account now: %(strange)s."),
        mend=mend,
        where=parts.named_in,
        strange=", ".join(sorted(parts.strange)) or "-",
    )
    for chain in parts.chains:
        torn = [leg.name for leg in chain.legs if not {leg.origin, leg.destination} <= chain.nodes]
        yield finding(
            "6 USC 963(2)",
            "legs_keep_their_ends",
            not torn,
            N_("Every leg keeps the places where it begins and ends."),
            N_("These legs would lose a place where they begin or end: %(legs)s."),
            mend=N_("Let a leg and both its ends go, or stay, together."),
            where=chain.named_in,
            legs=", ".join(torn) or "-",
        )
