"""What is not one's own does not exist; every page of the company's side declares who opens it."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from greenlane.casework.models import Document, Notice
from greenlane.law.authority import Office
from greenlane.participants import queries
from greenlane.records.models import ReadLog
from greenlane.web.trader.urls import urlpatterns
from tests.companies import Company
from tests.desk import Desk
from tests.web.trader_stage import colleague, company, signed_in, stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]
OPEN_TO_ALL = {"join", "invitation", "register-company", "trader", "hand-over"}
MOST_QUERIES = 12
MOST_AT_HOME = 17
"""The home gathers how the company stands, what is asked of it, its periods, letters, people and events."""


def addresses(desk: Desk, made: Company) -> dict[str, str]:
    """Every page of the company's side for this company."""
    site = queries.sites(made.participant)[0].series
    values: dict[str, Any] = {
        "participant": made.participant,
        "case": made.application,
        "part": "site",
        "series": site,
        "node": site,
        "category": 4,
        "account": desk.people[made.officer],
        "token": "x",
        "office": "applicant_officer",
        "key": made.application,
        "command": "WithdrawApplication",
    }
    return {
        str(one.name): reverse(
            f"web:{one.name}", kwargs={name: values.get(name, uuid4()) for name in one.pattern.converters}
        )
        for one in urlpatterns
    }


def test_a_stranger_finds_nothing_and_a_visitor_signs_in_first() -> None:
    desk = stage()
    made = company(desk).fill_profile().map_chain().open()
    made.upload()
    other = company(desk, "otto", name="Harbour Thistle Trading")
    assert other.participant != made.participant
    desk.person("dora")
    pages = addresses(desk, made)
    pages["story"] = reverse("web:story", args=(made.application,))
    pages["document"] = reverse("web:document", args=(Document.objects.get().pk,))
    stranger, nobody, visitor = signed_in(desk, "otto"), signed_in(desk, "dora"), Client()
    for name, address in pages.items():
        if name in OPEN_TO_ALL:
            continue
        for method in ("get", "post"):
            assert getattr(stranger, method)(address).status_code in (404, 405), (name, method)
        assert nobody.get(address).status_code == 403, name
        assert visitor.get(address).url.startswith(reverse("web:sign-in")), name


def test_an_unknown_number_looks_the_same_as_one_of_somebody_else() -> None:
    desk = stage()
    made = company(desk).fill_profile().map_chain().open()
    company(desk, "otto", name="Harbour Thistle Trading")
    client = signed_in(desk, "otto")
    theirs = client.get(reverse("web:application-overview", args=(made.application,)))
    nobodys = client.get(reverse("web:application-overview", args=(uuid4(),)))
    assert theirs.status_code == nobodys.status_code == 404
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub(b"", theirs.content) == token.sub(b"", nobodys.content)


def test_hostile_addresses_are_not_found() -> None:
    desk = stage()
    made = company(desk).fill_profile().map_chain().open()
    client = signed_in(desk, "olga")
    own, app = f"/trader/{made.participant}", f"/application/{made.application}"
    for address in (
        f"{own}/profile/password/",
        f"{own}/profile/person/{uuid4()}/",
        f"{own}/profile/site/{uuid4()}/end/",
        f"{own}/people/{uuid4()}/supervisor/end/",
        f"{app}/criteria/0/",
        f"{app}/criteria/99999999/",
        f"{app}/risk/{uuid4()}/",
        "/register/?of=not-a-number&programme=%3Cscript%3E",
    ):
        assert client.get(address).status_code in (200, 404), address
    page = client.get("/register/?of=%27%22&programme=%3Cscript%3E")
    assert b"<script>" not in page.content


def test_what_a_company_types_is_shown_and_never_run() -> None:
    desk = stage()
    made = company(desk, name="<script>alert(1)</script> & Sons").fill_profile().map_chain().open()
    client = signed_in(desk, "olga")
    for name, address in addresses(desk, made).items():
        page = client.get(address, follow=True).content
        assert b"<script>alert" not in page, name


def test_no_page_needs_more_than_twelve_queries() -> None:
    desk = stage("importer", "customs_broker")
    made = company(desk).fill_profile().map_chain().open().fill_application()
    company(desk, "olga", business_type="customs_broker")
    client = signed_in(desk, "olga")
    for name, address in addresses(desk, made).items():
        client.get(address)  # editions and terms are read once for each process
        with CaptureQueriesContext(connection) as queries_made:
            client.get(address)
        most = MOST_AT_HOME if name == "trader-home" else MOST_QUERIES
        assert len(queries_made) <= most, (name, [q["sql"][:120] for q in queries_made])


def test_staff_read_documents_and_letters_and_the_company_sees_that_they_did() -> None:
    desk = stage()
    made = company(desk).fill_profile().map_chain().open()
    made.upload()
    desk.person("sue", Office.SUPERVISOR)
    document = Document.objects.get()
    response = signed_in(desk, "sue").get(reverse("web:document", args=(document.pk,)))
    assert response.status_code == 410, "the bytes were never stored: this must not be an error page"
    staff = signed_in(desk, "sue").get(reverse("web:story", args=(made.application,)))
    assert staff.status_code == 200
    assert ReadLog.objects.filter(participant=made.participant, office="supervisor").exists()
    assert not Notice.objects.exists()


def test_a_consultant_of_two_companies_switches_between_them() -> None:
    desk = stage()
    one = company(desk)
    two = company(desk, "otto", name="Harbour Thistle Trading")
    colleague(desk, one, "cora", Office.CONSULTANT)
    from greenlane.people.commands import GrantOffice

    desk.must(GrantOffice(account_id=desk.people["cora"], office=Office.CONSULTANT, participant_id=two.participant))
    client = signed_in(desk, "cora")
    listed = client.get(reverse("web:trader")).content.decode()
    assert "Harbour Thistle Trading" in listed
    home = client.get(reverse("web:trader-home", args=(one.participant,))).content.decode()
    assert reverse("web:trader-home", args=(two.participant,)) in home
    assert "Register another kind of business" not in home
