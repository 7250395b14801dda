"""Cargo of the last months: threshold, policy, agencies, entries, answers (6 USC 964(a); 19 USC 4311(b)(4))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal
from uuid import UUID

from greenlane.demonstration.cast import AGENCY
from greenlane.demonstration.geography import AIR, LAND_NORTH, LAND_SOUTH, SEA, Route
from greenlane.demonstration.stage import Stage, Story
from greenlane.participants.models import Identifier
from greenlane.release.commands_agencies import (
    AdoptAgencyCriteria,
    ManufacturerAbroad,
    RecogniseManufacturers,
    RecordArrangement,
    RegisterAgency,
)
from greenlane.release.commands_entries import DecideEntries, RecordAgencyAnswer
from greenlane.release.commands_policy import (
    ConsultOnReleasePolicy,
    DraftReleasePolicy,
    PublishReleasePolicy,
    RecordThreshold,
    SimulateReleasePolicy,
)
from greenlane.release.engine.filed import CargoEntry
from greenlane.release.engine.numbers import entry_number
from greenlane.release.numbers import PolicyNumbers

DAYS = 100
"""How many days before today the first policy is drafted; entries come from a week later on."""
LATELY = 2
"""Entries of so many last days still wait for most of their answers."""
A_DAY = 9
THRESHOLD = 190
NUMBERS = PolicyNumbers(
    tier_one_permille=200, tier_two_permille=250, tier_three_permille=400, partner_permille=20,
    recognised_permille=50, document_permille=700, scan_permille=850, random_rate=300, tier_two_rate=100,
    tier_three_rate=40, stratified_rate=50, threat_percent_1=25, threat_percent_2=75, threat_percent_3=200,
)  # fmt: skip
"""Invented, as every number of the demonstration: the real ones are not public."""
FOOD, PLANTS = "IFS", "IPH"
AGENCIES = {FOOD: AGENCY, PLANTS: "Invented Plant Health Agency"}
ABROAD = tuple(f"MXINVTAL{serial:04d}MEX" for serial in range(4101, 4104))
"""Manufacturers that the invented programme abroad vouches for."""
TARIFFS = {
    (): ("8471300100", "9503000073", "7318152095", "8517620090"),
    (FOOD,): ("0901110000", "1806900000", "2106909998"),
    (PLANTS,): ("4407119001", "0603110000"),
    (FOOD, PLANTS): ("0709999000", "0804400000"),
}
SAYS: tuple[Literal["proceed", "under_review", "documents_required", "hold"], ...] = (
    *("proceed",) * 12, "under_review", "documents_required", "hold",
)  # fmt: skip
MODES = {**dict.fromkeys(SEA, "sea"), **dict.fromkeys(AIR, "air"), **dict.fromkeys(LAND_NORTH + LAND_SOUTH, "truck")}
ROUTES = (*SEA, *SEA, *LAND_SOUTH, *LAND_NORTH, *AIR)


def cargo(stage: Stage) -> Story:
    """The programme makes ready, then entries are filed day by day; a second policy waits for its publication."""
    stage.give(
        RecordThreshold(
            programme="ctpat", points=THRESHOLD, in_force_from=stage.today, basis="Invented decision 1 of the Secretary"
        ),
        by="manager",
    )
    _agencies(stage)
    policy = _draft(stage, "Benefits on cargo", "The first policy.", NUMBERS, days=7)
    yield 3
    _consult(stage, policy)
    _criteria(stage)
    yield 2
    stage.give(SimulateReleasePolicy(case_id=policy), by="supervisor")
    stage.give(PublishReleasePolicy(case_id=policy), by="manager")
    yield 2
    _abroad(stage)
    days = _Days(stage)
    while stage.today < stage.until:
        days.live()
        if (stage.until - stage.today).days == 4:
            _next_policy(stage)
        yield 1


def _draft(stage: Stage, title: str, why: str, numbers: PolicyNumbers, *, days: int) -> UUID:
    begins = stage.today + timedelta(days=days)
    command = DraftReleasePolicy(programme="ctpat", title=title, why=why, effective_from=begins, numbers=numbers)
    made = stage.give(command, by="supervisor").case_id
    if made is None:
        raise LookupError("the command opened nothing")
    return made


def _consult(stage: Stage, policy: UUID) -> None:
    for committee in ("commercial", "maritime"):
        stage.give(
            ConsultOnReleasePolicy(
                case_id=policy,
                committee=committee,
                concluded_on=stage.today,
                advice="No objection. Report after a year what it did to examinations.",
            ),
            by="supervisor",
        )


def _next_policy(stage: Stage) -> None:
    """A draft that is ready for its second person."""
    numbers = replace(NUMBERS, tier_two_permille=300, tier_two_rate=80)
    why = "Visits to the second tier found little; it is examined less."
    policy = _draft(stage, "Benefits on cargo, second tier", why, numbers, days=30)
    _consult(stage, policy)
    stage.give(SimulateReleasePolicy(case_id=policy), by="supervisor")


def _agencies(stage: Stage) -> None:
    for code, name in AGENCIES.items():
        stage.give(RegisterAgency(code=code, name=name), by="manager")


def _criteria(stage: Stage) -> None:
    from greenlane.release.models import Agency

    stage.give(
        AdoptAgencyCriteria(
            case_id=Agency.objects.get(code=FOOD).pk,
            document="Prior notice of imported food",
            agreed_with="Dorrick Underhillock for the agency",
            in_force_from=stage.today,
            origins=("CA", "MX"),
            tariff_prefixes=("0901", "1806"),
        ),
        by="manager",
    )


def _abroad(stage: Stage) -> None:
    arrangement = stage.give(
        RecordArrangement(
            programme="ctpat", country="MX", partner_programme="Invented Trusted Exporter", since=stage.today
        ),
        by="manager",
    ).case_id
    if arrangement is None:
        raise LookupError("the command opened nothing")
    named = tuple(
        ManufacturerAbroad(mid=mid, name=f"Invented Works {mid[8:12]}", foreign_number=f"MXITE{mid[8:12]}")
        for mid in ABROAD
    )
    stage.give(RecogniseManufacturers(case_id=arrangement, manufacturers=named), by="manager")


@dataclass
class _Days:
    """Day by day: what is filed, and what agencies answer to what was filed before."""

    stage: Stage
    serial: int = 0
    open: tuple[CargoEntry, ...] = ()

    def live(self) -> None:
        random = Random(f"{self.stage.seed}/cargo/{self.stage.today}")
        self._answer(random)
        self._file(random)

    def _file(self, random: Random) -> None:
        importers, makers = _numbers("ior"), (*_numbers("mid"), *ABROAD)
        carriers, brokers = _numbers("scac"), _numbers("filer_code")
        filed = tuple(
            self._entry(random, importers=importers, carriers=carriers, brokers=brokers, makers=makers)
            for _ in range(random.randint(A_DAY - 3, A_DAY + 3))
        )
        self.stage.give(DecideEntries(programme="ctpat", entries=filed))
        self.open = tuple(one for one in filed if one.authority)

    def _entry(
        self,
        random: Random,
        *,
        importers: Sequence[str],
        carriers: Sequence[str],
        brokers: Sequence[str],
        makers: Sequence[str],
    ) -> CargoEntry:
        self.serial += 1
        route: Route = random.choice(ROUTES)
        authority = random.choice((*((),) * 5, *((FOOD,),) * 3, (PLANTS,), (FOOD, PLANTS)))
        stranger = random.random() < 0.25
        return CargoEntry(
            entry_number=entry_number("ZZZ", 2_600_000 + self.serial),
            filed_at=self.stage.at - timedelta(minutes=random.randint(1, 300)),
            importer=f"2699{random.randint(0, 99):02d}-99999" if stranger else random.choice(importers),
            carrier=_one(random, carriers),
            broker=_one(random, brokers),
            maker=_one(random, makers),
            score=min(int(random.gammavariate(3.2, 30)), 480),
            threat_level=random.choice((0, 0, 0, 0, 0, 1, 1, 2, 3)),
            mode=MODES[route],
            advance_data=random.random() < 0.7,
            customs_hold=random.random() < 0.02,
            threat_information=random.random() < 0.01,
            authority=authority,
            port=route.unlading,
            origin=route.partner_country,
            tariff=random.choice(TARIFFS[authority]),
        )

    def _answer(self, random: Random) -> None:
        """Agencies answer to the day before: nearly always that the goods may proceed, lately to a part only."""
        late = (self.stage.until - self.stage.today).days < LATELY
        for one in self.open:
            for agency in one.authority:
                if not late or random.random() < 0.4:
                    self._say(one, agency, random)

    def _say(self, entry: CargoEntry, agency: str, random: Random) -> None:
        answer = random.choice(SAYS)
        acted = self.stage.at - timedelta(minutes=random.randint(5, 700))
        self.stage.give(
            RecordAgencyAnswer(entry_number=entry.entry_number, agency=agency, answer=answer, answered_at=acted),
            by="agency" if agency == FOOD else None,
        )


def _numbers(kind: str) -> tuple[str, ...]:
    """The numbers of this kind that are on record now, each once."""
    rows = Identifier.objects.filter(kind=kind, effective_to=None)
    return tuple(rows.order_by("value").values_list("value", flat=True).distinct())


def _one(random: Random, numbers: Sequence[str]) -> str:
    """One of the numbers, or none now and then."""
    return random.choice(numbers) if numbers and random.random() < 0.8 else ""


def first_day(until: date) -> date:
    """When the programme begins to make ready."""
    return until - timedelta(days=DAYS)
