"""Partnership programmes: benefits, consultation, one catalogue, what was really given: 19 USC 4311(a)-(b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import left_out, listed
from greenlane.law.sentences import N_
from greenlane.law.t19_4311_clearance import ComplianceFacts, may_clear_immediately, may_preclear
from greenlane.law.t19_4311_consolidation import (
    CONSOLIDATION_GROUNDS,
    ConsolidationFacts,
    Overlap,
    ProgrammeBody,
    may_conclude_consolidation,
    overlap,
)
from greenlane.law.t19_4311_consultation import BenefitMeasure, PartnershipConsultation, may_adopt_after_consultation
from greenlane.law.t19_4311_release import (
    AgencyAnswer,
    AgencyCriteria,
    Answer,
    CompatibilityFacts,
    ExpediteFacts,
    Field,
    Match,
    ReleaseCriterion,
    ReleaseFacts,
    is_compatible,
    may_adopt_release_criteria,
    may_expedite,
    may_release,
)
from greenlane.law.t19_4311_report import (
    SUMMARIES,
    Membership,
    PartnershipReportFacts,
    ReportedProgramme,
    Summary,
    TierCount,
    enrolled_in_more_than_one,
    may_submit_partnership_report,
    partnership_report_due,
)
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "CONSOLIDATION_GROUNDS",
    "SUMMARIES",
    "AgencyAnswer",
    "AgencyCriteria",
    "Answer",
    "BenefitAccount",
    "BenefitMeasure",
    "CatalogueEntry",
    "CatalogueFacts",
    "CompatibilityFacts",
    "ComplianceFacts",
    "ConsolidationFacts",
    "EntityFacts",
    "ExpediteFacts",
    "Field",
    "Match",
    "Membership",
    "Overlap",
    "PartnershipConsultation",
    "PartnershipReportFacts",
    "ProgrammeBody",
    "ProvisionFacts",
    "ReleaseCriterion",
    "ReleaseFacts",
    "ReportedProgramme",
    "Summary",
    "TierCount",
    "benefits_are_provided",
    "catalogue_is_complete",
    "enrolled_in_more_than_one",
    "is_compatible",
    "may_adopt_after_consultation",
    "may_adopt_release_criteria",
    "may_clear_immediately",
    "may_conclude_consolidation",
    "may_expedite",
    "may_preclear",
    "may_receive_trade_benefits",
    "may_release",
    "may_submit_partnership_report",
    "overlap",
    "partnership_report_due",
]


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
