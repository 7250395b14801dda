"""The whole site, as it is served: every address says who may open it (971(c))."""

from __future__ import annotations

import pytest

from greenlane.web.authority import addresses, undeclared_views


@pytest.mark.clause("6 USC 971(c)")
def test_every_page_declares_who_may_open_it() -> None:
    assert {"", "home/", "sign-in/", "sign-out/", "style-guide/"} <= {address for address, _pattern in addresses()}
    assert undeclared_views() == []
