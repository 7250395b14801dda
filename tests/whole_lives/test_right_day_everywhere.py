"""Benefits and standing stop and return on the right day wherever they are shown (6 USC 967(b)-(c), 971(c))."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from greenlane.api import authority
from greenlane.law.authority import Office
from greenlane.participants.benefits import benefits_on, stood_on
from greenlane.participants.commands_duties import WithdrawFromProgramme
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.queries import participant_of
from greenlane.people.commands import GrantOffice
from greenlane.sharing import queries, reading
from greenlane.sharing.commands import GiveVerificationConsent, MonitorPartner
from greenlane.sharing.commands_agreements import PublishSharingAgreement
from greenlane.sharing.reading import AgencyLook, Look
from tests.api.client import Caller, caller
from tests.appeals import scenes
from tests.appeals.scenes import Scene
from tests.companies import Company
from tests.web.trader_stage import signed_in

pytestmark = pytest.mark.django_db
AGENCY = "Invented Food Office"
BENEFIT = "Reduced targeting score, limited"


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A certified company that lets partners and an agency see its standing; all doors have the day of the desk."""
    one = scenes.scene()
    desk = one.desk
    monkeypatch.setattr(timezone, "now", lambda: desk.at)
    monkeypatch.setattr(authority, "now", lambda: desk.at)
    other = Company(desk, "eve", name="Kettle Imports").register()
    desk.must(SetStanding(participant_id=other.participant, standing="certified", tier=2, reason="Invented."))
    for name, key in (("ada", one.participant), ("eve", other.participant)):
        desk.must(GiveVerificationConsent(participant_id=key, with_agencies=True, show_tier=True), by=name)
    number = queries.consent_of(one.participant)
    assert number is not None
    desk.must(MonitorPartner(participant_id=other.participant, number=number.number), by="eve")
    desk.person("fay")
    desk.must(GrantOffice(account_id=desk.people["fay"], office=Office.PARTNER_AGENCY, agency=AGENCY), by="pam")
    agreement = PublishSharingAgreement(
        programme="ctpat",
        agency=AGENCY,
        kinds=("status", "tier"),
        purpose="To plan inspections.",
        since=desk.today,
        until=desk.today + timedelta(days=900),
    )
    desk.must(agreement, by="pam")
    return one


@dataclass(frozen=True)
class Doors:
    """Every place that shows how a company stands, each answering: does it take part now?"""

    scene: Scene
    eve: Any
    browser: Client
    ada: Caller
    fay: Caller
    eve_key: Caller

    def places(self) -> dict[str, Callable[[], bool]]:
        return {
            "benefits": self.benefits,
            "home page": self.home,
            "look-up": self.look_up,
            "monitored partners": self.monitored,
            "agency list": self.agency,
            "interface: the company": self.interface,
            "interface: look-up": self.interface_look_up,
            "interface: agency": self.interface_agency,
        }

    @property
    def number(self) -> str:
        consent = queries.consent_of(self.scene.participant)
        assert consent is not None
        return consent.number

    def benefits(self) -> bool:
        on = self.scene.desk.today
        given = [s.benefit.code for s in benefits_on(participant_of(self.scene.participant), on) if s.given]
        assert bool(given) == (stood_on(self.scene.participant, on).standing == "certified")
        return "score_reduction" in given

    def home(self) -> bool:
        page = self.browser.get(reverse("web:trader-home", kwargs={"participant": self.scene.participant}))
        assert page.status_code == 200
        text = page.content.decode()
        assert (">Suspended</span>" in text) != (BENEFIT in text), "the home page says both, or neither"
        return BENEFIT in text

    def look_up(self) -> bool:
        look = Look(self.scene.desk.people["eve"], self.eve, "A new supplier.", self.scene.desk.at)
        [status] = reading.look_up(look, self.number).found
        return self.takes_part(status.standing, status.tier)

    def monitored(self) -> bool:
        look = Look(self.scene.desk.people["eve"], self.eve, "Weekly check.", self.scene.desk.at)
        [watched] = reading.monitored(look)[1]
        return self.takes_part(watched.status.standing, watched.status.tier)

    def agency(self) -> bool:
        look = AgencyLook(self.scene.desk.people["fay"], "ctpat", "Plan of May.", self.scene.desk.at)
        [status] = [s for s in reading.agency_list(look).found if s.participant == self.scene.participant]
        return self.takes_part(status.standing, status.tier)

    def interface(self) -> bool:
        body = self.read(self.ada.get(f"/participants/{self.scene.participant}"))
        return self.takes_part(body["standing"], body["tier"])

    def interface_look_up(self) -> bool:
        asked = json.dumps({"number": self.number, "purpose": "A new supplier."})
        body = self.read(self.eve_key.send(f"/participants/{self.eve}/look-up", asked))
        return self.takes_part(body["standing"], body["tier"])

    def interface_agency(self) -> bool:
        body = self.read(self.fay.get("/agency/participants", headers={"Greenlane-Purpose": "Plan of May"}))
        [row] = [item for item in body["items"] if item["name"] == self.scene.company.name]
        return self.takes_part(row["standing"], row["tier"])

    @staticmethod
    def read(response: Any) -> Any:
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    @staticmethod
    def takes_part(standing: str, tier: int | None) -> bool:
        assert (standing, tier or 0) in (("certified", 1), ("suspended", 0))
        return standing == "certified"


