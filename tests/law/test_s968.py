"""968: the graph of ownership against a brute-force search, insurance day by day, and no way around the guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law import s968
from greenlane.law.authority import Office
from tests.law.terms_for_tests import terms_with

NAMES = ("A", "B", "C", "D", "E", "F")
ON = date(2026, 5, 1)
TERMS = terms_with()
EDGES = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=14)


def holdings(edges: set[tuple[str, str]]) -> tuple[s968.Holding, ...]:
    return tuple(s968.Holding(a, b, 100, False, date(2020, 1, 1)) for a, b in sorted(edges))


def reachable(edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Warshall's transitive closure: slow, plain, and nothing like the search under test."""
    closed = set(edges)
    for middle, a, b in product(NAMES, repeat=3):
        if (a, middle) in closed and (middle, b) in closed:
            closed.add((a, b))
    return closed


@pytest.mark.clause("6 USC 968(f)(1)(A)")
@given(edges=EDGES)
def test_rc_20_a_chain_is_found_exactly_where_there_is_one(edges: set[tuple[str, str]]) -> None:
    closed = reachable(edges)
    for owner, owned in product(NAMES, repeat=2):
        chain = s968.conflict(owner, owned, holdings(edges), ON)
        assert bool(chain) is ((owner, owned) in closed)
        if chain:
            assert (chain[0].owner, chain[-1].owned) == (owner, owned)
            assert all(a.owned == b.owner for a, b in pairwise(chain))


@pytest.mark.clause("6 USC 968(f)(1)(B)")
@given(edges=EDGES)
def test_rc_20_every_tie_refuses_the_engagement(edges: set[tuple[str, str]]) -> None:
    closed = reachable(edges)
    facts = s968.OwnershipFacts("A", "B", holdings(edges), (), ON)
    common = any((c, "A") in closed and (c, "B") in closed for c in NAMES[2:])
    tied = ("A", "B") in closed or ("B", "A") in closed or common
    assert s968.is_free_of_conflict(facts, ON).granted is not tied


@pytest.mark.clause("6 USC 968(f)(1)(A)")
def test_the_refusal_draws_the_shortest_chain() -> None:
    edges = {("A", "C"), ("C", "D"), ("D", "B"), ("C", "B")}
    facts = s968.OwnershipFacts("A", "B", holdings(edges), (), ON)
    failing = {r.code: str(r.sentence) for r in s968.is_free_of_conflict(facts, ON).failing}
    assert "A > C (1 %) > B (1 %)" in failing["no_interest_or_control"]


