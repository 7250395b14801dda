"""The programs that the tests need are found, and their absence is said with the command that helps."""

from pathlib import Path

import pytest

from tests.support import machine


def test_the_newest_postgres_that_is_new_enough_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("13.20", "16.3", "15.18"):
        folder = tmp_path / version
        folder.mkdir()
        for name in ("initdb", "pg_ctl", "postgres"):
            program = folder / name
            program.write_text(f"#!/bin/sh\necho 'initdb (PostgreSQL) {version} (Debian {version}-0)'\n")
            program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / '13.20'}")
    monkeypatch.setattr(machine, "postgres_folders", lambda: [tmp_path / v for v in ("13.20", "16.3", "15.18")])
    assert machine.postgres_programs() == tmp_path / "16.3"


def test_a_missing_program_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(machine, "postgres_folders", list)
    monkeypatch.delenv("GREENLANE_CHROMIUM", raising=False)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    with pytest.raises(machine.MissingProgram) as refused:
        machine.ensure_programs(postgres=True, browser=True, java=True)
    wanted = "apt-get install -y --no-install-recommends postgresql chromium openjdk-17-jre-headless"
    assert wanted in str(refused.value)


def test_a_java_that_is_too_old_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    for version, missing in (("1.8.0_402", True), ("11.0.2", True), ("17.0.15", False), ("21", False)):
        java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n")
        java.chmod(0o755)
        found = machine.missing_packages(postgres=False, browser=False, java=True)
        assert found == (["openjdk-17-jre-headless"] if missing else [])


def test_nothing_is_asked_of_a_machine_that_needs_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    machine.ensure_programs(postgres=False, browser=False)