def doors_of(scene: Scene) -> Doors:
    """Fresh keys and a fresh sign-in of everybody who looks, on the day of the desk."""
    desk = scene.desk
    [eve] = [
        row.participant_id for row in queries.consents_to_agencies("ctpat") if row.participant_id != scene.participant
    ]
    keys = {name: caller(desk, name) for name in ("ada", "fay", "eve")}
    return Doors(scene, eve, signed_in(desk, "ada"), keys["ada"], keys["fay"], keys["eve"])


def everywhere(scene: Scene) -> dict[str, bool]:
    return {name: shows() for name, shows in doors_of(scene).places().items()}


def given_on(scene: Scene, on: date) -> bool:
    return any(status.given for status in benefits_on(participant_of(scene.participant), on))


@pytest.mark.clause("6 USC 967(b)", "6 USC 967(c)(2)", "6 USC 971(c)")
def test_benefits_stop_and_return_on_the_right_day_everywhere(scene: Scene) -> None:
    desk = scene.desk
    assert set(everywhere(scene).values()) == {True}
    case = scene.suspend()
    lost = desk.today
    assert not [name for name, takes in everywhere(scene).items() if takes], "from the day of the decision, nowhere"
    assert given_on(scene, lost - timedelta(days=1))
    desk.today += timedelta(days=5)
    appeal = scene.review(scene.file(case))
    assert not [name for name, takes in everywhere(scene).items() if takes], "an appeal alone gives nothing back"
    known = desk.at
    desk.today += timedelta(days=20)
    desk.wake()
    scene.determine(appeal, "reversed")
    assert [name for name, takes in everywhere(scene).items() if not takes] == []
    days = [lost + timedelta(days=n) for n in range((desk.today - lost).days + 1)]
    assert all(given_on(scene, day) for day in days), "from the day of the loss, not from that of the reversal"
    then = benefits_on(participant_of(scene.participant), lost, known)
    assert not any(status.given for status in then), "what was known then stays on record"


@pytest.mark.clause("6 USC 967(b)")
def test_what_was_suspended_for_a_period_stays_so_on_its_last_day_and_after_it_everywhere(scene: Scene) -> None:
    """Nothing comes back by itself: a period that is over is not a reinstatement."""
    desk = scene.desk
    scene.suspend(days=30)
    for days in (30, 1):
        desk.today += timedelta(days=days)
        desk.wake()
        assert not [name for name, takes in everywhere(scene).items() if takes]


@pytest.mark.clause("6 USC 961(a)", "6 USC 967(c)(2)")
def test_who_withdrew_while_suspended_gets_nothing_back_by_a_reversal(scene: Scene) -> None:
    """The days between the loss and the withdrawal are given back, and none after it."""
    desk = scene.desk
    case = scene.suspend()
    lost = desk.today
    appeal = scene.review(scene.file(case))
    desk.today += timedelta(days=4)
    left = desk.today
    desk.must(WithdrawFromProgramme(participant_id=scene.participant, sure=True), by="ada")
    desk.today += timedelta(days=4)
    scene.determine(appeal, "reversed")
    assert stood_on(scene.participant, left - timedelta(days=1)).standing == "certified"
    assert given_on(scene, lost)
    for day in (left, left + timedelta(days=1), desk.today):
        assert not given_on(scene, day), f"it withdrew on {left} and has benefits on {day}"
    assert stood_on(scene.participant, desk.today).standing == "withdrawn"
