"""Programs that the tests need and the registries do not carry: where they are, and how they get here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

POSTGRES_AT_LEAST = 15
JAVA_AT_LEAST = 17
PACKAGES = {
    "postgresql": "PostgreSQL 15 or newer",
    "chromium": "Chromium",
    "openjdk-17-jre-headless": "Java 17 or newer",
}


class MissingProgram(RuntimeError):
    """A program is absent; the message says which, and the exact command that installs it."""

    def __init__(self, *packages: str) -> None:
        self.packages = packages
        what = " and ".join(PACKAGES[name] for name in packages)
        super().__init__(
            f"The tests need {what}. Install with:\n"
            f"    sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        )


def postgres_programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``, the newest that is at least version 15. Raises MissingProgram."""
    found = {_postgres_version(folder): folder for folder in postgres_folders()}
    newest = max(found, default=0)
    if newest < POSTGRES_AT_LEAST:
        raise MissingProgram("postgresql")
    return found[newest]


def postgres_folders() -> list[Path]:
    """Where PostgreSQL may be: on the path, and where Debian keeps what it leaves off the path."""
    on_path = shutil.which("initdb")
    return [
        *([Path(on_path).resolve().parent] if on_path else []),
        *Path("/usr/lib/postgresql").glob("*/bin"),
    ]


def _postgres_version(folder: Path) -> int:
    """Major version of the PostgreSQL in *folder*; 0 when the folder lacks a program that we need."""
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return 0
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number.group(1)) if number else 0


def chromium_path() -> Path:
    """The Chromium on this machine (``GREENLANE_CHROMIUM``, else the Debian package). Raises MissingProgram."""
    names = (os.environ.get("GREENLANE_CHROMIUM", ""), "chromium", "chromium-browser")
    for name in filter(None, names):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise MissingProgram("chromium")


def java_path() -> Path:
    """The Java that Spark starts, 17 or newer (``JAVA_HOME``, else the one on the path). Raises MissingProgram."""
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if found is None or not Path(found).exists() or _java_version(Path(found)) < JAVA_AT_LEAST:
        raise MissingProgram("openjdk-17-jre-headless")
    return Path(found)


def _java_version(java: Path) -> int:
    """Major version of a Java; 0 when it does not say."""
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    number = re.search(r'version "(\d+)', said)
    return int(number.group(1)) if number else 0


def missing_packages(*, postgres: bool, browser: bool, java: bool = False) -> list[str]:
    """The Debian packages without which the wanted tests cannot run."""
    missing = []
    for wanted, look in ((postgres, postgres_programs), (browser, chromium_path), (java, java_path)):
        if wanted:
            try:
                look()
            except MissingProgram as absent:
                missing += absent.packages
    return missing


def ensure_programs(*, postgres: bool, browser: bool, java: bool = False) -> None:
    """Install what is missing when this is root on Debian; otherwise raise MissingProgram with the command to give."""
    missing = missing_packages(postgres=postgres, browser=browser, java=java)
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise MissingProgram(*missing)
    print(f"Installing the Debian packages {' '.join(missing)}", flush=True)  # noqa: T201
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    for command in (["apt-get", "update", "-qq"], install):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode:
            raise MissingProgram(*missing)
    still = missing_packages(postgres=postgres, browser=browser, java=java)
    if still:
        raise MissingProgram(*still)
