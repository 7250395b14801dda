"""Companies register, and their parts are dated, checked and corrected without loss (6 USC 962, 963(2))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from greenlane.law.authority import Office
from greenlane.participants import queries
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.commands import AmendProfile, RegisterParticipant
from greenlane.participants.models import Participant, Site
from greenlane.participants.parts import EndPart, RecordIdentifier, RecordPerson
from greenlane.people.queries import holdings_of
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import PACKS, load_pack
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.must(LoadProgramme(pack=load_pack(PACKS / "ctpat" / "pack.yaml")), on=date(2020, 1, 1))
    desk.person("ada")
    return desk


def register(desk: Desk, name: str = "Meridian Lantern Imports", business_type: str = "importer") -> UUID:
    answer = desk.must(
        RegisterParticipant(
            business_type=business_type, legal_name=name, country="US", address="1 Invented Way", city="Houston"
        ),
        by="ada",
    )
    assert answer.case_id is not None
    return answer.case_id


@pytest.mark.clause("6 USC 962")
def test_the_person_who_registers_becomes_the_first_officer(desk: Desk) -> None:
    participant = register(desk)
    holdings = holdings_of(desk.people["ada"], desk.today)
    assert [h.office for h in holdings if h.participant == str(participant)] == [Office.APPLICANT_OFFICER]
    assert Participant.objects.get(pk=participant).standing == "applicant"


@pytest.mark.clause("6 USC 962")
def test_one_account_for_each_business_type_of_a_group(desk: Desk) -> None:
    first = register(desk)
    again = RegisterParticipant(
        business_type="importer", legal_name="Meridian Lantern Imports", country="US", address="1 Way", city="Houston"
    )
    desk.refused(again, by="ada", code="one_account_per_business_type")
    group = Participant.objects.get(pk=first).group_id
    broker = RegisterParticipant(
        business_type="customs_broker",
        legal_name="Meridian Lantern Brokerage",
        country="US",
        address="1 Way",
        city="Houston",
        group_id=group,
    )
    desk.must(broker, by="ada")
    desk.person("eve")
    desk.refused(broker, by="eve", code="officer_of_the_group")


@pytest.mark.clause("6 USC 962")
def test_an_unknown_business_type_and_country_are_refused_together(desk: Desk) -> None:
    command = RegisterParticipant(
        business_type="space_carrier", legal_name="Void Lines", country="ZZ", address="1 Way", city="Nowhere"
    )
    answer = desk.refused(command, by="ada", code="business_type_known", cite="6 USC 962")
    assert {r.code for r in answer.verdict.failing} == {"business_type_known", "country_known"}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("ein", "12-3456789", "00-0000000"),
        ("ior", "12-345678900", "123"),
        ("ior", "260101-00001", "26-0101"),
        ("scac", "abcd", "AB1"),
        ("usdot", "1234567", "0123"),
        ("filer_code", "A1B", "A1BC"),
        ("broker_licence", "12345", "12"),
        ("mid", "MXABCDEF1234MEX", "ZZABCDEF1234MEX"),
        ("firms", "A123", "1234"),
        ("lei", "529900T8BM49AURSDO55", "529900T8BM49AURSDO56"),
        ("imo", "9074729", "9074720"),
        ("iata", "020", "X"),
    ],
)
@pytest.mark.clause("6 USC 962")
def test_identifiers_are_held_to_their_real_form(desk: Desk, kind: str, good: str, bad: str) -> None:
    participant = register(desk)
    refused = desk.refused(
        RecordIdentifier(participant_id=participant, kind=kind, value=bad), by="ada", code="identifier_form"
    )
    assert "looks like" in str(refused.verdict.failing[0].sentence)
    desk.must(RecordIdentifier(participant_id=participant, kind=kind, value=good), by="ada")
    desk.refused(
        RecordIdentifier(participant_id=participant, kind=kind, value=good), by="ada", code="identifier_is_free"
    )


@pytest.mark.clause("6 USC 963(2)")
def test_a_correction_is_a_new_row_and_the_old_one_stays(desk: Desk) -> None:
    participant = register(desk)
    site = RecordSite(
        participant_id=participant, name="Dock Seven", use="warehouse", address="7 Dock", city="Houston", country="US"
    )
    desk.must(site, by="ada")
    [first] = queries.sites(participant)
    assert first.latitude_e6 is not None
    assert 29_000_000 < first.latitude_e6 < 30_500_000
    desk.today += timedelta(days=10)
    corrected = RecordSite(
        participant_id=participant,
        name="Dock Eight",
        use="warehouse",
        address="8 Dock",
        city="Houston",
        country="US",
        series=first.series,
    )
    desk.must(corrected, by="ada")
    assert [s.name for s in queries.sites(participant)] == ["Dock Eight"]
    assert [s.name for s in queries.live(Site, participant, desk.today - timedelta(days=1))] == ["Dock Seven"]


@pytest.mark.clause("6 USC 963(2)")
def test_a_leg_joins_nodes_on_record_through_real_ports(desk: Desk) -> None:
    participant = register(desk)
    desk.must(
        RecordSite(
            participant_id=participant, name="Dock", use="warehouse", address="7 Dock", city="Houston", country="US"
        ),
        by="ada",
    )
    desk.must(
        RecordPartner(
            participant_id=participant, name="Jade Kiln Works", does="manufacturer", country="CN", city="Shanghai"
        ),
        by="ada",
    )
    [site], [partner] = queries.sites(participant), queries.partners(participant)
    leg = {"participant_id": participant, "origin": partner.series, "destination": site.series, "mode": "sea"}
    desk.refused(RecordLeg(**leg, port_of_lading="QQ1!"), by="ada", code="port_known")
    desk.must(RecordLeg(**leg, port_of_lading="CNSHA", port_of_unlading="5301"), by="ada")
    ending = EndPart(participant_id=participant, part="site", series=site.series, reason="Moved out.")
    desk.refused(ending, by="ada", code="no_leg_hangs_on_it")
    [route] = queries.legs(participant)
    desk.must(EndPart(participant_id=participant, part="leg", series=route.series, reason="Route closed."), by="ada")
    desk.must(ending, by="ada")


@pytest.mark.clause("6 USC 964(b)")
def test_a_person_needs_a_date_of_birth_and_a_company_owner_does_not(desk: Desk) -> None:
    participant = register(desk)
    person = {"participant_id": participant, "role": "owner", "name": "Orla Invented", "country": "IE"}
    desk.refused(RecordPerson(**person), by="ada", code="birth_date_plausible")
    desk.must(RecordPerson(**person, birth_date=date(1980, 2, 29), share_percent=60), by="ada")
    holding = {**person, "name": "Lantern Holding"}
    desk.must(RecordPerson(**holding, is_company=True, share_percent=40), by="ada")


@pytest.mark.clause("6 USC 971(c)")
def test_nobody_else_may_touch_the_profile(desk: Desk) -> None:
    participant = register(desk)
    desk.person("eve")
    desk.refused(
        RecordIdentifier(participant_id=participant, kind="ein", value="12-3456789"), by="eve", code="authority"
    )


@pytest.mark.clause("6 USC 962")
def test_an_identifier_is_of_a_known_kind(desk: Desk) -> None:
    key = register(desk)
    strange = RecordIdentifier(participant_id=key, kind="lucky_number", value="7777")
    desk.refused(strange, by="ada", code="identifier_kind_known", cite="6 USC 962")


@pytest.mark.clause("6 USC 962")
def test_an_officer_is_linked_to_an_account_that_acts_for_the_company_only(desk: Desk) -> None:
    key, eve = register(desk), desk.person("eve")

    def officer(account: UUID) -> RecordPerson:
        return RecordPerson(
            participant_id=key,
            role="officer",
            name="Ada Invented",
            birth_date=date(1980, 2, 29),
            country="US",
            account_id=account,
        )

    desk.refused(officer(eve), by="ada", code="account_is_the_companys", cite="6 USC 962")
    desk.must(officer(desk.people["ada"]), by="ada")


@pytest.mark.clause("6 USC 962")
@pytest.mark.parametrize("name", ["Invented \u202egnp.exe", "Invented\u2066 Ltd", "Invented\x07"])
def test_a_name_reads_as_it_is_written(desk: Desk, name: str) -> None:
    bad = RegisterParticipant(business_type="importer", legal_name=name, country="US", address="1 Way", city="Houston")
    desk.refused(bad, by="ada", code="legal_name_given", cite="6 USC 962")
    register(
        desk, "\u0634\u0631\u06a9\u062a \u0646\u0645\u0648\u0646\u0647\u200c\u0627\u06cc"
    )  # a Persian name keeps its joiner


@pytest.mark.clause("6 USC 962")
@pytest.mark.parametrize(
    ("field", "longest"),
    [("trade_name", 200), ("website", 200), ("phone", 40), ("trusted_as", 100), ("carrier", 200), ("title", 100)],
)
def test_what_may_be_left_out_is_kept_whole_or_refused_and_never_cut(desk: Desk, field: str, longest: int) -> None:
    own = {"participant_id": register(desk)}
    profile = {"legal_name": "Lantern", "address": "1 Way", "city": "Houston", "cargo_kinds": ("containerized",)}
    given: dict[str, Any] = {
        "trusted_as": RecordPartner(name="Kiln", does="supplier", country="CN", **own),
        "carrier": RecordLeg(origin=UUID(int=1), destination=UUID(int=2), mode="sea", **own),
        "title": RecordPerson(role="officer", name="Ada", country="US", **own),
    }
    command = given.get(field, AmendProfile(country="US", **own, **profile))  # type: ignore[arg-type]
    long = desk.refused(replace(command, **{field: "a" * (longest + 1)}), by="ada", code=f"{field}_fits")
    assert {reason.where for reason in long.verdict.failing if reason.code == f"{field}_fits"} == {field}
    fitting = desk.give(replace(command, **{field: "a" * longest + "  "}), by="ada")
    assert f"{field}_fits" not in [reason.code for reason in fitting.verdict.failing]
