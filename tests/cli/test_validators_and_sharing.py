"""Validators and status verification on the command line: reads, and who is seen to have read (6 USC 968, 971(c))."""

from __future__ import annotations

import json

import pytest

from greenlane.law.authority import Office
from greenlane.participants.commands_standing import SetStanding
from greenlane.records.reads import reads_of
from greenlane.sharing import queries
from greenlane.sharing.commands import GiveVerificationConsent
from tests.cli.conftest import Run
from tests.companies import Company, found_programme
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 968", "6 USC 971(c)")
def test_a_person_looks_a_partner_up_and_validators_are_listed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    desk.person("mona", Office.PROGRAMME_MANAGER)
    monkeypatch.setattr("greenlane.cli.sharing.now", lambda: desk.at)
    ada, eve = (Company(desk, name, name=f"{name.title()} Imports").register().participant for name in ("ada", "eve"))
    for who, key in (("ada", ada), ("eve", eve)):
        desk.must(SetStanding(participant_id=key, standing="certified", tier=2, reason="Invented."))
        desk.must(GiveVerificationConsent(participant_id=key), by=who)
    consent = queries.consent_of(eve)
    assert consent is not None
    asked = ("sharing", "look-up", "--participant", str(ada), "--purpose", "A new supplier", "--as", "ada@example.org")
    [seen] = json.loads(run(*asked, consent.number, "--json").stdout)
    assert (seen["name"], seen["standing"], seen["tier"]) == ("Eve Imports", "certified", None)
    assert [row.account for row in reads_of(eve)] == [desk.people["ada"]]
    refused = run(*asked, "nonsense", "--json")
    assert refused.exit_code == 1
    assert [one["code"] for one in json.loads(refused.stdout)["reasons"]] == ["status_shown"]
    agency = run("sharing", "agency-list", "--purpose", "Inspections", "--as", "ada@example.org")
    assert agency.exit_code == 1
    for listed in ("list", "certificates", "engagements"):
        assert json.loads(run("validators", listed, "--json").stdout) == []
