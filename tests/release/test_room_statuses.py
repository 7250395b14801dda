"""Who had which status at an instant, as known at another: the same standing gives the same benefits (RC-19)."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from greenlane.participants.benefits import benefits_on, stood_on
from greenlane.participants.commands_standing import SetDeniedBenefits, SetStanding
from greenlane.participants.models import Identifier, Participant
from greenlane.participants.parts import EndPart, RecordIdentifier
from greenlane.release.commands_agencies import (
    EndArrangement,
    EndRecognition,
    ManufacturerAbroad,
    RecogniseManufacturers,
    RecordArrangement,
)
from greenlane.release.engine.asof import StatusStore
from greenlane.release.engine.entries import instant
from greenlane.release.engine.statuses import BENEFITS, Status
from greenlane.release.register import key, periods
from tests.companies import Company, found_programme
from tests.release.clocked import ClockedDesk
from tests.release.room import managed

pytestmark = pytest.mark.django_db
IOR = "12-345678900"
IMPORTER = key("importer", IOR)


def clocked(*business_types: str) -> ClockedDesk:
    desk = ClockedDesk(prove=False)
    found_programme(desk)
    return desk


def company(desk: ClockedDesk, officer: str = "ada", ior: str = IOR) -> UUID:
    """An importer with its number, certified by nobody yet."""
    made = Company(desk, officer, name=f"{officer.title()} Invented Imports").register()
    desk.must(RecordIdentifier(participant_id=made.participant, kind="ior", value=ior), by=officer)
    return made.participant


def store(**wanted: list[str]) -> StatusStore:
    return StatusStore.build(periods("ctpat", wanted or None))


def status(of: str, at: datetime, known: datetime | None = None) -> Status:
    return Status.unpacked(store().known_at(instant(known) if known else None).status(of, instant(at)))


def stand(desk: ClockedDesk, who: UUID, standing: str, tier: int = 0, since: date | None = None) -> datetime:
    """Set a standing; the instant at which it was set."""
    at = desk.at + timedelta(seconds=1)
    desk.quietly(SetStanding(participant_id=who, standing=standing, tier=tier, reason="", since=since))  # type: ignore[arg-type]
    return at


@pytest.mark.clause("6 USC 967(b)", "6 USC 965(b)")
def test_a_suspension_counts_from_its_instant_and_a_reversal_gives_back_what_was_lost() -> None:
    desk = clocked()
    who = company(desk)
    stand(desk, who, "certified", 2)
    desk.today += timedelta(days=30)
    lost = desk.today
    desk.hour = 18
    suspended_at = stand(desk, who, "suspended")
    morning, evening = suspended_at - timedelta(hours=3), suspended_at + timedelta(hours=3)
    assert status(IMPORTER, morning).tier == 2
    assert status(IMPORTER, suspended_at - timedelta(microseconds=1)).tier == 2
    for at in (suspended_at, evening):
        assert status(IMPORTER, at) == Status(barred=True)
    desk.today += timedelta(days=5)
    reversed_at = stand(desk, who, "certified", 2, since=lost)
    for at in (morning, suspended_at, evening):
        assert status(IMPORTER, at).tier == 2
    before = reversed_at - timedelta(microseconds=1)
    assert status(IMPORTER, evening, known=before).barred, "what was decided then stays as it was known then"
    assert status(IMPORTER, morning, known=before).tier == 2
    assert status(IMPORTER, evening, known=reversed_at).tier == 2


@pytest.mark.clause("6 USC 967(a)")
def test_a_benefit_denied_alone_leaves_the_others() -> None:
    desk = clocked()
    who = company(desk)
    stand(desk, who, "certified", 2)
    desk.today += timedelta(days=1)
    whole = status(IMPORTER, desk.at).benefits
    case = uuid4()
    deny = SetDeniedBenefits(participant_id=who, because=case, benefits=("priority_searches",), reason="")
    at = desk.at + timedelta(seconds=1)
    desk.quietly(deny)
    assert status(IMPORTER, at).benefits == whole - {"priority_searches"}
    assert status(IMPORTER, at - timedelta(microseconds=1)).benefits == whole
    assert status(IMPORTER, at).tier == 2


@pytest.mark.clause("6 USC 965(b)", "6 USC 966(c)")
def test_rc_19_the_same_standing_gives_the_same_status_to_everybody() -> None:
    desk = clocked()
    first = company(desk)
    second = company(desk, "bea", "98-765432100")
    found: list[set[Status]] = []
    for standing, tier in (("certified", 1), ("certified", 2), ("certified", 3), ("suspended", 0), ("withdrawn", 0)):
        for who in (first, second):
            stand(desk, who, standing, tier)
        desk.today += timedelta(days=1)
        found.append({status(IMPORTER, desk.at), status(key("importer", "98-765432100"), desk.at)})
    assert all(len(each) == 1 for each in found)
    tiers = [next(iter(each)) for each in found]
    assert [one.tier for one in tiers] == [1, 2, 3, 0, 0]
    assert tiers[0].benefits < tiers[1].benefits < tiers[2].benefits
    assert tiers[4] == Status()


@pytest.mark.clause("6 USC 962")
def test_a_number_counts_while_it_is_the_company_s() -> None:
    desk = clocked()
    who = company(desk)
    stand(desk, who, "certified", 2)
    desk.today += timedelta(days=1)
    mine = Identifier.objects.get(participant_id=who, kind="ior")
    at = desk.at + timedelta(seconds=1)
    desk.must(EndPart(participant_id=who, part="identifier", series=mine.series, reason="New."), by="ada")
    before = at - timedelta(minutes=1)
    assert status(IMPORTER, before).tier == 2
    assert status(IMPORTER, at) == Status()
    assert status(IMPORTER, at + timedelta(days=1), known=before).tier == 2, "nobody knew yet that it would end"


@pytest.mark.clause("19 USC 4311(a)")
def test_a_manufacturer_is_recognised_under_an_arrangement_in_force_only() -> None:
    desk = managed(clocked())
    assert isinstance(desk, ClockedDesk)
    record = RecordArrangement(programme="ctpat", country="MX", partner_programme="OEA", since=desk.today)
    arrangement = desk.must(record, by="mona").case_id
    assert arrangement is not None
    mids = ("MXABCDEF1234MEX", "MXGHIJKL5678MEX")
    made = tuple(ManufacturerAbroad(mid=mid, name="Invented", foreign_number=f"OEA-{mid[2:5]}") for mid in mids)
    recognised_at = desk.at + timedelta(seconds=1)
    desk.must(RecogniseManufacturers(case_id=arrangement, manufacturers=made), by="mona")
    first, second = (key("maker", mid) for mid in mids)
    claimed = key("claim", "OEA-ABC")
    assert status(first, recognised_at).recognised
    assert not status(first, recognised_at - timedelta(microseconds=1)).recognised
    left_at = desk.at + timedelta(seconds=1)
    desk.must(EndRecognition(case_id=arrangement, mid=mids[0], reason="Left."), by="mona")
    assert not status(first, left_at).recognised
    assert not status(claimed, left_at).recognised
    assert status(second, left_at).recognised
    assert status(claimed, recognised_at).recognised
    desk.today += timedelta(days=1)
    over_at = desk.at + timedelta(seconds=1)
    desk.must(EndArrangement(case_id=arrangement, reason="Over."), by="mona")
    assert not status(second, over_at).recognised
    assert status(second, over_at + timedelta(days=1), known=left_at).recognised


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)", "6 USC 966(c)", "6 USC 967(a)")
@pytest.mark.parametrize("seed", range(3))
def test_rc_09_the_status_at_any_instant_is_what_the_participant_had_then(seed: int) -> None:
    """Random histories, days dated back among them, held against ``benefits_on`` as it answered at the time."""
    draw = random.Random(seed)
    desk = clocked()
    who = company(desk)
    participant, cases = Participant.objects.get(pk=who), [uuid5(UUID(int=seed), str(i)) for i in range(3)]
    start, seen = desk.today, []
    for _ in range(40):
        desk.today += timedelta(days=draw.choice((0, 0, 0, 1, 4)))
        desk.hour, desk.minute = draw.choice([(15, 0), (18, 30), (20, 0)]) if _moved(desk, seen) else (20, 30)
        desk.quietly(_said(draw, desk, who, start, cases))
        seen.append((desk.at, _had(participant, desk.today, desk.at)))
    built = store()
    for at, had in seen:
        assert _benefits(built, at, at) == had
    for _ in range(60):
        day = start + timedelta(days=draw.randrange((desk.today - start).days + 2))
        known = draw.choice(seen)[0] + timedelta(seconds=draw.choice((0, 7)))
        assert _benefits(built, _evening(day), known) == _had(participant, day, known)


def _moved(desk: ClockedDesk, seen: list[tuple[datetime, object]]) -> bool:
    return not seen or seen[-1][0].date() < desk.today


def _said(
    draw: random.Random, desk: ClockedDesk, who: UUID, start: date, cases: list[UUID]
) -> SetStanding | SetDeniedBenefits:
    back = draw.choice((None, None, start + timedelta(days=draw.randrange((desk.today - start).days + 1))))
    if draw.random() < 0.6:
        standing = draw.choice(("certified", "certified", "suspended", "withdrawn", "expelled"))
        tier = draw.randrange(1, 4) if standing == "certified" else 0
        return SetStanding(participant_id=who, standing=standing, tier=tier, reason="", since=back)  # type: ignore[arg-type]
    codes = tuple(draw.sample(BENEFITS, draw.randrange(4)))
    return SetDeniedBenefits(participant_id=who, because=draw.choice(cases), benefits=codes, reason="", since=back)


def _had(participant: Participant, day: date, known: datetime) -> tuple[str, int, frozenset[str]]:
    stood = stood_on(participant.pk, day, known)
    given = {one.benefit.code for one in benefits_on(participant, day, known) if one.given}
    barred = "barred" if stood.standing in ("suspended", "expelled") else ""
    return barred, stood.tier if stood.standing == "certified" else 0, frozenset(given & set(BENEFITS))


def _benefits(built: StatusStore, at: datetime, known: datetime) -> tuple[str, int, frozenset[str]]:
    found = Status.unpacked(built.known_at(instant(known)).status(IMPORTER, instant(at)))
    return "barred" if found.barred else "", found.tier, found.benefits


def _evening(day: date) -> datetime:
    zone = ZoneInfo(settings.GREENLANE_TIME_ZONE)
    return (datetime.combine(day + timedelta(days=1), time(0), zone) - timedelta(microseconds=1)).astimezone(UTC)


def test_the_register_is_read_in_a_constant_number_of_queries() -> None:
    desk, counts = clocked(), []
    for number, officer in enumerate(("ada", "bea", "cay")):
        who = company(desk, officer, f"98-76543210{number}")
        mine = Identifier.objects.get(participant_id=who, kind="ior", effective_to=None)
        desk.must(EndPart(participant_id=who, part="identifier", series=mine.series, reason="New."), by=officer)
        desk.must(RecordIdentifier(participant_id=who, kind="ior", value=f"12-34567890{number}"), by=officer)
        stand(desk, who, "certified", 2)
        for wanted in (None, {"importer": [f"12-34567890{number}", "98-765432100"]}):
            periods("ctpat", wanted)
            with CaptureQueriesContext(connection) as queries:
                periods("ctpat", wanted)
            counts.append(len(queries))
    assert set(counts[2:]) <= set(counts[:2])
    assert max(counts) <= 12
