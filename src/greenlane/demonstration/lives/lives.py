"""Which life a company of the demonstration leads after certification, and how long ago it must have begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from greenlane.demonstration.company import Company
from greenlane.demonstration.lives import consequence as troubles
from greenlane.demonstration.lives import outsider, tiers
from greenlane.demonstration.lives.consequence import Trouble
from greenlane.demonstration.lives.measures import measured
from greenlane.demonstration.lives.years import joins, leaves, second_contact, share, yearly
from greenlane.demonstration.stage import Stage, Story


@dataclass(frozen=True)
class Life:
    """A life by name. ``days``: how many days before today the company registers; ``count`` of a full demonstration."""

    name: str
    days: int
    count: int = 1
    business_type: str = "importer"


LIVES: tuple[Life, ...] = (
    Life("validated", 560, 8),
    Life("validated_late", 640, 2, "highway_carrier_us_mexico"),
    Life("exceeding", 1400, 3),
    Life("revalidated", 2100, 2),
    Life("revalidation_due", 1980, 2),
    Life("team", 260, 3),
    Life("noticed", 270, 3, "foreign_manufacturer"),
    Life("visited", 320, 3),
    Life("answered", 350, 2, "consolidator"),
    Life("recommended", 340, 2),
    Life("blocked", 420, 3),
    Life("failed", 560, 1),
    Life("denied", 760, 2),
    Life("noticed_of_denial", 258, 1),
    Life("suspended", 760, 2),
    Life("expelled", 900, 1),
    Life("emergency", 620, 1),
    Life("appealing", 760, 2),
    Life("appeal_upheld", 900, 1),
    Life("appeal_reversed", 900, 1),
    Life("appeal_modified", 900, 1),
    Life("reinstated", 1100, 1),
    Life("third_party", 420, 1),
    Life("left", 620, 2),
    Life("joined", 700, 1),
    Life("merged", 700, 1),
)
SHARERS = ("validated", "exceeding", "revalidated")
"""Lives of companies that share their status with each other."""


def after_certification(company: Company, life: str) -> Story:
    """The years of one company, as its life goes."""
    yield 5
    second_contact(company)
    company.stage.begin(yearly(company), company.stage.today + timedelta(days=60))
    if life == "third_party":
        yield from outsider.third_party(company)
        return
    steps = {"team", "noticed", "visited", "answered", "recommended"}
    if life in steps:
        upto = {"visited": "reported", "recommended": "recommended"}.get(life, life)
        yield from tiers.tier_two(company, upto=upto, unmet=2, decided=False)
        return
    if life == "blocked":
        yield from tiers.blocked(company)
        return
    if life == "failed":
        yield from tiers.tier_two(company, unmet=3, mended=False)
        return
    if life == "validated_late":
        yield 120
    yield from tiers.tier_two(company, unmet=company.serial % 3)
    if life in ("exceeding",):
        yield 420
        yield from tiers.tier_three(company)
    elif life == "revalidated":
        yield 1150
        yield from tiers.revalidated(company)
    elif life == "left":
        yield from leaves(company)
    elif life in TROUBLES:
        yield 30
        yield from TROUBLES[life](company)


def _sanctioned(measure: troubles.Measure, *, days: int = 365, appeal: str | None = None, back: bool = False):  # type: ignore[no-untyped-def]
    def story(company: Company) -> Story:
        yield from Trouble(company, measure, days=days).go()
        if appeal is not None:
            yield from troubles.appeal(company, appeal)
        if back:
            yield from troubles.comes_back(company)

    return story


def _denied(upto: str = "decided"):  # type: ignore[no-untyped-def]
    def story(company: Company) -> Story:
        from greenlane.programs.queries import terms_of

        codes = [b.code for b in terms_of("ctpat", company.stage.today).benefits if b.from_rank <= 2]
        benefits = (codes[company.serial % len(codes)],)
        yield from Trouble(company, "denial", benefits=benefits, upto=upto).go()

    return story


TROUBLES = {
    "denied": _denied(),
    "noticed_of_denial": _denied("noticed"),
    "suspended": _sanctioned("suspension"),
    "expelled": _sanctioned("expulsion", days=1095),
    "emergency": troubles.emergency,
    "appealing": _sanctioned("suspension", appeal=""),
    "appeal_upheld": _sanctioned("suspension", days=900, appeal="upheld"),
    "appeal_reversed": _sanctioned("suspension", appeal="reversed"),
    "appeal_modified": _sanctioned("suspension", days=700, appeal="modified"),
    "reinstated": _sanctioned("suspension", days=150, back=True),
}


def veterans(stage: Stage, first_serial: int, lives: tuple[Life, ...] = LIVES) -> list[tuple[Company, date]]:
    """Companies with a life after certification, each with the day on which it registers."""
    wanted = [life for life in lives for _ in range(life.count)]
    return [
        (_company(stage, first_serial + at, life), stage.until - timedelta(days=life.days))
        for at, life in enumerate(wanted)
    ]


def _company(stage: Stage, serial: int, life: Life) -> Company:
    return Company(stage, serial, life.business_type, "certified", Random(f"{stage.seed}/{serial}"), life=life.name)


def together(stage: Stage, cast_: list[tuple[Company, date]]) -> list[tuple[Story, date]]:
    """The stories of more than one company: the validator, measures of risk, a merger, shared status."""
    found: list[tuple[Story, date]] = [
        (outsider.certified_validator(stage), stage.until - timedelta(days=420)),
        (measured(stage), stage.until - timedelta(days=80)),
    ]
    by_life = {company.life: company for company, _ in cast_}
    if "joined" in by_life and "merged" in by_life:
        story = joins(by_life["joined"], by_life["merged"])
        found.append((story, stage.until - timedelta(days=90)))
    sharers = [company for company, _ in cast_ if company.life in SHARERS]
    if sharers:
        found.append((share(stage, sharers), stage.until - timedelta(days=30)))
    return found
