"""The page on which one name or a file of names is screened; bad input is said where it stands (6 USC 964(b))."""

from __future__ import annotations

import csv
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from greenlane.law.authority import Office
from greenlane.people.models import Account
from greenlane.records.models import Entry, ReadLog
from greenlane.vetting.naming.writing import FLAT
from greenlane.web.staff import screening_names
from tests.desk import Desk
from tests.vetting.office import VOLKANIK, sdn

pytestmark = pytest.mark.django_db
ILSE = {"name": "Ilse Volkanik", "type": "person", "country": "Peru", "birth_date": "04.05.1961"}


@pytest.fixture
def listed(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    desk.prove = False
    desk.must(sdn(tmp_path / "lists", [VOLKANIK], desk.today), by="ana_analyst")
    monkeypatch.setattr(timezone, "now", lambda: desk.at)
    return desk


def browser(desk: Desk, name: str = "ana_analyst") -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=desk.people[name]))
    return client


def sent(desk: Desk, status: int = 200, **fields: Any) -> str:
    answer = browser(desk).post(reverse("web:screening-names"), {"type": "unknown", **fields})
    assert answer.status_code == status, answer.content.decode()[:800]
    return unescape(answer.content.decode())


def upload(content: str | bytes, name: str = "names.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


@pytest.mark.clause("6 USC 964(b)")
def test_one_name_shows_its_hit_part_by_part_and_keeps_nothing(listed: Desk) -> None:
    before = Entry.objects.count()
    page = sent(listed, **ILSE)
    for words in ("1 name screened", "1 hit", "VOLKANIK, Ilse", "The parts of the score", "Word by word", "(OFAC)"):
        assert words in page, words
    assert "%(" not in page
    assert Entry.objects.count() == before
    read = ReadLog.objects.get()
    assert (read.account, read.purpose, "Ilse" in read.what) == (listed.people["ana_analyst"], "screen names", False)


@pytest.mark.clause("6 USC 964(b)")
def test_a_file_is_screened_and_its_hits_come_as_csv(listed: Desk) -> None:
    content = "Name;Country;Town\nIlse Volkanik;PE;x\nSoci\u00e9t\u00e9 Odo;FR;y\n".encode("cp1252")
    page = sent(listed, file=upload(content))
    for words in ("2 names screened", "line 2", "Windows-1252", "not used: Town"):
        assert words in page, words
    fields = {"type": "unknown", "file": upload(content), "download": "csv"}
    answer: HttpResponse = browser(listed).post(reverse("web:screening-names"), fields)
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert answer["Content-Type"].startswith("text/csv")
    assert tuple(rows[0]) == FLAT
    assert [row["line"] for row in rows] == ["2"]


@pytest.mark.clause("6 USC 964(b)")
def test_without_a_hit_a_stale_list_is_no_clearance(listed: Desk) -> None:
    assert "No likeness was found in the lists below" in sent(listed, name="Odo Farthingale")
    listed.today += timedelta(days=45)
    page = sent(listed, name="Odo Farthingale")
    assert "this is no clearance" in page
    assert "Stale" in page


BAD: list[tuple[dict[str, Any], str]] = [
    ({}, "Write one name, or choose a file of names; not both."),
    ({"name": "A", "file": "name\nB\n"}, "Write one name, or choose a file of names; not both."),
    ({"name": "12345"}, "has no letter"),
    ({"name": "A Co", "country": "Ruritania"}, "is no country that is known here"),
    ({"name": "A Co", "birth_date": "04/05/1961"}, "is no day that can be read without doubt"),
    ({"name": "x" * 10_000}, "at most 400 characters"),
    ({"file": "name,type\nA,ghost\nB\n"}, "line 2: type"),
    ({"file": "name,type\nA,ghost\nB\n"}, "line 3"),
    ({"file": "vendor\nA\n"}, "No column is called 'name'"),
    ({"file": b"PK\x03\x04zip"}, "ZIP archive or a workbook"),
    ({"file": b"PAR1" + bytes(20)}, "Parquet"),
    ({"file": b"\xff\xfe\x00\xd8"}, "No column is called 'name'"),
    ({"file": "name\n" + "Aa\n" * 30}, "more than 20 names"),
    ({"file": "name\nA\n", "encoding": "klingon"}, "klingon"),
]


def test_bad_input_is_said_where_it_stands(listed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening_names, "MOST_NAMES", 20)
    for fields, said in BAD:
        given = {name: upload(value) if name == "file" else value for name, value in fields.items()}
        assert said in sent(listed, 422, **given), fields
    assert not ReadLog.objects.exists()


@pytest.mark.clause("6 USC 971(c)")
def test_only_those_who_decide_hits_may_open_it(listed: Desk) -> None:
    listed.person("sam", Office.SPECIALIST)
    path = reverse("web:screening-names")
    assert browser(listed, "sam").get(path).status_code == 403
    assert browser(listed, "sue_supervisor").get(path).status_code == 200
    assert path in browser(listed).get(reverse("web:screening")).content.decode()
    assert path not in browser(listed, "sam").get(reverse("web:screening")).content.decode()


def test_without_a_list_it_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: desk.at)
    assert "No official list is on record" in sent(desk, 422, name="Odo Farthingale")
