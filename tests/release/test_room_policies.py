"""The threshold and the policies of benefits: what may be published, and what the law refuses."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest

from greenlane.law.authority import Office
from greenlane.records.models import Entry
from greenlane.release import queries
from greenlane.release.commands_agencies import (
    AdoptAgencyCriteria,
    EndArrangement,
    EndRecognition,
    ManufacturerAbroad,
    RecogniseManufacturers,
    RecordArrangement,
    RegisterAgency,
)
from greenlane.release.commands_policy import (
    ConsultOnReleasePolicy,
    DraftReleasePolicy,
    PublishReleasePolicy,
    RecordThreshold,
    SimulateReleasePolicy,
    WithdrawReleasePolicy,
)
from greenlane.release.engine.policy import release_policy
from greenlane.release.in_force import in_force
from greenlane.release.models import Agency, ReleasePolicy
from tests.release import room

pytestmark = pytest.mark.django_db


def test_a_policy_sets_every_number_that_the_graph_reads() -> None:
    assert set(asdict(room.NUMBERS)) | {"threshold", "salt"} == set(release_policy().parameters)


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)", "6 USC 966(c)", "6 USC 971(a)")
def test_a_policy_is_drafted_consulted_on_tried_and_published_by_another() -> None:
    desk = room.founded()
    room.threshold(desk)
    key = room.drafted(desk)
    desk.refused(PublishReleasePolicy(case_id=key), by="max", code="commercial_consulted", cite="6 USC 966(c)")
    room.consulted(desk, key)
    desk.refused(PublishReleasePolicy(case_id=key), by="max", code="simulated")
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    desk.refused(PublishReleasePolicy(case_id=key), by="mona", code="second_person", cite="6 USC 971(a)")
    desk.must(PublishReleasePolicy(case_id=key), by="max")
    policy = ReleasePolicy.objects.get(pk=key)
    assert policy.status == "published"
    assert policy.salt is not None
    assert in_force("ctpat", desk.today).policy == policy
    desk.refused(WithdrawReleasePolicy(case_id=key, reason="No."), by="mona", code="procedure")


@pytest.mark.clause("6 USC 966(c)")
def test_one_committee_alone_is_not_enough() -> None:
    desk = room.founded()
    room.threshold(desk)
    key = room.drafted(desk)
    late = desk.today + timedelta(days=1)
    consult = ConsultOnReleasePolicy(case_id=key, committee="commercial", concluded_on=late, advice="Yes.")
    desk.refused(consult, by="mona", code="consulted_on_the_draft")
    desk.must(
        ConsultOnReleasePolicy(case_id=key, committee="commercial", concluded_on=desk.today, advice="Yes."), by="mona"
    )
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    desk.refused(PublishReleasePolicy(case_id=key), by="max", code="maritime_consulted", cite="6 USC 966(c)")


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.parametrize(("permille", "lawful"), [(200, True), (205, True), (206, False), (350, False)])
def test_rc_10_no_policy_above_twenty_per_cent_of_the_threshold(permille: int, lawful: bool) -> None:
    """206 thousandths of 190 are 39 points; the law allows 38."""
    desk = room.founded()
    room.threshold(desk, 190)
    key = room.drafted(desk, tier_one_permille=permille)
    room.consulted(desk, key)
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    publish = PublishReleasePolicy(case_id=key)
    if lawful:
        desk.must(publish, by="max")
    else:
        desk.refused(publish, by="max", code="reduction_capped", cite="6 USC 964(a)")


@pytest.mark.clause("6 USC 964(a)")
def test_rc_10_a_threshold_set_for_later_counts_too_and_the_cap_moves_with_it() -> None:
    desk = room.founded()
    room.threshold(desk, 190)
    later = desk.today + timedelta(days=30)
    room.threshold(desk, 1000, later)
    key = room.drafted(desk, tier_one_permille=205)  # 38 of 190 fit, 205 of 1000 do not
    room.consulted(desk, key)
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    desk.refused(PublishReleasePolicy(case_id=key), by="max", code="reduction_capped")
    room.published(desk)
    assert in_force("ctpat", desk.today).version.parameters["threshold"] == 190
    assert in_force("ctpat", later).version.parameters["threshold"] == 1000


@pytest.mark.clause("6 USC 964(a)")
def test_rc_10_a_threshold_under_which_a_published_policy_would_pass_the_cap_is_refused() -> None:
    desk = room.founded()
    room.threshold(desk, 190)
    room.published(desk, tier_one_permille=205)
    begins = desk.today + timedelta(days=1)
    record = RecordThreshold(programme="ctpat", points=1000, in_force_from=begins, basis="Invented decision 2")
    desk.refused(record, by="mona", code="reduction_capped", cite="6 USC 964(a)")


@pytest.mark.clause("6 USC 964(a)")
def test_without_a_threshold_nothing_is_tried_or_published() -> None:
    desk = room.founded()
    key = room.drafted(desk)
    desk.refused(SimulateReleasePolicy(case_id=key), by="mona", code="threshold_in_force")
    desk.refused(PublishReleasePolicy(case_id=key), by="max", code="threshold_in_force")
    desk.must(WithdrawReleasePolicy(case_id=key, reason="Begun too early."), by="mona")


@pytest.mark.clause("6 USC 965(b)")
@pytest.mark.parametrize(
    ("changes", "code", "cite"),
    [
        ({"tier_two_permille": 0, "tier_two_rate": 300}, None, ""),
        ({"tier_three_permille": 250}, "further_reduction", "6 USC 966(c)(4)"),
        ({"tier_three_rate": 99}, "further_reduction", "6 USC 966(c)(2)"),
    ],
)
def test_each_benefit_of_a_higher_tier_is_real(changes: dict[str, int], code: str | None, cite: str) -> None:
    desk = room.founded()
    room.threshold(desk)
    key = room.drafted(desk, **changes)
    room.consulted(desk, key)
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    if code:
        desk.refused(PublishReleasePolicy(case_id=key), by="max", code=code, cite=cite)
    else:  # other benefits come with validation still
        desk.must(PublishReleasePolicy(case_id=key), by="max")


@pytest.mark.clause("6 USC 964(a)")
def test_numbers_days_and_thresholds_outside_what_can_be() -> None:
    desk = room.founded()
    room.threshold(desk)
    draft = DraftReleasePolicy(
        programme="ctpat",
        title="Benefits",
        why="Invented.",
        effective_from=desk.today - timedelta(days=1),
        numbers=room.numbers(random_rate=10_001, scan_permille=100),
    )
    answer = desk.refused(draft, by="mona")
    failing = {reason.code: reason.where for reason in answer.verdict.failing}
    assert failing == {
        "not_backdated": "effective_from",
        "number_in_range": "numbers.random_rate",
        "examinations_deepen": "numbers.scan_permille",
    }
    again = RecordThreshold(programme="ctpat", points=0, in_force_from=desk.today, basis="Invented decision 2")
    answer = desk.refused(again, by="mona", code="points_in_range")
    assert "one_threshold_a_day" in {reason.code for reason in answer.verdict.failing}


@pytest.mark.clause("6 USC 964(a)", "19 USC 4311(a)", "19 USC 4311(b)(4)(C)")
def test_no_command_of_release_is_dated_back() -> None:
    """What is said to count from yesterday would let a thing begin yesterday that entries were decided without."""
    desk = room.founded()
    room.threshold(desk)
    agencies = room.agencies(desk)
    desk.today += timedelta(days=1)
    yesterday = desk.today - timedelta(days=1)
    for command in (
        RecordThreshold(programme="ctpat", points=180, in_force_from=yesterday, basis="Invented decision 2"),
        DraftReleasePolicy(
            programme="ctpat", title="B", why="Invented.", effective_from=yesterday, numbers=room.numbers()
        ),
        AdoptAgencyCriteria(
            case_id=agencies["FDA"], document="Invented", agreed_with="Invented", ports=("2704",),
            in_force_from=yesterday,
        ),
        RecordArrangement(programme="ctpat", country="MX", partner_programme="OEA", since=yesterday),
    ):  # fmt: skip
        answer = desk.refused(command, by="mona", on=yesterday)
        assert {one.code for one in answer.verdict.failing} >= {"counts_today"}, answer.verdict.failing


@pytest.mark.clause("6 USC 964(a)")
def test_a_policy_does_not_begin_before_one_that_is_published() -> None:
    desk = room.founded()
    room.threshold(desk)
    room.published(desk, desk.today + timedelta(days=10))
    key = room.drafted(desk, desk.today + timedelta(days=10))
    room.consulted(desk, key)
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    desk.refused(PublishReleasePolicy(case_id=key), by="max", code="follows_the_last")


@pytest.mark.clause("6 USC 971(c)")
def test_the_number_of_the_draw_is_restricted_and_policies_stay_with_the_staff() -> None:
    desk = room.founded()
    room.threshold(desk)
    room.published(desk)
    audiences = dict(Entry.objects.filter(kind__startswith="release.").values_list("kind", "audience"))
    assert audiences.pop("release.DrawSet") == "restricted"
    assert set(audiences.values()) == {"staff"}
    desk.person("olaf", Office.PARTNER_AGENCY)
    desk.refused(SimulateReleasePolicy(case_id=ReleasePolicy.objects.get().pk), by="olaf")


@pytest.mark.clause("19 USC 4311(b)(4)(A)", "19 USC 4311(b)(4)(C)")
def test_agencies_have_a_place_and_versions_of_criteria() -> None:
    desk = room.founded()
    room.threshold(desk)
    room.published(desk)
    found = room.agencies(desk)
    assert list(Agency.objects.order_by("place").values_list("code", "place")) == [("FDA", 0), ("EPA", 1)]
    desk.refused(RegisterAgency(code="FDA", name="Another"), by="mona", code="agency_is_new")
    desk.refused(RegisterAgency(code="fda!", name="Lower"), by="mona", code="code_written")
    empty = AdoptAgencyCriteria(
        case_id=found["FDA"], document="Prior notice", agreed_with="Fay Invented", in_force_from=desk.today
    )
    desk.refused(empty, by="mona", code="testable", cite="19 USC 4311(b)(4)(C)")
    lists = {"origins": ("ca", "MX"), "tariff_prefixes": ("0901",)}
    vague = {"case_id": found["FDA"], "document": "Prior notice", "agreed_with": " ", "in_force_from": desk.today}
    desk.refused(AdoptAgencyCriteria(**vague, **lists), by="mona", code="developed_with_agency")
    long = AdoptAgencyCriteria(**{**vague, "agreed_with": "Fay"}, tariff_prefixes=("090121",))
    desk.refused(long, by="mona", code="tariff_prefixes_readable")
    desk.must(AdoptAgencyCriteria(**{**vague, "agreed_with": "Fay"}, **lists), by="mona")
    version = in_force("ctpat", desk.today).version
    assert version.agencies == ("FDA", "EPA")
    assert version.tables["criteria_tariff"][901] == 1
    assert version.tables["criteria_tariff"][902] == 0
    assert version.tables["criteria_port"][2704] == 1
    assert version.tables["criteria_origin"][2 * 26] == 1
    until = desk.today
    room.tomorrow(desk)
    last = {**vague, "agreed_with": "Fay", "in_force_from": desk.today, "in_force_until": desk.today}
    desk.must(AdoptAgencyCriteria(**last, ports=("2704",)), by="mona")
    assert [row.version for row in queries.criteria_on(until)] == [1]
    assert [row.version for row in queries.criteria_on(desk.today)] == [2]
    assert queries.criteria_on(desk.today + timedelta(days=1)) == []


@pytest.mark.clause("19 USC 4311(a)")
def test_arrangements_and_the_manufacturers_under_them() -> None:
    desk = room.founded()
    record = RecordArrangement(programme="ctpat", country="MX", partner_programme="OEA", since=desk.today)
    key = desk.must(record, by="mona").case_id
    assert key is not None
    one = ManufacturerAbroad(mid="MXABCDEF1234MEX", name="Telar Inventado", foreign_number="OEA-1")
    desk.must(RecogniseManufacturers(case_id=key, manufacturers=(one,)), by="mona")
    desk.refused(RecogniseManufacturers(case_id=key, manufacturers=(one,)), by="mona", code="manufacturer_known")
    desk.refused(RecogniseManufacturers(case_id=key, manufacturers=()), by="mona", code="manufacturers_counted")
    desk.must(EndRecognition(case_id=key, mid=one.mid, reason="It left."), by="mona")
    desk.must(RecogniseManufacturers(case_id=key, manufacturers=(one,)), by="mona")
    desk.must(EndArrangement(case_id=key, reason="Terminated."), by="mona")
    more = RecogniseManufacturers(case_id=key, manufacturers=(one,))
    desk.refused(more, by="mona", code="arrangement_in_force", cite="19 USC 4311(a)")
