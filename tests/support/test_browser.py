"""The browser checks see what they should: a check that passes everything proves nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import assert_accessible, assert_fits, watch

pytestmark = pytest.mark.browser
GOOD = "<!doctype html><html lang='en'><title>Good</title><main><h1>Good</h1><p>Readable.</p></main></html>"


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_good_page_passes(blank: Page) -> None:
    blank.set_content(GOOD)
    assert_accessible(blank)
    assert_fits(blank)
    assert blank.viewport_size == {"width": 1280, "height": 900}


@pytest.mark.parametrize(
    ("flaw", "rule"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<input name='q'>", "label"),
        ("<p style='color:#ccc;background:#fff'>Too faint to read</p>", "color-contrast"),
    ],
)
def test_a_flaw_is_named(blank: Page, flaw: str, rule: str) -> None:
    blank.set_content(GOOD.replace("<p>Readable.</p>", flaw))
    with pytest.raises(AssertionError, match=rule):
        assert_accessible(blank)


def test_a_page_that_is_too_wide_is_refused(blank: Page) -> None:
    blank.set_content(GOOD.replace("<p>", "<p style='width:400px'>"))
    with pytest.raises(AssertionError, match="320 px"):
        assert_fits(blank)


def test_script_errors_and_policy_breaches_are_heard(blank: Page) -> None:
    errors = watch(blank)
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'unsafe-inline'; img-src 'none'\">"
    blank.set_content(
        GOOD.replace("<title>", policy + "<title>").replace("<p>", "<img alt='' src='http://127.0.0.1:9/x.png'><p>")
    )
    blank.evaluate("setTimeout(() => { throw new Error('broken') })")
    blank.wait_for_timeout(200)
    assert any("broken" in error for error in errors)
    assert any(error.startswith("policy:") for error in errors)
