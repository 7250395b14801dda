"""The programme of the demonstration: terms, criteria, guidelines, list, staff, companies."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from greenlane.casework.models import Case
from greenlane.certification.commands import PublishGuidelines
from greenlane.criteria.catalogue import edition_to_json, load_catalogue
from greenlane.criteria.commands import PublishEdition
from greenlane.demonstration import cast
from greenlane.demonstration.cast import AGENCY
from greenlane.demonstration.commands import FoundDemonstration, NameGuest
from greenlane.demonstration.company import Company
from greenlane.demonstration.founding_lives import publish_for_lives
from greenlane.demonstration.lists import fresh_list
from greenlane.demonstration.stage import Stage, Story
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice, OpenAccount
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import PACKS, load_pack

COMPANIES = 254
"""Companies of the last months; those that lead a whole life come on top."""
MONTHS = 14
VILLAINS = ("Morwenna Invented Villain", "Casimir Falsch Pretendov")
GUIDELINES = """How an application is reviewed.

Background investigation. The company, its owners, its officers and its sites are compared with every list on record.
A person decides each hit and writes why. The result names who was compared, with which lists, when, and until when it
holds.

Extensive documentation review. Every criterion that is asked of the company is read with its evidence. It is accepted,
or sent back with a note of what to change.

Decision. One person recommends, and another decides. A decision after the 90th day needs its reason in writing.
"""
SHARES = {
    "certified": 34, "under_review": 12, "received": 9, "drafting": 9, "registered": 6, "returned": 6, "recommended": 6,
    "ready": 4, "certified_late": 5, "refused_match": 2, "refused_unmet": 3, "withdrawn": 4,
}  # fmt: skip
PRECISE = {"certified_late": 130, "certified": 95, "refused_match": 95, "refused_unmet": 95, "withdrawn": 60}
"""Days before today by which a story with an end must have begun."""
GUESTS = {
    "validated": "Validated, Tier 2",
    "exceeding": "Exceeds the criteria, Tier 3",
    "noticed": "Awaits the visit of its validation",
    "visited": "Must answer the findings of its visit",
    "blocked": "Its visit is blocked",
    "noticed_of_denial": "Was told that a benefit may be denied",
    "suspended": "Suspended",
    "appealing": "Suspended, and appeals",
    "third_party": "Validated by an outside validator",
    "revalidation_due": "Is due for revalidation",
}
"""What the officer of a company says of it, by the life that the company leads after certification."""


def founding(stage: Stage) -> Story:
    """The first day: programme, criteria, guidelines, list and staff."""
    founded = stage.give(FoundDemonstration(seed=stage.seed))
    catalogue = load_catalogue()
    first = catalogue.edition("importer", stage.today).in_force_from
    stage.give(LoadProgramme(pack=load_pack(PACKS / "ctpat" / "pack.yaml")), on=first)
    for business_type in catalogue.business_types:
        edition = catalogue.edition(business_type, stage.today)
        stage.give(PublishEdition(edition=edition_to_json(edition), consulted_on=first), on=first)
    stage.give(
        PublishGuidelines(
            programme="ctpat",
            version="2020-1",
            title="Guidelines for certification",
            text=GUIDELINES,
            in_force_from=stage.today,
        )
    )
    fresh_list(stage)
    for player in cast.STAFF:
        opened = stage.give(OpenAccount(email=f"{player.key}@greenlane.example", name=player.name))
        assert opened.case_id is not None
        stage.people[player.key] = opened.case_id
        agency = AGENCY if player.office is Office.PARTNER_AGENCY else ""
        stage.give(GrantOffice(account_id=opened.case_id, office=player.office, agency=agency))
        assert founded.case_id is not None
        stage.give(
            NameGuest(
                founding_id=founded.case_id, account_id=opened.case_id, office=player.office.value, says=player.says
            )
        )
    publish_for_lives(stage)
    yield from ()


def companies(stage: Stage, count: int, lately: date) -> list[tuple[Company, date]]:
    """The companies with their fates and first days: those whose story ends begin early, the others lately."""
    random = Random(stage.seed)
    kinds = load_catalogue().business_types
    weights = [8 if kind in ("importer", "highway_carrier_us_mexico", "customs_broker") else 2 for kind in kinds]
    fates = random.choices(list(SHARES), list(SHARES.values()), k=count)
    cast_ = []
    villains = iter(VILLAINS * count)
    for serial, fate in enumerate(fates):
        kind = kinds[serial] if serial < len(kinds) else random.choices(kinds, weights)[0]
        owner = next(villains) if fate == "refused_match" else ""
        company = Company(stage, serial, kind, fate, Random(f"{stage.seed}/{serial}"), owner)
        cast_.append((company, _first_day(stage, lately, fate, random)))
    return cast_


def _first_day(stage: Stage, lately: date, fate: str, random: Random) -> date:
    if fate in PRECISE:
        longest = (stage.until - lately).days - 3
        return stage.until - timedelta(days=random.randint(min(PRECISE[fate], longest), longest))
    return stage.until - timedelta(days=random.randint(35, 110))


def name_companies(stage: Stage, cast_: list[tuple[Company, date]]) -> Story:
    """The last day: people of companies that are in the middle of things become guests."""
    from greenlane.demonstration.models import Founding

    founding_id = Founding.objects.values_list("pk", flat=True).get()
    for office, key, says in guests(cast_):
        stage.give(NameGuest(founding_id=founding_id, account_id=stage.people[key], office=office.value, says=says))
    yield from ()


def _officers_of_lives(led: list[Company]) -> list[tuple[Office, str, str]]:
    """The officer of one company of each life, and of one whose annual review is open, if any is."""
    chosen = {life: company for life in GUESTS for company in reversed(led) if company.life == life}
    found = {company.officer: (company, GUESTS[life]) for life, company in chosen.items()}
    reviewed = set(Case.objects.filter(kind="profile_review", state="open").values_list("participant_id", flat=True))
    reviewing = next((c for c in led if c.participant in reviewed and c.officer not in found), None)
    if reviewing:
        found[reviewing.officer] = (reviewing, "Has its annual review open")
    return [(Office.APPLICANT_OFFICER, key, f"{says}: {company.name}") for key, (company, says) in found.items()]


def guests(cast_: list[tuple[Company, date]]) -> list[tuple[Office, str, str]]:
    """One person for each office of a company, by what the company goes through."""
    found: list[tuple[Office, str, str]] = []
    for fate, says in (("drafting", "Fills in an application"), ("certified", "Has been certified")):
        company = next((c for c, _ in cast_ if c.fate == fate and not c.life), None)
        if company:
            found.append((Office.APPLICANT_OFFICER, company.officer, f"{says}: {company.name}"))
    found += _officers_of_lives([c for c, _ in cast_ if c.life])
    for office, rest in ((Office.APPLICANT_STAFF, 4), (Office.CONSULTANT, 0)):
        helped = [c for c, _ in cast_ if c.serial % 8 == rest and c.fate != "registered"]
        company = next((c for c in helped if c.fate in ("drafting", "returned", "ready")), helped[0])
        found.append((office, f"helper{company.serial}", f"Works for {company.name}"))
    return found
