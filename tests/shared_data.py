"""The one way in which tests find the shared data folder (lists, ports, vectors), which is not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_data(name: str) -> Path:
    """Path of *name* in the shared data folder (``GREENLANE_SHARED_DATA``, else ``../shared/data`` beside the project).

    Skips the calling test, with the reason, when the file is absent; fails instead when ``CI=true``, so that a build
    machine cannot pass by having no data.
    """
    configured = os.environ.get("GREENLANE_SHARED_DATA")
    folder = Path(configured) if configured else ROOT.parent / "shared" / "data"
    path = folder / name
    if path.exists():
        return path
    reason = f"shared data file {name!r} is absent; set GREENLANE_SHARED_DATA to the folder that holds it"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)
