"""The demonstration is made by commands only, and its sign-in exists nowhere else (6 USC 971(c))."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from greenlane.casework import replay
from greenlane.casework.models import OutboxMessage
from greenlane.certification.models import Certification
from greenlane.criteria.catalogue import load_catalogue
from greenlane.demonstration.building import SEED
from greenlane.demonstration.commands import FoundDemonstration, NameGuest
from greenlane.demonstration.company import FATES, Company
from greenlane.demonstration.lists import list_says_more, lists_again
from greenlane.demonstration.models import Founding, Guest
from greenlane.demonstration.programme import companies, founding, name_companies
from greenlane.demonstration.stage import Stage
from greenlane.participants.models import Participant
from greenlane.vetting.queries import list_history, open_hits
from greenlane.web import demonstration
from tests.desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = date(2026, 6, 15)
LATELY = TODAY - timedelta(days=420)


@pytest.fixture
def played() -> Stage:
    """A small demonstration in which every fate and every business type occurs at least once."""
    stage = Stage(today=TODAY - timedelta(days=420), until=TODAY, seed=SEED)
    stage.begin(founding(stage), stage.today)
    stage.begin(lists_again(stage), stage.today)
    kinds = load_catalogue().business_types
    fates = [*FATES, "certified", "drafting", "certified", "certified", "drafting"]
    owners = {"refused_match": "Morwenna Invented Villain"}
    cast = [
        (Company(stage, n, kinds[n % len(kinds)], fate, Random(n), owners.get(fate, "")), TODAY - timedelta(days=140))
        for n, fate in enumerate(fates)
    ]
    for company, day in cast:
        stage.begin(company.live(), day)
    stage.begin(name_companies(stage, cast), TODAY)
    stage.begin(list_says_more(stage), TODAY)
    stage.play()
    return stage


@pytest.mark.clause("6 USC 971(b)")
def test_every_stage_and_business_type_is_lived_and_the_state_is_the_fold_of_the_record(played: Stage) -> None:
    assert {p.business_type for p in Participant.objects.all()} == set(load_catalogue().business_types)
    outcomes = set(Certification.objects.values_list("outcome", "late"))
    assert {("certified", False), ("certified", True), ("refused", False)} <= outcomes
    assert {"applicant", "certified", "refused", "withdrawn"} <= set(
        Participant.objects.values_list("standing", flat=True)
    )
    assert not OutboxMessage.objects.exclude(error="").exists()
    replay.check()


def test_a_guest_signs_in_by_link_and_by_page_in_a_demonstration(played: Stage, settings, client: Client) -> None:
    settings.DEMONSTRATION = True
    links = demonstration.sign_in_links()
    assert {office for office, _, _ in links} >= {
        "specialist",
        "supervisor",
        "applicant_officer",
        "consultant",
        "auditor",
    }
    response = client.get(links[0][2])
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(Guest.objects.get(office=links[0][0], says=links[0][1]).account_id)
    assert client.get(reverse("web:demonstration")).status_code == 200


@pytest.mark.clause("6 USC 964(b)")
def test_hits_of_the_latest_list_wait_for_whoever_looks_at_it(played: Stage) -> None:
    assert [row.number for row in list_history("ofac_sdn")] == [2, 1]
    found = list(open_hits())
    assert "INDIGO LADDER CARGO S.A." in {hit.listed_name for hit in found}
    assert all(sum(part["points"] for part in hit.parts) == hit.score for hit in found)


@pytest.mark.clause("6 USC 971(c)")
def test_the_sign_in_of_the_demonstration_is_refused_everywhere_else(played: Stage, settings, client: Client) -> None:
    settings.DEMONSTRATION = True
    link = demonstration.sign_in_links()[0][2]
    guest = Guest.objects.first()
    assert guest is not None
    paths = [link, reverse("web:demonstration"), reverse("web:demonstration-become", args=[guest.account_id])]
    settings.DEMONSTRATION = False  # the operator did not say that this is a demonstration
    assert demonstration.sign_in_links() == []
    for path in paths:
        assert client.get(path).status_code in (404, 405)
        assert client.post(path).status_code in (404, 405)
    settings.DEMONSTRATION = True
    Founding.objects.all().delete()  # the database is not one
    assert demonstration.sign_in_links() == []
    assert [client.get(path).status_code for path in paths[:2]] == [404, 404]
    assert client.post(paths[2]).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.clause("6 USC 971(c)")
def test_a_guessed_link_signs_nobody_in(played: Stage, settings, client: Client) -> None:
    settings.DEMONSTRATION = True
    assert client.get(reverse("web:demonstration-enter", args=["supervisor", "0" * 24])).status_code == 404


@pytest.mark.clause("6 USC 971(c)")
def test_a_database_with_records_never_becomes_a_demonstration() -> None:
    desk = Desk(prove=False)
    account = desk.person("ada")
    desk.refused(FoundDemonstration(seed=1), code="database_is_empty")
    desk.refused(FoundDemonstration(seed=1), by="ada", code="authority")
    assert not Founding.objects.exists()
    assert NameGuest.spec.internal
    assert not Guest.objects.filter(account_id=account).exists()


def test_the_cast_is_the_same_for_the_same_seed() -> None:
    stage = Stage(today=TODAY - timedelta(days=420), until=TODAY, seed=SEED)
    first = [(c.business_type, c.fate, c.name, day) for c, day in companies(stage, 300, LATELY)]
    assert first == [(c.business_type, c.fate, c.name, day) for c, day in companies(stage, 300, LATELY)]
    assert len({name for _, _, name, _ in first}) == 300
