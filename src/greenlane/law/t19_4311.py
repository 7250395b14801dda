"""Partnership programmes: benefits, consultation, one catalogue, what was really given: 19 USC 4311(a)-(b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import left_out, listed, written
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

# ------------------------------------------------------------------------------------------------ (a) benefits


@dataclass(frozen=True)
class EntityFacts:
    """A private sector entity before a partnership programme: what the programme asks, and what the entity meets.

    ``established_on`` is the programme's first day; programmes of before and after 24 February 2016 count alike.
    """

    programme: str
    established_on: date
    requirements: tuple[str, ...]
    benefits: tuple[str, ...]
    met: tuple[str, ...]


@rule("19 USC 4311(a)", "19 USC 4311")
def may_receive_trade_benefits(facts: EntityFacts, on: date) -> Verdict:
    """An entity that meets a programme's requirements receives its trade benefits, be the programme old or new."""
    missing = left_out(facts.requirements, facts.met)
    return all_of(
        (
            finding(
                "19 USC 4311(a)",
                "programme_running",
                facts.established_on <= on,
                N_("%(programme)s was established on %(since)s."),
                N_("%(programme)s begins on %(since)s; on %(day)s it gives no benefits yet."),
                mend=N_("Ask again from %(since)s."),
                programme=facts.programme,
                since=facts.established_on,
                day=on,
            ),
            finding(
                "19 USC 4311(a)",
                "programme_gives_benefits",
                bool(facts.benefits) and bool(facts.requirements),
                N_("%(programme)s states %(requirements)d requirements and %(benefits)d trade benefits."),
                N_(
                    "%(programme)s states %(requirements)d requirements and %(benefits)d trade benefits; it needs both."
                ),
                mend=N_("Publish at least one requirement and one trade benefit of this programme."),
                where=facts.programme,
                programme=facts.programme,
                requirements=len(facts.requirements),
                benefits=len(facts.benefits),
            ),
            finding(
                "19 USC 4311(a)",
                "requirements_met",
                not missing,
                N_("Every requirement of %(programme)s is met."),
                N_("Not met in %(programme)s: %(missing)s."),
                mend=N_("Meet these requirements: %(missing)s."),
                where=missing[0] if missing else "",
                programme=facts.programme,
                missing=listed(missing),
            ),
        )
    )


# ------------------------------------------------------------------------------------------- (b)(1) consultation


@dataclass(frozen=True)
class BenefitMeasure:
    """A trade benefit put before those consulted: the unit of *measure*, and its commercial *significance*."""

    code: str
    measure: str
    significance: str


@dataclass(frozen=True)
class PartnershipConsultation:
    """What was asked of whom about a programme. ``comments`` and ``answered`` count comments received and answered.

    ``no_agency_reason`` is the written reason why no other agency was asked ('when appropriate').
    """

    draft_published_on: date | None
    comments_until: date | None
    private_sector: tuple[str, ...]
    public_invited: bool
    agencies: tuple[str, ...]
    no_agency_reason: str
    comments: int
    answered: int
    benefits: tuple[BenefitMeasure, ...]


@rule("19 USC 4311(b)(1)", "19 USC 4311(b)")
def may_adopt_after_consultation(facts: PartnershipConsultation, on: date) -> Verdict:
    """A programme takes effect after consultation, and each benefit is commercially significant and measurable."""
    return all_of((*_asked(facts, on), *_answered(facts)))


def _asked(facts: PartnershipConsultation, on: date) -> tuple[Reason, ...]:
    cite = "19 USC 4311(b)(1)"
    closed = facts.draft_published_on is not None and facts.comments_until is not None and facts.comments_until < on
    return (
        finding(
            cite,
            "draft_was_open",
            closed,
            N_("The draft was published and comments closed on %(until)s."),
            N_("The draft must be published and its comment period over before adoption (closes: %(until)s)."),
            mend=N_("Publish the draft with a last day for comments, and adopt it after that day."),
            where="consultation",
            until=facts.comments_until or "-",
        ),
        finding(
            cite,
            "private_sector_consulted",
            bool(facts.private_sector),
            N_("Consulted of the private sector: %(who)s."),
            N_("No private sector entity was consulted."),
            mend=N_("Send the draft to private sector entities and record their answers."),
            where="consultation",
            who=listed(facts.private_sector),
        ),
        finding(
            cite,
            "public_consulted",
            facts.public_invited,
            N_("The public was invited to comment."),
            N_("The public was not invited to comment."),
            mend=N_("Publish the draft on the public consultation page."),
            where="consultation",
        ),
        finding(
            cite,
            "agencies_consulted",
            bool(facts.agencies) or written(facts.no_agency_reason),
            N_("Other agencies: %(who)s%(why)s."),
            N_("No other agency was consulted, and no reason is written."),
            mend=N_("Consult the agencies concerned, or write why none is."),
            where="consultation",
            who=listed(facts.agencies),
            why=facts.no_agency_reason,
        ),
    )


