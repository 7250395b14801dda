"""Nothing opens that does not say to whom: 971(c)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.views import View

from greenlane.law.authority import Office
from greenlane.web import navigation
from greenlane.web.authority import Declaration, declaration_of, declared, undeclared_views
from tests.web.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]


@pytest.mark.clause("6 USC 971(c)")
def test_an_undeclared_page_opens_to_nobody(client: Client) -> None:
    client.force_login(person(*Office))
    answer = client.get("/undeclared/")
    assert answer.status_code == 403
    assert b"secret" not in answer.content
    assert b"closed to everybody" in answer.content


def test_undeclared_pages_are_listed_and_the_interface_is_not() -> None:
    assert undeclared_views() == ["undeclared/"]


@pytest.mark.clause("6 USC 971(c)")
def test_a_stranger_is_led_to_the_sign_in_page_and_back(client: Client) -> None:
    answer = client.get("/desk/?state=late")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/desk/%3Fstate%3Dlate"


def test_a_strangers_form_is_not_led_back_to_an_address_that_takes_only_forms(client: Client) -> None:
    assert client.post("/desk/")["Location"] == "/sign-in/?next=/home/"


@pytest.mark.clause("6 USC 971(c)")
def test_the_wrong_office_is_told_which_one_the_page_needs(client: Client) -> None:
    client.force_login(person(Office.AUDITOR))
    answer = client.get("/desk/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Supply chain security specialist" in page
    assert "Supervisor" in page
    assert "You hold: Auditor." in page
    assert '/law/6-usc-971-c/"' in page


@pytest.mark.parametrize("office", [Office.SPECIALIST, Office.SUPERVISOR])
def test_each_declared_office_opens_the_page(client: Client, office: Office) -> None:
    client.force_login(person(office))
    assert client.get("/desk/").content == b"desk"


def test_signed_in_is_enough_where_that_is_declared(client: Client) -> None:
    assert client.get("/mine/").status_code == 302
    client.force_login(person())
    assert client.get("/mine/").content == b"mine"


def test_the_interface_declares_its_own_authority(client: Client) -> None:
    assert client.get("/api/v1/thing").content == b"secret"


@pytest.mark.parametrize("who", [(), ("publik",), ("public", Office.AUDITOR), ("public", "signed_in")])
def test_a_misspelt_declaration_fails_at_import(who: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="declared"):
        declared(*who)


def test_view_classes_are_declared_like_functions() -> None:
    @declared("public")
    class Page(View):
        pass

    assert declaration_of(Page.as_view()) == Declaration("public")
    assert declaration_of(View.as_view()) is None


def test_every_entry_of_the_navigation_has_an_address() -> None:
    for item in navigation.ITEMS:
        assert reverse(item.url_name)


def test_the_navigation_shows_only_what_one_may_open(client: Client) -> None:
    items = (
        navigation.Item("Everybody", "web:start", public=True),
        navigation.Item("Signed in", "web:home"),
        navigation.Item("Auditors", "web:home", frozenset({Office.AUDITOR})),
    )
    stranger = client.get("/").wsgi_request
    assert [entry.label for entry in navigation.entries(stranger, items)] == ["Everybody"]
    client.force_login(person(Office.SPECIALIST))
    specialist = client.get("/home/").wsgi_request
    shown = navigation.entries(specialist, items)
    assert [(entry.label, entry.current) for entry in shown] == [("Everybody", False), ("Signed in", True)]
