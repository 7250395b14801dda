"""Hits of an invented office as its analysts see them: three companies like one entry, one like two (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from django.test import Client

from greenlane.law.authority import Office
from greenlane.people.models import Account
from greenlane.vetting.models import ScreeningHit
from tests.desk import Desk
from tests.vetting.office import company, investigate, sdn, staffed
from tests.vetting.stated import Likeness, Stated, stated

FIRST = (7, "AMBER LINES", "", "Linked to nobody.")
AGAIN = (7, "AMBER LINES", "", "Linked to nobody; Tax ID No. 20-1234567 (Peru).")
OTHER = (8, "AMBER HERON 2 LTD", "", "")


@dataclass
class Stage:
    """The desk, what the engine finds from now on, and browsers of its people."""

    desk: Desk
    found: Stated
    folder: Path

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=self.desk.people[name]))
        return client

    def relist(self, *listed: tuple[int, str, str, str]) -> None:
        """A new version of the list, a day later."""
        self.desk.today += timedelta(days=1)
        folder = self.folder / self.desk.today.isoformat()
        command = sdn(folder, listed, self.desk.today, accept_drop=True, reason="Checked by telephone.")
        self.desk.must(command, by="ana_analyst")

    def hit(self, party: str, entry: str = "7") -> ScreeningHit:
        return ScreeningHit.objects.get(party_name=party, entry_key=entry)


def stage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Amber Heron 1, 2 and 3 are like entry 7; the first is like entry 8 too."""
    desk = staffed(Desk(prove=False))
    desk.person("alma_auditor", Office.AUDITOR)
    desk.person("sam_specialist", Office.SPECIALIST)
    found = stated(
        monkeypatch,
        Likeness("Amber", "7", codes=("country_conflict", "name_generic")),
        Likeness("Amber Heron 1", "8", score=72, codes=("numbers_differ",)),
    )
    made = Stage(desk, found, folder)
    desk.must(sdn(folder / "first", [FIRST, OTHER], desk.today), by="ana_analyst")
    for number in (1, 2, 3):
        investigate(desk, company(desk, f"Amber Heron {number}", owner="Nobody Known"))
    afternoon = time(17, 0)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.combine(desk.today, afternoon, UTC))
    return made
