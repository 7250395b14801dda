"""Browser safeguards, signing in and out, and pages that say what went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from greenlane.law.authority import Office
from greenlane.web import throttle
from tests.web.people import PASSWORD, person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]
WEB = Path(throttle.__file__).parent


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def sign_in(client: Client, email: str = "lee.marsh@example.org", password: str = PASSWORD, to: str = "") -> int:
    return client.post("/sign-in/", {"email": email, "password": password, "next": to}).status_code


@pytest.mark.clause("6 USC 971(c)")
def test_pages_carry_a_policy_that_allows_nothing_inline(client: Client) -> None:
    answer = client.get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer["Permissions-Policy"]
    assert "HX-Request" in answer["Vary"]


@pytest.mark.clause("6 USC 971(c)")
def test_signed_in_pages_stay_out_of_every_cache(client: Client) -> None:
    assert "Cache-Control" not in client.get("/")
    client.force_login(person())
    assert client.get("/home/")["Cache-Control"] == "no-store"
    assert client.get("/")["Cache-Control"] == "no-store"


def test_no_template_holds_inline_code_or_style() -> None:
    for template in (WEB / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert " style=" not in text, template
        assert "<style" not in text, template
        assert " onclick=" not in text, template
        assert text.count("<script") == text.count("<script src="), template


def test_a_person_signs_in_lands_where_they_wanted_and_signs_out(client: Client) -> None:
    person(Office.SPECIALIST)
    answer = client.post(
        "/sign-in/", {"email": "Lee.Marsh@example.org", "password": PASSWORD, "next": "/desk/"}, follow=True
    )
    assert answer.content == b"desk"
    home = client.get("/home/", follow=True).content.decode()
    assert "Lee Marsh" in home
    assert "Supply chain security specialist" in home
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert client.get("/home/").status_code == 302


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_signing_in_never_leads_off_the_site(client: Client, to: str) -> None:
    person()
    answer = client.post("/sign-in/", {"email": "lee.marsh@example.org", "password": PASSWORD, "next": to})
    assert answer["Location"] == "/home/"


def test_a_wrong_password_and_an_unknown_account_read_the_same(client: Client) -> None:
    person()
    wrong = client.post("/sign-in/", {"email": "lee.marsh@example.org", "password": "no"})
    unknown = client.post("/sign-in/", {"email": "nobody@example.org", "password": "no"})
    said = "The email address and the password do not match an account."
    assert wrong.status_code == unknown.status_code == 422
    assert said in wrong.content.decode()
    assert said in unknown.content.decode()
    assert b'value="no"' not in wrong.content


def test_guessing_is_stopped_even_for_the_right_password(client: Client) -> None:
    person()
    for _attempt in range(throttle.LIMITS["pair"]):
        assert sign_in(client, password="guess") == 422
    assert sign_in(client) == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")) == 302


def test_guessing_one_account_from_many_addresses_is_stopped(client: Client) -> None:
    person()
    for number in range(throttle.LIMITS["account"]):
        sign_in(Client(REMOTE_ADDR=f"10.0.1.{number}"), password="guess")
    assert sign_in(Client(REMOTE_ADDR="10.0.2.1")) == 429


def test_a_good_sign_in_forgets_the_slips_before_it(client: Client) -> None:
    person()
    for _attempt in range(throttle.LIMITS["pair"] - 1):
        sign_in(client, password="slip")
    assert sign_in(client) == 302
    client.post("/sign-out/")
    assert sign_in(client, password="slip") == 422


def test_an_empty_form_names_what_is_missing_and_links_to_it(client: Client) -> None:
    answer = client.post("/sign-in/", {"email": "", "password": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There are 2 problems" in page
    assert '<a class="usa-link" href="#id_email">Fill in “Email address”.</a>' in page
    assert 'aria-describedby="id_email_error"' in page
    assert 'aria-invalid="true"' in page


def test_missing_pages_and_our_own_faults_are_said_plainly() -> None:
    client = Client(raise_request_exception=False)
    assert b"Page not found" in client.get("/nowhere/").content
    fault = client.get("/broken/")
    assert fault.status_code == 500
    assert b"The fault is ours" in fault.content
    assert b"RuntimeError" not in fault.content


def test_a_form_without_its_token_is_refused_in_plain_words() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"email": "a@example.org", "password": "x"})
    assert answer.status_code == 403
    assert b"open for too long" in answer.content


def test_the_style_guide_exists_only_in_a_demonstration(client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert client.get("/style-guide/").status_code == 404
    settings.DEMONSTRATION = True
    answer = client.get("/style-guide/")
    assert answer.status_code == 200
    assert b"Every company and person here is invented" in answer.content