def _answered(facts: PartnershipConsultation) -> tuple[Reason, ...]:
    cite = "19 USC 4311(b)(1)"
    vague = [b.code for b in facts.benefits if not (written(b.measure) and written(b.significance))]
    return (
        finding(
            cite,
            "comments_answered",
            facts.answered >= facts.comments,
            N_("All %(comments)d comments are answered."),
            N_("%(answered)d of %(comments)d comments are answered."),
            mend=N_("Publish an answer to each comment."),
            where="consultation",
            comments=facts.comments,
            answered=facts.answered,
        ),
        finding(
            cite,
            "benefits_measurable",
            bool(facts.benefits) and not vague,
            N_("Each benefit states how it is measured and why it is commercially significant."),
            N_("Without a measure or a stated commercial significance: %(vague)s."),
            mend=N_("Give each benefit a unit of measure and its commercial significance."),
            where=vague[0] if vague else "benefits",
            vague=listed(vague),
        ),
    )


# ---------------------------------------------------------------------------------------------- (b)(2) catalogue


@dataclass(frozen=True)
class CatalogueEntry:
    """One programme in force, with the codes of its requirements and benefits and those that the catalogue shows."""

    programme: str
    requirements: tuple[str, ...]
    benefits: tuple[str, ...]
    shown_requirements: tuple[str, ...]
    shown_benefits: tuple[str, ...]


@dataclass(frozen=True)
class CatalogueFacts:
    """The integrated catalogue against what is in force."""

    entries: tuple[CatalogueEntry, ...]
    public: bool


@rule("19 USC 4311(b)(2)")
def catalogue_is_complete(facts: CatalogueFacts) -> Verdict:
    """One public catalogue shows each benefit and requirement of each programme, and nothing that is not in force."""
    return all_of(_catalogue(facts))


def _catalogue(facts: CatalogueFacts) -> Iterator[Reason]:
    cite = "19 USC 4311(b)(2)"
    yield finding(
        cite,
        "catalogue_public",
        facts.public and bool(facts.entries),
        N_("The catalogue is public and holds %(count)d programmes."),
        N_("The catalogue is not public, or holds no programme."),
        mend=N_("Publish the catalogue with every partnership programme."),
        count=len(facts.entries),
    )
    for entry in facts.entries:
        missing = left_out(entry.requirements, entry.shown_requirements) + left_out(
            entry.benefits, entry.shown_benefits
        )
        stray = left_out(entry.shown_requirements, entry.requirements) + left_out(entry.shown_benefits, entry.benefits)
        yield finding(
            cite,
            "nothing_missing",
            not missing,
            N_("The catalogue shows every requirement and benefit of %(programme)s."),
            N_("The catalogue leaves out of %(programme)s: %(missing)s."),
            mend=N_("Publish what is left out: %(missing)s."),
            where=entry.programme,
            programme=entry.programme,
            missing=listed(missing),
        )
        yield finding(
            cite,
            "nothing_stray",
            not stray,
            N_("The catalogue shows nothing of %(programme)s that is not in force."),
            N_("The catalogue shows for %(programme)s what is not in force: %(stray)s."),
            mend=N_("Take out what is not in force: %(stray)s."),
            where=entry.programme,
            programme=entry.programme,
            stray=listed(stray),
        )


# ------------------------------------------------------------------------------------------ (b)(5) promised, given


@dataclass(frozen=True)
class BenefitAccount:
    """What one participant was promised under its tier and what it was given in the period (codes, each once)."""

    participant: str
    promised: tuple[str, ...]
    given: tuple[str, ...]
    denied: tuple[str, ...] = ()
    """Benefits lawfully denied under 6 USC 967(a): not promised any more."""


@dataclass(frozen=True)
class ProvisionFacts:
    """The accounts of all participants for one period."""

    accounts: tuple[BenefitAccount, ...]


@rule("19 USC 4311(b)(5)")
def benefits_are_provided(facts: ProvisionFacts) -> Verdict:
    """What was promised is what was given, participant by participant; a benefit lawfully denied is not owed."""
    if not facts.accounts:
        return Verdict(
            (
                finding(
                    "19 USC 4311(b)(5)",
                    "accounts_on_record",
                    False,
                    "",
                    N_("No participant's benefits are on record for this period: nothing can be compared."),
                    mend=N_("Import the release and examination records of the period."),
                ),
            )
        )
    return all_of(_account(account) for account in facts.accounts)


def _account(account: BenefitAccount) -> Reason:
    owed = left_out(account.promised, account.denied)
    short = left_out(owed, account.given)
    return finding(
        "19 USC 4311(b)(5)",
        "given_as_promised",
        not short,
        N_("%(participant)s: all %(owed)d promised benefits were given."),
        N_("%(participant)s: %(count)d of %(owed)d promised benefits were not given: %(short)s."),
        mend=N_("Find out why, benefit by benefit, and give what is owed."),
        where=account.participant,
        participant=account.participant,
        owed=len(owed),
        count=len(short),
        short=listed(short),
    )
