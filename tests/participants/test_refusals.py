"""What the register of a participant refuses, and under which clause (6 USC 961(a), 962, 963(2), 967(a), 971(b))."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from uuid import uuid4

import pytest

from greenlane.law.authority import Office
from greenlane.participants import queries
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.commands import InviteParticipant
from greenlane.participants.commands_extracting import DivideAccount, ExtractAccount
from greenlane.participants.commands_standing import SetDeniedBenefits, SetStanding
from greenlane.participants.models import DeniedBenefits, Leg, Person, Standing
from greenlane.participants.parts import RecordPerson
from greenlane.people.commands import GrantOffice
from greenlane.people.queries import company_people
from greenlane.profiles.commands_handover import AcceptHandOver, ProposeHandOver, open_hand_overs
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import PACKS, load_pack
from tests.companies import Company
from tests.desk import Desk
from tests.participants.test_merging import a_desk, consent, merge, new_account, pair, split

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.must(LoadProgramme(pack=load_pack(PACKS / "ctpat" / "pack.yaml")), on=date(2020, 1, 1))
    return desk


@pytest.fixture
def company(desk: Desk) -> Company:
    return Company(desk, "ada").register()


@pytest.mark.clause("6 USC 963(2)")
def test_a_leg_goes_from_one_place_on_record_to_another(desk: Desk, company: Company) -> None:
    own = company.participant
    desk.must(
        RecordSite(participant_id=own, name="Dock", use="warehouse", address="7", city="Houston", country="US"),
        by="ada",
    )
    desk.must(RecordPartner(participant_id=own, does="manufacturer", name="Kiln", country="MX"), by="ada")
    [site], [partner] = queries.sites(own), queries.partners(own)
    leg = {"participant_id": own, "mode": "road"}
    same = RecordLeg(origin=site.series, destination=site.series, **leg)
    desk.refused(same, by="ada", code="leg_goes_somewhere", cite="6 USC 963(2)")
    nowhere = RecordLeg(origin=uuid4(), destination=site.series, **leg)
    desk.refused(nowhere, by="ada", code="origin_on_record", cite="6 USC 963(2)")
    to_nowhere = RecordLeg(origin=partner.series, destination=uuid4(), **leg)
    desk.refused(to_nowhere, by="ada", code="destination_on_record", cite="6 USC 963(2)")
    assert not Leg.objects.exists()
    desk.must(RecordLeg(origin=partner.series, destination=site.series, **leg), by="ada")


@pytest.mark.clause("6 USC 963(2)")
@pytest.mark.parametrize("at", [(90_000_001, 0), (-90_000_001, 0), (0, 180_000_001), (0, -180_000_001)])
def test_a_place_lies_on_the_globe(desk: Desk, company: Company, at: tuple[int, int]) -> None:
    site = {"name": "Dock", "use": "warehouse", "address": "7", "city": "Houston", "country": "US"}
    off = RecordSite(participant_id=company.participant, latitude_e6=at[0], longitude_e6=at[1], **site)
    desk.refused(off, by="ada", code="coordinates_on_the_globe", cite="6 USC 963(2)")
    edge = [max(-limit, min(limit, value)) for value, limit in zip(at, (90_000_000, 180_000_000), strict=True)]
    desk.must(RecordSite(participant_id=company.participant, latitude_e6=edge[0], longitude_e6=edge[1], **site), "ada")


@pytest.mark.clause("6 USC 962")
def test_an_officer_of_a_company_is_a_person(desk: Desk, company: Company) -> None:
    officer = RecordPerson(
        participant_id=company.participant, role="officer", name="Blue Heron Holdings", country="US", is_company=True
    )
    desk.refused(officer, by="ada", code="officer_is_a_person", cite="6 USC 962")
    assert not Person.objects.exists()


@pytest.mark.clause("6 USC 962")
def test_a_business_type_that_applies_by_itself_is_not_invited(desk: Desk, company: Company) -> None:
    invite = InviteParticipant(participant_id=company.participant, reason="We know it.")
    desk.refused(invite, by="ada", code="authority")
    desk.person("pam", Office.PROGRAMME_MANAGER)
    desk.refused(invite, by="pam", code="applies_by_invitation", cite="6 USC 962")


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.parametrize(("standing", "tier"), [("certified", 4), ("certified", 0), ("suspended", 2), ("withdrawn", 1)])
def test_a_standing_goes_with_its_tier(desk: Desk, company: Company, standing: str, tier: int) -> None:
    stand = SetStanding(participant_id=company.participant, standing=standing, tier=tier, reason="-")  # type: ignore[arg-type]
    desk.refused(stand, code="tier_of_the_programme", cite="6 USC 961(a)")
    assert not Standing.objects.filter(standing=standing).exists()


@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.clause("6 USC 967(a)")
def test_nothing_is_said_of_a_day_to_come_and_no_benefit_that_the_programme_has_not(
    desk: Desk, company: Company
) -> None:
    own, tomorrow = company.participant, desk.today + timedelta(days=1)
    stand = SetStanding(participant_id=own, standing="certified", tier=1, reason="-", since=tomorrow)
    desk.refused(stand, code="not_ahead", cite="6 USC 971(b)")
    ahead = SetDeniedBenefits(
        participant_id=own, because=uuid4(), benefits=("score_reduction",), reason="-", since=tomorrow
    )
    desk.refused(ahead, code="not_ahead", cite="6 USC 971(b)")
    strange = SetDeniedBenefits(participant_id=own, because=uuid4(), benefits=("free_lunch",), reason="-")
    desk.refused(strange, code="benefits_of_the_programme", cite="6 USC 967(a)")
    assert not DeniedBenefits.objects.exists()


@pytest.mark.clause("6 USC 962")
@pytest.mark.parametrize("office", [Office.CONSULTANT, None], ids=["consultant", "stranger"])
def test_a_new_account_begins_with_a_person_of_the_company_and_no_consultant(office: Office | None) -> None:
    desk = a_desk()
    _, source = pair(desk)
    carl = desk.person("carl")
    if office:
        desk.must(GrantOffice(account_id=carl, office=office, participant_id=source), by="eve")
    [ior] = queries.identifiers(source).filter(kind="ior")
    for act in ("divide", "extract"):
        consent(desk, "eve", source, act)
    divide = DivideAccount(**new_account(source, carl, ior.series, legal_name="Kettle Spares"))
    desk.refused(divide, by="mona", code="people_of_the_company", cite="6 USC 971(c)")
    extract = ExtractAccount(business_type="customs_broker", **new_account(source, carl, ior.series))
    desk.refused(extract, by="mona", code="people_of_the_company", cite="6 USC 971(c)")
    desk.must(dataclasses.replace(divide, officer_id=desk.people["eve"]), by="mona")


@pytest.mark.clause("6 USC 962")
@pytest.mark.clause("6 USC 963(3)")
def test_a_hand_over_that_was_proposed_before_a_merger_is_not_accepted_after_it() -> None:
    desk = a_desk()
    survivor, merged = pair(desk)
    desk.person("nia")
    desk.must(ProposeHandOver(participant_id=merged, email="nia@example.org", reason="I retire."), by="eve")
    merge(desk, survivor, merged)
    [row] = open_hand_overs(merged)
    accept = AcceptHandOver(
        participant_id=merged, hand_over_id=row.pk, birth_date=date(1985, 4, 3), country="US", signed=True
    )
    desk.refused(accept, by="nia", code="account_goes_on_elsewhere", cite="6 USC 962")
    assert not company_people(merged, desk.today).filter(account_id=desk.people["nia"]).exists()
    split(desk, survivor, merged)
    desk.must(accept, by="nia")
