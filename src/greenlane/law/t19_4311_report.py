"""The annual report on partnership programmes: when it is due, what it holds, and the overlap count: 19 USC 4311(c)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import LeapRule, add_years
from greenlane.law.clocks import clock_of, due, explain_lateness
from greenlane.law.listing import left_out, listed, written
from greenlane.law.parameter_table import TRADE_FACILITATION_ACT
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@rule("19 USC 4311(c)")
def partnership_report_due(year: int) -> date | None:
    """The last day for the report of a year: 180 days after enactment in 2016, then 31 December; None before."""
    if year < TRADE_FACILITATION_ACT.year:
        return None
    if year == TRADE_FACILITATION_ACT.year:
        return due(clock_of("first_partnership_report"), TRADE_FACILITATION_ACT).due_on
    return due(clock_of("partnership_report"), date(year, 1, 1)).due_on


@dataclass(frozen=True)
class TierCount:
    """Participants at one tier of a programme."""

    tier: str
    participants: int


@dataclass(frozen=True)
class ReportedProgramme:
    """A programme in the report: requirements, benefits with what was measured, participants, tiers, effectiveness.

    ``tiers_of_programme`` are the codes of its tiers (one or none: no multiple tiers). ``effectiveness`` assesses
    security, enforcement and facilitation; ``history``, ``participation`` and ``benefits_evolved``: it rests on them.
    """

    code: str
    requirements: tuple[str, ...]
    benefits: tuple[str, ...]
    participants: int | None
    tiers_of_programme: tuple[str, ...]
    at_tier: tuple[TierCount, ...]
    effectiveness: str
    history: bool
    participation: bool
    benefits_evolved: bool


@dataclass(frozen=True)
class Membership:
    """One participant enrolled in one programme."""

    participant: str
    programme: str


@dataclass(frozen=True)
class Summary:
    """A summary in the report (of SUMMARIES): its text, and how many records it rests on."""

    part: str
    text: str
    records: int


@dataclass(frozen=True)
class PartnershipReportFacts:
    """The report of a calendar year.

    ``in_force`` are the programmes there are, ``in_more_than_one`` is the number reported, ``plans_until`` the last day
    that plans, targets and goals cover.
    """

    year: int
    in_force: tuple[str, ...]
    programmes: tuple[ReportedProgramme, ...]
    memberships: tuple[Membership, ...]
    in_more_than_one: int | None
    summaries: tuple[Summary, ...]
    plans_until: date | None
    submitted_on: date
    lateness_reason: str = ""


SUMMARIES = {
    "agency_compatibility": "19 USC 4311(c)(5)",
    "release_criteria": "19 USC 4311(c)(6)",
    "private_sector_and_public": "19 USC 4311(c)(7)",
    "awareness": "19 USC 4311(c)(8)",
    "plans": "19 USC 4311(c)(9)",
}


@rule("19 USC 4311(c)(3)")
def enrolled_in_more_than_one(memberships: tuple[Membership, ...]) -> int:
    """How many participants are enrolled in more than one programme, each counted once."""
    counts = Counter(participant for participant, _ in {(m.participant, m.programme) for m in memberships})
    return sum(count > 1 for count in counts.values())


@rule(
    "19 USC 4311(c)",
    "19 USC 4311(c)(1)",
    "19 USC 4311(c)(2)",
    "19 USC 4311(c)(2)(A)",
    "19 USC 4311(c)(2)(B)",
    "19 USC 4311(c)(2)(C)",
    "19 USC 4311(c)(2)(D)",
    "19 USC 4311(c)(3)",
    "19 USC 4311(c)(4)",
    "19 USC 4311(c)(5)",
    "19 USC 4311(c)(6)",
    "19 USC 4311(c)(7)",
    "19 USC 4311(c)(8)",
    "19 USC 4311(c)(9)",
)
def may_submit_partnership_report(facts: PartnershipReportFacts) -> Verdict:
    """The report identifies every programme with its figures, and holds every summary; late needs a written reason."""
    return all_of(
        (
            *_when(facts),
            _identified(facts),
            *(reason for one in facts.programmes for reason in _programme(one)),
            _overlap(facts),
            *_summaries(facts),
        )
    )


def _when(facts: PartnershipReportFacts) -> Iterator[Reason]:
    last = partnership_report_due(facts.year)
    yield finding(
        "19 USC 4311(c)",
        "report_owed",
        last is not None,
        N_("The report of %(year)d is due by %(due)s."),
        N_("No report is owed for %(year)d: the first is that of %(first)d."),
        mend=N_("Choose %(first)d or a later year."),
        where="year",
        year=facts.year,
        due=last or "-",
        first=TRADE_FACILITATION_ACT.year,
    )
    if last is None:
        return
    first = facts.year == TRADE_FACILITATION_ACT.year
    clock = clock_of("first_partnership_report" if first else "partnership_report")
    counted = due(clock, TRADE_FACILITATION_ACT if first else date(facts.year, 1, 1))
    yield from explain_lateness(clock, counted, facts.submitted_on, facts.lateness_reason).reasons


def _identified(facts: PartnershipReportFacts) -> Reason:
    missing = left_out(facts.in_force, (p.code for p in facts.programmes))
    return finding(
        "19 USC 4311(c)(1)",
        "every_programme",
        bool(facts.programmes) and not missing,
        N_("The report identifies all %(count)d partnership programmes."),
        N_("The report does not identify: %(missing)s."),
        mend=N_("Add: %(missing)s."),
        where=missing[0] if missing else "programmes",
        count=len(facts.in_force),
        missing=listed(missing),
    )


def _programme(one: ReportedProgramme) -> Iterator[Reason]:
    tiers = left_out(one.tiers_of_programme, (t.tier for t in one.at_tier)) if len(one.tiers_of_programme) > 1 else ()
    sums = sum(t.participants for t in one.at_tier)
    agrees = len(one.tiers_of_programme) < 2 or one.participants is None or sums == one.participants
    grounds = one.history and one.participation and one.benefits_evolved
    parts = (
        ("19 USC 4311(c)(2)(A)", "requirements", bool(one.requirements)),
        ("19 USC 4311(c)(2)(B)", "benefits", bool(one.benefits)),
        ("19 USC 4311(c)(2)(C)", "participants", one.participants is not None),
        ("19 USC 4311(c)(2)(D)", "participants_at_each_tier", not tiers and agrees),
        ("19 USC 4311(c)(4)", "effectiveness", written(one.effectiveness) and grounds),
    )
    for cite, part, there in parts:
        yield finding(
            cite,
            part,
            there,
            N_("%(programme)s: %(part)s is there."),
            N_("%(programme)s: %(part)s is missing, incomplete or does not add up (tiers: %(sums)d of %(all)s)."),
            mend=N_("Complete %(part)s of %(programme)s from the records."),
            where=one.code,
            programme=one.code,
            part=part,
            sums=sums,
            all="-" if one.participants is None else one.participants,
        )


def _overlap(facts: PartnershipReportFacts) -> Reason:
    counted = enrolled_in_more_than_one(facts.memberships)
    return finding(
        "19 USC 4311(c)(3)",
        "enrolled_in_more_than_one",
        facts.in_more_than_one == counted,
        N_("%(counted)d participants are enrolled in more than one programme."),
        N_("The report says %(said)s; the records say %(counted)d are enrolled in more than one programme."),
        mend=N_("Report the number that the records give: %(counted)d."),
        where="in_more_than_one",
        said="-" if facts.in_more_than_one is None else facts.in_more_than_one,
        counted=counted,
    )


def _summaries(facts: PartnershipReportFacts) -> Iterator[Reason]:
    given = {s.part: s for s in facts.summaries}
    for part, cite in SUMMARIES.items():
        one = given.get(part)
        yield finding(
            cite,
            "summary",
            one is not None and written(one.text) and one.records > 0,
            N_("The summary '%(part)s' rests on %(records)d records."),
            N_("The summary '%(part)s' is missing, or rests on no record."),
            mend=N_("Write the summary, with the records that it opens into."),
            where=part,
            part=part,
            records=one.records if one else 0,
        )
    years = parameter("plans_ahead_years", facts.submitted_on).number
    until = add_years(facts.submitted_on, years, LeapRule.LAST_OF_FEBRUARY)
    yield finding(
        "19 USC 4311(c)(9)",
        "plans_two_years_ahead",
        facts.plans_until is not None and facts.plans_until >= until,
        N_("Plans, targets and goals cover the %(years)d years after the report (to %(until)s)."),
        N_("Plans, targets and goals must cover the %(years)d years after the report, to %(due)s; they end %(until)s."),
        mend=N_("Extend the plans, targets and goals to %(due)s."),
        where="plans_until",
        years=years,
        until=facts.plans_until or "-",
        due=until,
    )