def validator(**changes: object) -> s968.ValidatorFacts:
    whole = s968.ValidatorFacts(
        "Invented Validators",
        (s968.ProcedureVersion("sop", 1, date(2026, 1, 1)),),
        (s968.Demonstration("sop", date(2026, 1, 5), "anna"),),
        (s968.Agreed("sop", 1, date(2026, 1, 6)),),
        date(2026, 1, 7),
        1_000_000,
        (s968.Policy("Invented Mutual", 1_000_000, date(2026, 1, 1), date(2026, 12, 31), True),),
        date(2026, 1, 8),
        "ben",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


@pytest.mark.clause("6 USC 968(d)(2)(B)")
@given(gap=st.integers(0, 30), after=st.integers(-400, 800))
def test_rc_20_the_certificate_stands_on_exactly_the_insured_days(gap: int, after: int) -> None:
    second = date(2027, 1, 1) + timedelta(days=gap)
    policies = (
        s968.Policy("One", 1_000_000, date(2026, 1, 1), date(2026, 12, 31), True),
        s968.Policy("Two", 1_000_000, second, second + timedelta(days=364), True),
    )
    facts = s968.CertificateFacts(date(2026, 2, 1), None, validator(policies=policies))
    on = date(2026, 12, 31) + timedelta(days=after)
    insured = date(2026, 2, 1) <= on <= date(2026, 12, 31) or second <= on <= second + timedelta(days=364)
    assert s968.certificate_in_force(facts, on, TERMS).granted is insured


CONSENT = s968.Consent(date(2026, 3, 1), "carla", True, True)


def engagement() -> s968.EngagementFacts:
    return s968.EngagementFacts(
        s968.CertificateFacts(date(2026, 2, 1), None, validator()),
        s968.OwnershipFacts("Invented Validators", "Invented Imports", (), (), ON),
        s968.Contract(date(2026, 3, 2), True, True, True),
        CONSENT,
        date(2026, 1, 1),
        date(2027, 1, 1),
    )


@pytest.mark.clause("6 USC 968(f)")
def test_rc_20_an_expired_a_conflicted_or_a_revoked_validator_is_never_engaged() -> None:
    whole = engagement()
    assert s968.may_engage(whole, ON, TERMS).granted
    expired = validator(policies=(s968.Policy("One", 1_000_000, date(2025, 1, 1), date(2026, 4, 30), True),))
    tied = (s968.Holding("Invented Validators", "Invented Imports", 1, False, date(2026, 1, 1)),)
    spoiled = {
        "insured": replace(whole, certificate=replace(whole.certificate, validator=expired)),
        "not_revoked": replace(whole, certificate=replace(whole.certificate, revoked_on=date(2026, 4, 30))),
        "no_interest_or_control": replace(whole, ownership=replace(whole.ownership, holdings=tied)),
        "voluntary_consent": replace(whole, consent=None),
    }
    for code, facts in spoiled.items():
        assert code in {r.code for r in s968.may_engage(facts, ON, TERMS).failing}


@pytest.mark.clause("6 USC 968(c)(2)")
@pytest.mark.parametrize("office", list(Office))
def test_rc_20_a_third_partys_report_is_never_itself_a_decision(office: Office) -> None:
    facts = s968.ThirdPartyReportFacts(
        ("ben",), date(2026, 4, 1), date(2026, 4, 10), CONSENT, engagement().certificate, "dora", office
    )
    decides = office in (Office.SUPERVISOR, Office.PROGRAMME_MANAGER)
    assert s968.may_decide_after_third_party(facts, ON, TERMS).granted is decides
    assert not s968.may_decide_after_third_party(replace(facts, decided_by="ben"), ON, TERMS).granted


@pytest.mark.clause("6 USC 968(g)(2)(B)")
@given(st.lists(st.sampled_from(["V1", "V2", "V3"]), max_size=6))
def test_rc_20_a_revocation_reviews_every_validation_once(names: list[str]) -> None:
    conducted = tuple(s968.Conducted(name, "Invented Imports", None) for name in names)
    facts = s968.RevocationFacts("Invented Validators", True, (), conducted)
    assert sorted(s968.validations_to_review(facts)) == sorted(set(names))
    assert s968.may_close_review(facts).granted is (not names)


@pytest.mark.clause("6 USC 968(b)")
@pytest.mark.clause("6 USC 968(i)")
def test_the_pilots_historical_days() -> None:
    assert s968.pilot_ends_on(date(2007, 5, 1)) == date(2008, 5, 1)
    consulted = ("Commercial Operations Advisory Committee", "Invented Importers' Union")
    facts = s968.PlanReportFacts(consulted, date(2007, 1, 15), date(2007, 2, 10))
    assert s968.plan_report_met(facts, ON).granted
    assert not s968.plan_report_met(replace(facts, submitted_on=date(2007, 2, 11)), ON).granted


@pytest.mark.clause("6 USC 968(d)(2)(B)")
@pytest.mark.parametrize(
    ("own", "programme", "insured"), [(None, 2_000_000, False), (None, 900_000, True), (1, 2_000_000, True)]
)
def test_the_limit_set_for_the_validator_comes_before_the_programmes(
    own: int | None, programme: int, insured: bool
) -> None:
    terms = terms_with(validator_insurance_usd=programme)
    assert s968.may_certify_validator(validator(limit=own), ON, terms).granted is insured
