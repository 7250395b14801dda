"""On PostgreSQL what decides cargo is published, registered and answered once, whoever races (19 USC 4311(b)(4))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.answers import Answer
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import OutboxMessage
from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.records.models import Entry
from greenlane.release.commands_agencies import AdoptAgencyCriteria, RegisterAgency
from greenlane.release.commands_compatibility import RecordAgencyProgramme
from greenlane.release.commands_entries import DecideEntries, RecordAgencyAnswer
from greenlane.release.commands_policy import (
    PublishReleasePolicy,
    RecordThreshold,
    SimulateReleasePolicy,
    WithdrawReleasePolicy,
)
from greenlane.release.compatibility import agency_programme, compatibility_of, standing
from greenlane.release.engine.inputs import AGENCIES, GOVERNMENT
from greenlane.release.kept import told_of
from greenlane.release.models import (
    Agency,
    AgencyAnswer,
    AgencyCriteria,
    CurrentEntry,
    FiledEntry,
    ReleaseDecision,
    ReleaseMessage,
    ReleasePolicy,
    RequirementExamined,
    Threshold,
)
from tests.casework.test_races import RACERS, race
from tests.desk import Desk
from tests.release import room
from tests.release.test_compatibility import compared, numbers, published_criteria
from tests.release.test_room_entries import cargo_desk, entry, file, latest, says, undrawn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def managers(desk: Desk) -> list[UUID]:
    """Six managers who drafted nothing."""
    return [desk.person(f"manager{n}", Office.PROGRAMME_MANAGER) for n in range(RACERS)]


def raced(desk: Desk, givers: Sequence[UUID], *commands: Command) -> list[Answer]:
    """Six people give these commands in turn at one moment; then all that follows is done and the record folds."""
    answers = race(
        lambda n: execute(
            commands[n % len(commands)], actor=Actor(givers[n % len(givers)]), at=desk.at, command_id=uuid4()
        )
    )
    outbox.deliver(desk.at)
    assert not OutboxMessage.objects.exclude(error="").exists()
    replay.check()
    return answers


def tried(desk: Desk, **changes: int) -> UUID:
    """A draft that waits for nothing but to be published."""
    key = room.drafted(desk, **changes)
    room.consulted(desk, key)
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    return key


def foundation() -> Desk:
    desk = room.founded()
    desk.prove = False
    room.threshold(desk)
    return desk


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_a_draft_that_is_published_and_withdrawn_at_once_ends_once() -> None:
    desk = foundation()
    key = tried(desk)
    ways = (PublishReleasePolicy(case_id=key), WithdrawReleasePolicy(case_id=key, reason="Begun too early."))
    answers = raced(desk, managers(desk), *ways)
    [won] = [answer for answer in answers if answer.granted]
    assert {answer.step for answer in answers if not answer.granted} == {"procedure"}
    policy, out = ReleasePolicy.objects.get(pk=key), won.command == "PublishReleasePolicy"
    assert policy.status == ("published" if out else "withdrawn")
    assert (policy.salt is not None) is out
    ends = {"ReleasePolicyPublished": int(out), "DrawSet": int(out), "ReleasePolicyWithdrawn": int(not out)}
    for kind, count in ends.items():
        assert Entry.objects.filter(subject=key, kind=f"release.{kind}").count() == count


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_a_policy_that_is_published_many_times_at_once_has_one_number_of_the_draw() -> None:
    desk = foundation()
    key = tried(desk)
    answers = raced(desk, managers(desk), PublishReleasePolicy(case_id=key))
    assert [answer.granted for answer in answers].count(True) == 1
    assert Entry.objects.filter(subject=key, kind="release.DrawSet").count() == 1


@pytest.mark.clause("6 USC 964(a)")
def test_of_drafts_for_one_day_that_race_one_is_published() -> None:
    desk = foundation()
    keys = [tried(desk, random_rate=100 + n) for n in range(3)]
    answers = raced(desk, managers(desk), *(PublishReleasePolicy(case_id=key) for key in keys))
    assert [answer.granted for answer in answers].count(True) == 1
    assert "follows_the_last" in {reason.code for answer in answers for reason in answer.verdict.failing}
    assert ReleasePolicy.objects.filter(status="published").count() == 1


@pytest.mark.clause("6 USC 964(a)")
def test_rc_10_a_policy_and_a_threshold_that_race_never_pass_the_cap_together() -> None:
    desk = foundation()
    key = tried(desk, tier_one_permille=205)  # 38 of 190 fit; 205 of 1000 do not
    higher = RecordThreshold(
        programme="ctpat", points=1000, in_force_from=desk.today + timedelta(days=1), basis="Invented decision 2"
    )
    answers = raced(desk, managers(desk), PublishReleasePolicy(case_id=key), higher)
    [won] = [answer.command for answer in answers if answer.granted]
    assert "reduction_capped" in {reason.code for answer in answers for reason in answer.verdict.failing}
    assert ReleasePolicy.objects.filter(status="published").count() == int(won == "PublishReleasePolicy")
    assert Threshold.objects.count() == 1 + int(won == "RecordThreshold")


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_agencies_that_are_registered_at_once_have_each_their_own_bit_and_a_code_once() -> None:
    desk = room.founded()
    desk.prove = False
    givers = managers(desk)
    new = [RegisterAgency(code=f"AG{n}", name=f"Invented agency {n}") for n in range(RACERS)]
    assert all(answer.granted for answer in raced(desk, givers, *new))
    assert sorted(Agency.objects.values_list("place", flat=True)) == list(range(RACERS))
    same = raced(desk, givers, *(RegisterAgency(code="FDA", name=f"Invented office {n}") for n in range(RACERS)))
    assert [answer.granted for answer in same].count(True) == 1
    assert {reason.code for answer in same for reason in answer.verdict.failing} == {"agency_is_new"}
    for n in range(RACERS + 1, AGENCIES - 1):
        desk.must(RegisterAgency(code=f"X{n}", name=f"Invented service {n}"), by="mona")
    last = raced(desk, givers, *(RegisterAgency(code=f"L{n}", name=f"Invented last {n}") for n in range(RACERS)))
    assert [answer.granted for answer in last].count(True) == 1
    assert {reason.code for answer in last for reason in answer.verdict.failing} == {"place_left"}
    assert sorted(Agency.objects.values_list("place", flat=True)) == list(range(AGENCIES))


@pytest.mark.clause("19 USC 4311(b)(4)(C)")
def test_criteria_that_are_adopted_at_once_are_versions_in_a_row() -> None:
    desk = foundation()
    key = room.agencies(desk)["FDA"]
    adopt = [
        AdoptAgencyCriteria(
            case_id=key,
            document="Prior notice",
            agreed_with="Fay Invented",
            in_force_from=desk.today,
            tariff_prefixes=(f"090{n}",),
        )
        for n in range(RACERS)
    ]
    assert all(answer.granted for answer in raced(desk, managers(desk), *adopt))
    rows = AgencyCriteria.objects.filter(agency=key).order_by("version")
    assert [row.version for row in rows] == list(range(1, RACERS + 1))
    assert {heading for row in rows for heading in row.headings} == {f"090{n}" for n in range(RACERS)}


@pytest.mark.clause("19 USC 4311(b)(4)(B)")
def test_a_programme_of_an_agency_is_recorded_once_and_examinations_at_once_stand_in_a_row() -> None:
    desk = foundation()
    published_criteria(desk)
    key = room.agencies(desk)["FDA"]
    new = [
        RecordAgencyProgramme(
            case_id=key, code="LEAGUE", name=f"League {n}", programme="ctpat", business_type="importer"
        )
        for n in range(RACERS)
    ]
    racers = managers(desk)
    answers = raced(desk, racers, *new)
    assert [answer.granted for answer in answers].count(True) == 1
    assert {reason.code for one in answers for reason in one.verdict.failing} == {"programme_is_new"}
    row = agency_programme(Agency.objects.get(pk=key), "LEAGUE")
    ours = numbers(desk, row)
    outcomes = [compared(ours, "no" if n % 2 else "yes", f"Ground {n}.") for n in range(RACERS)]
    assert all(answer.granted for answer in raced(desk, racers, *outcomes))
    found = RequirementExamined.objects.filter(agency_programme=row)
    assert found.count() == RACERS * len(ours)
    assert set(found.values_list("number", flat=True)) == set(range(1, RACERS + 1))
    last = found.filter(number=RACERS).first()
    assert last is not None
    assert compatibility_of(row, desk.today).granted is last.compatible
    assert {one.ground for one in standing(row, desk.today).values()} == {last.ground}


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_amendments_of_one_entry_that_race_are_kept_in_a_row_and_the_last_stands() -> None:
    desk, _who = cargo_desk()
    desk.prove = False
    desk.minute = 40
    ways = [DecideEntries(programme="ctpat", entries=(entry(desk, score=10 * n),)) for n in range(RACERS)]
    assert all(answer.granted for answer in raced(desk, [desk.people["cleo"]], *ways))
    kept = FiledEntry.objects.order_by("version")
    assert [row.version for row in kept] == list(range(1, RACERS + 1))
    decisions = ReleaseDecision.objects.order_by("place")
    assert [(row.place, row.filed_id) for row in decisions] == [(row.version, row.pk) for row in kept]
    assert {row.score_before for row in decisions} == {10 * n for n in range(RACERS)}
    assert CurrentEntry.objects.get().decision_id == latest("INV-1").pk


def three_agencies() -> tuple[Desk, list[UUID], str]:
    """An entry over which three agencies have authority, and two people of each."""
    desk, _who = cargo_desk()
    desk.prove = False
    desk.must(RegisterAgency(code="USDA", name="Invented Department of Farming"), by="mona")
    names = [*room.AGENCIES.items(), ("USDA", "Invented Department of Farming")]
    people = [desk.person(f"of{n}") for n in range(RACERS)]
    for n, person in enumerate(people):
        grant = GrantOffice(account_id=person, office=Office.PARTNER_AGENCY, agency=names[n % 3][1])
        desk.must(grant)
    desk.minute = 40
    [one] = undrawn(desk, authority=("FDA", "EPA", "USDA"))
    file(desk, one)  # type: ignore[arg-type]
    return desk, people, one.entry_number


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_rc_23_agencies_that_answer_at_once_send_the_one_message_once() -> None:
    desk, people, number = three_agencies()
    said = [says(desk, number, code, "proceed") for code in ("FDA", "EPA", "USDA")]  # type: ignore[arg-type]
    assert all(answer.granted for answer in raced(desk, people, *said))
    assert [row.kind for row in ReleaseMessage.objects.filter(number=number)] == ["released"]
    assert GOVERNMENT[latest(number).government] == "released"
    assert CurrentEntry.objects.get(number=number).waiting == 0
    places = ReleaseDecision.objects.filter(number=number).order_by("place").values_list("place", flat=True)
    assert list(places) == list(range(1, 2 + RACERS))


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_rc_23_an_answer_that_had_to_wait_for_a_later_one_counts_beside_it() -> None:
    """Requests come in one order and get the lock in another: the one recorded first may bear the later instant."""
    desk, people, number = three_agencies()
    said = [says(desk, number, code, "proceed") for code in ("FDA", "EPA", "USDA")]  # type: ignore[arg-type]
    for n in range(3):
        at = desk.at - timedelta(seconds=n)
        assert execute(said[n], actor=Actor(people[n]), at=at, command_id=uuid4()).granted
        assert len(told_of(latest(number)).entry.answers) == n + 1
    first = ReleaseDecision.objects.get(number=number, place=2)
    assert [one.agency for one in told_of(first).entry.answers] == ["FDA"]
    assert GOVERNMENT[latest(number).government] == "released"
    assert [row.kind for row in ReleaseMessage.objects.filter(number=number)] == ["released"]
    replay.check()


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
@pytest.mark.parametrize("last", ["hold", "proceed"])
def test_rc_23_a_hold_and_a_release_that_race_end_as_the_later_action_says(last: str) -> None:
    desk, people, number = three_agencies()
    for n in (1, 2):
        desk.must(says(desk, number, ("FDA", "EPA", "USDA")[n], "proceed"), by=f"of{n}")  # type: ignore[arg-type]
    first = "proceed" if last == "hold" else "hold"
    later = says(desk, number, "FDA", last, minutes=1)  # type: ignore[arg-type]
    earlier: RecordAgencyAnswer = replace(
        later,
        answer=first,
        answered_at=later.answered_at - timedelta(seconds=5),  # type: ignore[arg-type]
    )
    assert all(answer.granted for answer in raced(desk, [people[0], people[3]], later, earlier))
    assert AgencyAnswer.objects.filter(number=number, agency__code="FDA").count() == RACERS
    assert GOVERNMENT[latest(number).government] == ("stopped" if last == "hold" else "released")
    kinds = [row.kind for row in ReleaseMessage.objects.filter(number=number).order_by("decision__place")]
    assert kinds in ([["released"]] if last == "proceed" else [[], ["released", "withdrawn"]])
