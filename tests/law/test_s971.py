"""971: the sample that nobody can choose, hours that fit, plans without bare measures, and reading by need."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law import s971
from greenlane.law.authority import Office

REVIEWS = st.lists(st.text("abcdef0123", min_size=1, max_size=6), unique=True, max_size=60)


@pytest.mark.clause("6 USC 971(a)")
@given(reviews=REVIEWS, percent=st.integers(0, 100), data=st.data())
def test_the_sample_has_its_size_and_does_not_depend_on_order(
    reviews: list[str], percent: int, data: st.DataObject
) -> None:
    drawn = s971.sample(tuple(reviews), percent, "2026-Q1")
    assert len(drawn) == -(-len(reviews) * percent // 100)
    assert set(drawn) <= set(reviews)
    assert s971.sample(tuple(data.draw(st.permutations(reviews))), percent, "2026-Q1") == drawn


@pytest.mark.clause("6 USC 971(a)")
def test_another_period_draws_another_sample() -> None:
    reviews = tuple(f"R-{i}" for i in range(100))
    assert s971.sample(reviews, 10, "2026-Q1") != s971.sample(reviews, 10, "2026-Q2")


@pytest.mark.clause("6 USC 971(a)(2)")
@given(
    hours=st.integers(0, 5000),
    work=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 80)), max_size=6),
)
def test_what_fits_never_exceeds_the_hours_and_nothing_disappears(hours: int, work: list[tuple[int, int]]) -> None:
    rows = tuple(s971.Work(f"kind {i}", count, each) for i, (count, each) in enumerate(work))
    facts = s971.AnnualPlanFacts(2027, date(2026, 10, 1), date(2027, 9, 30), hours, rows)
    over = {u.kind: u for u in s971.what_does_not_fit(facts)}
    fitting = [(row, row.count - (over[row.kind].count if row.kind in over else 0)) for row in rows]
    used = sum(row.hours_each * count for row, count in fitting)
    assert used <= hours
    for row in rows:  # none of what is left over would still fit
        assert row.kind not in over or hours - used < row.hours_each
        assert row.kind not in over or over[row.kind].hours == over[row.kind].count * row.hours_each


@pytest.mark.clause("6 USC 971(a)(1)")
@pytest.mark.parametrize("part", ["definition", "data_source", "target", "owner"])
def test_rc_08_no_plan_is_published_with_a_measure_that_lacks_a_part(part: str) -> None:
    parts = {"definition": "d", "data_source": "s", "target": "t", "owner": "o"} | {part: " "}
    measure = s971.Measure("m", "g", **parts)
    plan = s971.StrategicPlanFacts(date(2026, 10, 1), date(2031, 9, 30), (s971.Goal("g", "Less harm."),), (measure,))
    (reason,) = s971.may_publish_strategic_plan(plan).failing
    assert (reason.code, reason.where) == ("measure_complete", "m")
    assert part in str(reason.sentence)


@pytest.mark.clause("6 USC 971(c)")
@pytest.mark.parametrize("audience", [a for a in s971.Audience if a is not s971.Audience.PUBLIC])
@pytest.mark.parametrize("office", list(Office))
def test_deny_by_default_no_office_reads_without_company_assignment_or_programme_work(
    office: Office, audience: s971.Audience
) -> None:
    facts = s971.ReadFacts("vetting_hit", audience, office, purpose="To see.")
    granted = s971.may_read(facts, date(2026, 3, 1)).granted
    restricted = audience is s971.Audience.RESTRICTED
    assert granted is (office in (s971.NEED_TO_KNOW if restricted else s971.BY_OFFICE))


@pytest.mark.clause("6 USC 971(c)")
@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("consented", "participant_consented"),
        ("agreements", "sharing_agreement"),
        ("purpose", "purpose_stated"),
        ("logged", "read_logged"),
    ],
)
def test_rc_22_a_status_is_shared_only_with_consent_agreement_purpose_and_record(missing: str, code: str) -> None:
    agreement = s971.SharingAgreement(
        "Food Office", ("status",), date(2026, 1, 1), date(2026, 12, 31), "Inspection plan."
    )
    whole = {"agency": "Food Office", "agreements": (agreement,), "consented": True, "purpose": "Now.", "logged": True}
    on = date(2026, 3, 1)

    def read(**parts: object) -> list[str]:
        facts = s971.ReadFacts("status", s971.Audience.PARTICIPANT, Office.PARTNER_AGENCY, **parts)  # type: ignore[arg-type]
        return [r.code for r in s971.may_read(facts, on).failing]

    assert read(**whole) == []
    assert read(**(whole | {missing: type(whole[missing])()})) == [code]
    bare = s971.SharingAgreement("Food Office", ("status",), date(2026, 1, 1), date(2026, 12, 31), " ")
    assert read(**(whole | {"agreements": (bare,)})) == ["sharing_agreement"]
