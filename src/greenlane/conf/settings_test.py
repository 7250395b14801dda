"""Settings of the tests: their own home folder, fast password hashing, the database that the test command names."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("GREENLANE_HOME", tempfile.mkdtemp(prefix="greenlane-test-"))

from greenlane.conf.settings import *  # noqa: F403

TESTING = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["GREENLANE_HOME"]) / "test.sqlite3")}  # noqa: F405
    # a test database that dies with the test run needs no disk barrier
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace(  # noqa: F405
        "synchronous=FULL", "synchronous=OFF"
    )
