"""The profile page by page: saved, corrected with its history, ended with a reason, refused beside the field."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from greenlane.participants import queries
from greenlane.participants.models import Identifier, Leg, Participant, Person, Site
from tests.companies import Company
from tests.web.trader_stage import company, signed_in, stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]


@pytest.fixture
def made() -> Company:
    return company(stage())


@pytest.fixture
def client(made: Company) -> Client:
    return signed_in(made.desk, "olga")


def at(made: Company, name: str, **more: Any) -> str:
    return reverse(f"web:trader-{name}", kwargs={"participant": made.participant, **more})


def send(client: Client, to: str, /, **given: Any) -> Any:
    return client.post(to, {**given, "_key": str(uuid4())})


def words(response: Any) -> str:
    return str(response.content.decode())


def test_the_company_is_completed_and_its_kinds_of_cargo_are_those_of_the_programme(
    made: Company, client: Client
) -> None:
    page = words(client.get(at(made, "company")))
    assert "Roll-on, roll-off" in page
    given = {"legal_name": made.name, "address": "2 Invented Way", "city": "Houston", "country": "US"}
    refused = send(client, at(made, "company"), **given)
    assert refused.status_code == 422
    assert "Choose an answer to “Which kinds of cargo do you move?”" in words(refused)
    unknown = send(client, at(made, "company"), **given, cargo_kinds=["rockets"])
    assert unknown.status_code == 422
    assert send(client, at(made, "company"), **given, cargo_kinds=["bulk", "containerized"]).url == at(made, "profile")
    row = Participant.objects.get()
    assert (row.address, row.cargo_kinds) == ("2 Invented Way", ["bulk", "containerized"])


def test_identifiers_say_what_they_look_like_and_those_that_are_needed_come_first(
    made: Company, client: Client
) -> None:
    page = words(client.get(at(made, "part-add", part="identifier") + "?kind=import_bond"))
    assert page.index("Importer of record number") < page.index("Employer identification number")
    assert "Looks like 12-345678900. Your kind of business needs it." in page
    address = at(made, "part-add", part="identifier")
    wrong = send(client, address, kind="ior", value="not a number")
    assert wrong.status_code == 422
    assert "looks like 12-345678900" in words(wrong)
    assert "/law/6-usc-962/" in words(wrong)
    assert "#id_value" in words(wrong)
    assert "not a number" in words(wrong), "what was typed stays in the box"
    assert send(client, address, kind="ior", value="12-345678900").status_code == 302
    assert Identifier.objects.get().value == "12-345678900"


def test_people_places_and_ways_are_recorded_and_drawn(made: Company, client: Client) -> None:
    person = at(made, "part-add", part="person")
    given = {"role": "officer", "name": "Olga", "country": "US", "account_id": str(made.desk.people["olga"])}
    ageless = send(client, person, **given)
    assert ageless.status_code == 422
    assert "the date of birth is missing" in words(ageless)
    born = {"birth_date_month": "May", "birth_date_day": "4", "birth_date_year": "1980"}
    assert send(client, person, **given, **born).status_code == 302
    assert Person.objects.get().account_id == made.desk.people["olga"]
    site = {"name": "Dock Seven", "use": "warehouse", "address": "7 Dock", "city": "Houston", "country": "US"}
    assert send(client, at(made, "part-add", part="site"), **site).status_code == 302
    partner = {"name": "Jade Kiln Works", "does": "manufacturer", "city": "Shanghai", "country": "CN"}
    assert send(client, at(made, "part-add", part="partner"), **partner).status_code == 302
    [one], [two] = queries.sites(made.participant), queries.partners(made.participant)
    leg = {"origin": str(two.series), "destination": str(one.series), "mode": "sea"}
    refused = send(client, at(made, "part-add", part="leg"), **leg, port_of_lading="NOWHERE")
    assert refused.status_code == 422
    assert "is not a known port" in words(refused)
    assert send(client, at(made, "part-add", part="leg"), **leg, port_of_lading="CNSHA").status_code == 302
    page = words(client.get(at(made, "profile")))
    assert "Jade Kiln Works to Dock Seven" in page
    assert "<svg" in page
    assert "The data as a table" in page


def test_a_correction_keeps_what_was_there_before(made: Company, client: Client) -> None:
    made.fill_profile().map_chain()
    row = queries.sites(made.participant)[0]
    address = at(made, "part", part="site", series=row.series)
    page = words(client.get(address))
    assert 'value="7 Dock"' in page
    given = {"name": "Dock Eight", "use": "warehouse", "address": "8 Dock", "city": "Houston", "country": "US"}
    assert send(client, address, **given).status_code == 302
    assert [site.name for site in queries.sites(made.participant)] == ["Dock Eight"]
    assert Site.objects.filter(series=row.series).count() == 2
    page = words(client.get(address))
    assert "2 versions on record" in page
    assert "7 Dock" in page


def test_a_part_ends_with_a_reason_and_not_while_a_leg_hangs_on_it(made: Company, client: Client) -> None:
    made.fill_profile().map_chain()
    [site], [leg] = queries.sites(made.participant), queries.legs(made.participant)
    end_site = at(made, "part-end", part="site", series=site.series)
    held = send(client, end_site, reason="Sold.")
    assert held.status_code == 422
    assert "A leg begins or ends there" in words(held)
    assert at(made, "parts", part="leg") in words(held)
    end_leg = at(made, "part-end", part="leg", series=leg.series)
    assert "Fill in “Why does it end?”" in words(send(client, end_leg, reason=" "))
    assert send(client, end_leg, reason="Another route.").status_code == 302
    assert not queries.legs(made.participant).exists()
    assert Leg.objects.get().effective_to is not None
    assert send(client, end_site, reason="Sold.").status_code == 302
    page = words(client.get(at(made, "parts", part="site")))
    assert "1 that ended" in page
    assert client.get(end_site).status_code == 404


def test_an_identifier_is_not_corrected_but_ended(made: Company, client: Client) -> None:
    made.fill_profile()
    row = queries.identifiers(made.participant)[0]
    response = client.get(at(made, "part", part="identifier", series=row.series))
    assert response.url == at(made, "part-end", part="identifier", series=row.series)


def test_hostile_values_are_answered_and_not_obeyed(made: Company, client: Client) -> None:
    for value in ("' OR 1=1 --", "\x00", "9" * 5000, "{{ 7*7 }}", "../../etc/passwd"):
        response = send(client, at(made, "part-add", part="identifier"), kind="ior", value=value)
        assert response.status_code == 422, value
    other = send(client, at(made, "part-add", part="site"), name="A", use="palace", address="B", city="C", country="ZZ")
    assert other.status_code == 422
    mine = send(
        client,
        at(made, "part-add", part="person"),
        role="officer",
        name="X",
        country="US",
        account_id=str(uuid4()),
        participant_id=str(uuid4()),
    )
    assert mine.status_code == 422
    assert not Person.objects.exists()
