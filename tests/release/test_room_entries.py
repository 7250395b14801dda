"""Entries decided and kept, answers of agencies, the message of all of government (RC-19, RC-23)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise, permutations
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from greenlane.casework.problems import BadInput, Missing
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.parts import RecordIdentifier
from greenlane.release.commands_agencies import AdoptAgencyCriteria
from greenlane.release.commands_entries import DecideEntries, RecordAgencyAnswer
from greenlane.release.deciding import decide, decide_again
from greenlane.release.engine.entries import Answer, CargoEntry
from greenlane.release.engine.inputs import GOVERNMENT
from greenlane.release.models import Agency, FiledEntry, ReleaseDecision, ReleaseMessage
from tests.companies import Company, found_programme
from tests.release import room
from tests.release.clocked import ClockedDesk

pytestmark = pytest.mark.django_db
IOR = "12-345678900"


def cargo_desk() -> tuple[ClockedDesk, UUID]:
    """A desk of release and an importer of the second tier."""
    desk = ClockedDesk(prove=False)
    found_programme(desk)
    room.stage(desk)
    made = Company(desk, "ada").register()
    desk.must(RecordIdentifier(participant_id=made.participant, kind="ior", value=IOR), by="ada")
    desk.quietly(SetStanding(participant_id=made.participant, standing="certified", tier=2, reason=""))
    desk.minute = 30
    desk.prove = True
    return desk, made.participant


def entry(desk: ClockedDesk, number: str = "INV-1", **more: object) -> CargoEntry:
    """An entry filed a minute ago with a low score, which chance does not draw."""
    values: dict[str, object] = {
        "entry_number": number,
        "filed_at": desk.at - timedelta(minutes=1),
        "importer": IOR,
        "score": 60,
        "port": "2704",
        "origin": "CN",
        "tariff": "8471300100",
        "mode": "sea",
        **more,
    }
    return CargoEntry(**values)  # type: ignore[arg-type]


def undrawn(desk: ClockedDesk, count: int = 1, **more: object) -> list[CargoEntry]:
    """Entries that chance does not draw: the numbers are tried until enough are found."""
    found = [entry(desk, f"INV-{number}", **more) for number in range(60)]
    kept = [one.entry for one in decide("ctpat", found) if one.outputs["examination"] == 0]
    return kept[:count]


def file(desk: ClockedDesk, *given: CargoEntry) -> None:
    desk.must(DecideEntries(programme="ctpat", entries=tuple(replace(one, answers=()) for one in given)), by="cleo")


def latest(number: str) -> ReleaseDecision:
    found = ReleaseDecision.objects.filter(number=number).order_by("place").last()
    assert found is not None
    return found


def says(desk: ClockedDesk, number: str, agency: str, answer: str, minutes: int = 1) -> RecordAgencyAnswer:
    at = desk.at - timedelta(minutes=minutes)
    return RecordAgencyAnswer(entry_number=number, agency=agency, answer=answer, answered_at=at)  # type: ignore[arg-type]


@pytest.mark.clause("6 USC 965(b)", "6 USC 971(b)")
def test_an_entry_is_decided_with_its_reasons_and_kept() -> None:
    desk, _who = cargo_desk()
    file(desk, entry(desk, score=150))
    made = latest("INV-1")
    assert (made.score_before, made.score_after) == (150, 150 - 190 * 250 // 1000)
    again = decide_again(made.filed)
    assert again.outputs == {
        "score_after": made.score_after,
        "examination": made.examination,
        "priority": made.priority,
        "customs_release": int(made.customs_release),
        "government": made.government,
        "pathway": made.pathway,
        "reasons": made.reasons,
    }
    cites = {one.citation for one in again.explanation.reasons}
    assert "6 USC 965(b)(1)" in cites
    file(desk, entry(desk, score=10))
    assert [row.version for row in FiledEntry.objects.order_by("version")] == [1, 2]
    assert latest("INV-1").place == 2


@pytest.mark.clause("6 USC 967(b)", "6 USC 971(b)")
def test_a_suspended_importer_gets_nothing_from_the_instant_and_what_was_decided_stays() -> None:
    desk, who = cargo_desk()
    desk.today += timedelta(days=3)
    one = entry(desk, score=150)
    file(desk, one)
    decided_at = latest("INV-1").known_at
    desk.hour = 18
    suspended_at = desk.at + timedelta(seconds=1)
    desk.quietly(SetStanding(participant_id=who, standing="suspended", tier=0, reason=""))
    [before, after] = decide(
        "ctpat",
        [
            replace(one, entry_number="A", filed_at=suspended_at - timedelta(seconds=1)),
            replace(one, entry_number="B", filed_at=suspended_at),
        ],
    )
    assert before.outputs["score_after"] < 150
    assert after.outputs["score_after"] == 150
    assert "6 USC 967(b)" in {reason.citation for reason in after.explanation.reasons}
    lost = desk.today
    desk.today += timedelta(days=2)
    desk.quietly(SetStanding(participant_id=who, standing="certified", tier=2, reason="", since=lost))
    evening = replace(one, entry_number="B", filed_at=suspended_at + timedelta(hours=1))
    known = desk.at - timedelta(days=1)
    assert decide("ctpat", [evening])[0].outputs["score_after"] < 150
    assert decide("ctpat", [evening], known=known)[0].outputs["score_after"] == 150
    row = FiledEntry.objects.get()
    assert decide_again(row, decided_at).outputs["reasons"] == latest("INV-1").reasons


@pytest.mark.clause("6 USC 964(a)")
def test_rc_19_two_importers_of_one_standing_get_the_same_decision() -> None:
    desk, _who = cargo_desk()
    made = Company(desk, "bea", name="Second Invented Imports").register()
    desk.must(RecordIdentifier(participant_id=made.participant, kind="ior", value="98-765432100"), by="bea")
    desk.quietly(SetStanding(participant_id=made.participant, standing="certified", tier=2, reason=""))
    desk.minute = 50
    one = entry(desk, score=170)
    [first] = decide("ctpat", [one])
    [second] = decide("ctpat", [replace(one, importer="98-765432100")])
    [stranger] = decide("ctpat", [replace(one, importer="55-555555500")])
    assert first.outputs == second.outputs
    assert stranger.outputs["score_after"] == 170


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_rc_23_nothing_is_released_while_an_agency_holds_or_is_silent() -> None:
    desk, _who = cargo_desk()
    [one] = undrawn(desk, authority=("FDA", "EPA"))
    number = one.entry_number
    file(desk, one)
    made = latest(number)
    assert made.customs_release
    assert GOVERNMENT[made.government] == "waiting"
    desk.must(says(desk, number, "FDA", "proceed"), by="fay")
    assert GOVERNMENT[latest(number).government] == "waiting"
    assert not ReleaseMessage.objects.exists()
    desk.must(says(desk, number, "EPA", "hold"), by="eli")
    assert GOVERNMENT[latest(number).government] == "stopped"
    assert not ReleaseMessage.objects.exists()
    desk.must(says(desk, number, "EPA", "proceed", minutes=0), by="eli")
    assert GOVERNMENT[latest(number).government] == "released"
    [message] = ReleaseMessage.objects.all()
    assert message.kind == "released"
    assert "FDA PROCEED" in message.text
    desk.minute = 45
    desk.must(says(desk, number, "FDA", "hold"), by="fay")
    assert [row.kind for row in ReleaseMessage.objects.order_by("made_at")] == ["released", "withdrawn"]
    desk.must(says(desk, number, "FDA", "hold", minutes=0), by="fay")
    assert ReleaseMessage.objects.count() == 2


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_rc_23_answers_in_any_order_and_twice_lead_to_one_outcome() -> None:
    desk, _who = cargo_desk()
    desk.prove = False
    start = desk.at - timedelta(minutes=20)
    story = [
        Answer("FDA", "under_review", start),
        Answer("FDA", "hold", start + timedelta(minutes=1)),
        Answer("FDA", "proceed", start + timedelta(minutes=2)),
        Answer("EPA", "proceed", start + timedelta(minutes=1)),
    ]
    orders = random.Random(7).sample(list(permutations(story)), 6)
    found = undrawn(desk, len(orders), authority=("FDA", "EPA"))
    for one, order in zip(found, orders, strict=True):
        file(desk, one)
        for answer in (*order, order[0], order[-1]):
            command = RecordAgencyAnswer(
                entry_number=one.entry_number,
                agency=answer.agency,
                answer=answer.answer,  # type: ignore[arg-type]
                answered_at=answer.at,
            )
            desk.must(command, by="cleo")
    assert {GOVERNMENT[latest(one.entry_number).government] for one in found} == {"released"}
    for one in found:
        kinds = [row.kind for row in ReleaseMessage.objects.filter(number=one.entry_number).order_by("decision__place")]
        assert kinds[-1] == "released"
        assert all(first != second for first, second in pairwise(kinds))


@pytest.mark.clause("19 USC 4311(b)(4)(C)")
def test_goods_that_meet_an_agency_s_criteria_do_not_wait_for_it() -> None:
    desk, _who = cargo_desk()
    key = Agency.objects.get(code="FDA").pk
    adopt = AdoptAgencyCriteria(
        case_id=key,
        document="Prior notice",
        agreed_with="Fay Invented",
        in_force_from=desk.today,
        ports=("2704",),
        tariff_prefixes=("8471",),
    )
    desk.must(adopt, by="mona")
    [one] = undrawn(desk, authority=("FDA",))
    file(desk, one)
    assert GOVERNMENT[latest(one.entry_number).government] == "released"
    assert ReleaseMessage.objects.get().kind == "released"
    [other] = undrawn(desk, authority=("FDA",), port="1001")
    file(desk, replace(other, entry_number="OTHER"))
    assert GOVERNMENT[latest("OTHER").government] == "waiting"
    desk.must(says(desk, one.entry_number, "FDA", "under_review"), by="fay")
    assert GOVERNMENT[latest(one.entry_number).government] == "released"
    assert ReleaseMessage.objects.filter(number=one.entry_number).count() == 1
    for again in ("hold", "proceed", "intensive"):
        desk.must(says(desk, one.entry_number, "FDA", again, minutes=0), by="fay")
        stands = ReleaseMessage.objects.filter(number=one.entry_number).order_by("decision__place").last()
        assert stands is not None
        assert (stands.kind == "released") == (GOVERNMENT[latest(one.entry_number).government] == "released")
    assert ReleaseMessage.objects.filter(number=one.entry_number).count() == 4


@pytest.mark.clause("19 USC 4311(b)(4)(A)", "6 USC 971(c)")
def test_who_may_answer_for_what() -> None:
    desk, _who = cargo_desk()
    [one, other] = undrawn(desk, 2, authority=("FDA",))
    number = one.entry_number
    file(desk, one, replace(other, authority=("FDA", "EPA")))
    desk.refused(says(desk, other.entry_number, "FDA", "proceed"), by="eli", code="own_agency")
    for agency in ("EPA", "FDA"):  # goods of another agency alone: not even that the entry is there
        with pytest.raises(Missing):
            desk.give(says(desk, number, agency, "proceed"), by="eli")
    desk.refused(says(desk, number, "XYZ", "proceed"), by="cleo", code="authority_over_the_goods")
    desk.refused(says(desk, number, "FDA", "proceed", minutes=-5), by="fay", code="acted_by_now")
    desk.refused(says(desk, number, "FDA", "proceed"), by="ada")
    desk.refused(DecideEntries(programme="ctpat", entries=(one,)), by="fay")
    with pytest.raises(Missing):
        desk.give(says(desk, "NONE", "FDA", "proceed"), by="fay")
    naive = replace(says(desk, number, "FDA", "proceed"), answered_at=datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001
    with pytest.raises(BadInput):
        desk.give(naive, by="fay")


def test_what_is_wrong_is_said_by_entry_and_field_and_nothing_is_kept() -> None:
    desk, _who = cargo_desk()
    given = (
        entry(desk),
        entry(desk, score=1001, origin="China"),
        entry(desk, "INV-3", authority=("XYZ",)),
    )
    with pytest.raises(BadInput) as caught:
        desk.give(DecideEntries(programme="ctpat", entries=given), by="cleo")
    assert {problem.where for problem in caught.value.problems} == {
        "entries.1.score",
        "entries.1.origin",
        "entries.1.entry_number",
        "entries.2.authority",
    }
    assert not FiledEntry.objects.exists()
    desk.refused(DecideEntries(programme="ctpat", entries=()), by="cleo", code="entries_counted")
    ahead = entry(desk, filed_at=desk.at + timedelta(hours=1))
    desk.refused(DecideEntries(programme="ctpat", entries=(ahead,)), by="cleo", code="filed_by_now")
    with pytest.raises(BadInput, match="in force"):
        decide("ctpat", [entry(desk, filed_at=desk.at - timedelta(days=900))])


def test_a_thousand_entries_are_decided_with_as_many_queries_as_one() -> None:
    desk, _who = cargo_desk()
    counts = []
    for many in (1, 200):
        found = [entry(desk, f"N-{number}") for number in range(many)]
        decide("ctpat", found)
        with CaptureQueriesContext(connection) as queries:
            decide("ctpat", found)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
