"""Who stands above whom: by register, declaration and record, however names are written (6 USC 968(f)(1))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.law.s968 import conflict
from greenlane.participants.commands import AmendProfile
from greenlane.validators.commands_ownership import RecordHolding
from greenlane.validators.models import Certificate, Holding
from greenlane.validators.ownership import holdings_above
from tests.companies import Company, found_programme
from tests.desk import Desk
from tests.validators.steps import sought

pytestmark = pytest.mark.django_db
VALIDATOR = "Blue Heron Validators"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    desk.person("sam", Office.SPECIALIST)
    desk.person("val", Office.VALIDATOR)
    return desk


def hold(desk: Desk, owner: str, owned: str, **more: object) -> UUID:
    given = {"basis_points": 100, "since": desk.today, "source": "A register."}
    desk.must(RecordHolding(owner=owner, owned=owned, **{**given, **more}), by="sam")  # type: ignore[arg-type]
    return Holding.objects.order_by("recorded_at", "pk").last().series  # type: ignore[union-attr]


@pytest.mark.clause("6 USC 968(f)(1)(A)")
def test_a_chain_is_followed_through_rings_and_spellings_and_a_change_of_name(desk: Desk) -> None:
    validator = Certificate.objects.get(pk=sought(desk)).validator
    company = Company(desk, "ada").register().fill_profile()
    hold(desk, " blue  HERON validators", "Ring One")
    hold(desk, "Ring One", "Ring Two")
    hold(desk, "Ring Two", "ring one")
    hold(desk, "RING TWO", company.name)
    desk.must(
        AmendProfile(
            participant_id=company.participant,
            legal_name="Lantern Renamed",
            country="US",
            address="1 Invented Way",
            city="Houston",
            cargo_kinds=("containerized",),
        ),
        by="ada",
    )
    known = holdings_above((VALIDATOR, validator.pk), ("Lantern Renamed", company.participant))
    chain = conflict(VALIDATOR, "Lantern Renamed", known, desk.today)
    assert [h.owned.casefold() for h in chain] == ["ring one", "ring two", "lantern renamed"]
    assert any(h.owner == "Orla Invented" and h.control for h in known)  # the company's own record
    assert not conflict(VALIDATOR, "Lantern Renamed", known, desk.today - timedelta(days=1))


@pytest.mark.clause("6 USC 968(f)(1)(A)")
def test_a_holding_that_is_corrected_counts_as_corrected(desk: Desk) -> None:
    series = hold(desk, "Alder", VALIDATOR)
    hold(desk, "Alder", VALIDATOR, basis_points=0, corrects=series)
    [row] = Holding.objects.filter(superseded_at=None)
    assert (row.series, row.basis_points) == (series, 0)
    [fact] = holdings_above((VALIDATOR, None))
    assert not fact.in_force(desk.today)


@pytest.mark.clause("6 USC 968(f)(1)(A)")
def test_a_holding_that_cannot_be_is_refused(desk: Desk) -> None:
    good = RecordHolding(owner="Alder", owned="Birch", basis_points=1, since=desk.today, source="A register.")
    for bad, code in (
        (replace(good, owner=""), "owner_given"),
        (replace(good, owned="x" * 201), "owned_given"),
        (replace(good, owned=" ALDER "), "two_parties"),
        (replace(good, basis_points=-1), "share_in_range"),
        (replace(good, since=desk.today + timedelta(days=1)), "holding_days"),
        (replace(good, until=desk.today - timedelta(days=1)), "holding_days"),
        (replace(good, source=""), "source_given"),
    ):
        desk.refused(bad, by="sam", code=code, cite="6 USC 968(f)(1)(A)")
    assert desk.refused(good, by="val").step == "authority"
    for bad in (replace(good, owner_id=uuid4()), replace(good, corrects=uuid4())):
        with pytest.raises(Missing):
            desk.give(bad, by="sam")
