"""The project's own files: commands, locks, licences, decision records; nothing in them belongs to one machine."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, listing, name_of, texts

DECISIONS = ROOT / "docs" / "decisions"
HEADINGS = ["Context", "Decision", "Consequences"]

# the only file that may know where shared test data lies
SHARED_DATA = "tests/shared_data.py"
MACHINE_FOLDERS = ("home", "root", "Users", "work", "tmp")
REGISTRY_HOSTS = ("pypi", "pythonhosted", "npmjs", "crates", "golang")

PERMISSIVE = re.compile(
    r"\b(MIT(-0)?|BSD(-[23]-Clause)?|Apache([- ](Software License|2\.0|License))?|ISC|PSF(L|-2\.0)?|Zlib|Unlicense"
    r"|Python Software Foundation License|MPL([- ]2\.0)?|Mozilla Public License 2\.0|LGPL[\w.+-]*"
    r"|GNU Lesser General Public License)\b",
    re.IGNORECASE,
)
STRONG_COPYLEFT = re.compile(r"\b(A?GPL(?!\w)|GNU (Affero )?General Public|SSPL|BUSL|Commons Clause)", re.IGNORECASE)
# what the metadata does not say; read in the licence file of the release named in the lock
UNSAID_LICENCES = {
    "pysqlite3": "Zlib",
    # the metadata repeats the text of the BSD licence in place of its name
    "altair": "BSD-3-Clause",
    # its classifier says no more than 'OSI Approved'; the licence file is that of MIT
    "pyicu": "MIT",
}


def pins(lock: str) -> dict[str, str]:
    """Name → version of everything pinned in a lock file."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", text, re.MULTILINE))


def test_the_two_locks_agree() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    differing = [
        f"{name} {version} against {dev.get(name)}" for name, version in run.items() if dev.get(name) != version
    ]
    assert run
    assert not differing, listing(differing)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_carries_its_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    bare = [entry.split()[0] for entry in re.split(r"\n(?=\S)", text) if "--hash=sha256:" not in entry]
    assert not bare, listing(bare)


def test_the_locks_cover_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    missing = [x for x in project["project"]["dependencies"] + groups["build"] if requirement_name(x) not in run]
    missing += [x for x in groups["dev"] if requirement_name(x) not in dev]
    assert not missing, f"run 'make lock': {missing}"


def requirement_name(requirement: str) -> str:
    """'Django_X[pool]>=5' → 'django-x'."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=~!;]", requirement, maxsplit=1)[0]).lower()


def licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """What a distribution says of its licence: the expression, else the classifiers, else the free text."""
    expression = metadata.get("License-Expression")
    classifiers = [c for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    return expression or "; ".join(c.rsplit(" :: ", 1)[-1] for c in classifiers) or (metadata.get("License") or "")


def licence_problem(licence: str) -> bool:
    """Whether code under *licence* may not be shipped with ours: strong copyleft, or nothing that we know."""
    return bool(STRONG_COPYLEFT.search(licence)) or not PERMISSIVE.search(licence)


def test_every_runtime_dependency_may_be_shipped() -> None:
    problems, seen = [], 0
    for name in pins("requirements.lock"):
        try:
            metadata = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform
        seen += 1
        licence = UNSAID_LICENCES.get(name) or licence_of(metadata)
        if licence_problem(licence):
            problems.append(f"{name}: {licence or 'says nothing'}")
    assert seen > 40
    assert not problems, listing(problems)


@pytest.mark.parametrize(
    ("licence", "problem"),
    [
        ("MIT", False),
        ("Apache-2.0 OR BSD-3-Clause", False),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", False),
        ("GPL-3.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License (GPL)", True),
        ("Proprietary", True),
        ("", True),
    ],
)
def test_licences_are_judged(licence: str, problem: bool) -> None:
    assert licence_problem(licence) is problem


def decisions() -> list[Path]:
    return sorted(DECISIONS.glob("[0-9]*.md"))


@pytest.mark.parametrize("path", decisions(), ids=lambda path: path.stem)
def test_a_decision_record_has_its_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"\d{4}-[a-z0-9-]+$", path.stem), "name it NNNN-slug.md"
    assert re.match(r"# \S", text), "the first line is the title: '# …'"
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert [heading for heading in named if heading in HEADINGS] == HEADINGS
    assert all(named[heading].strip() for heading in HEADINGS), "no part is empty"


def test_decision_records_have_numbers_of_their_own() -> None:
    numbers = [path.stem[:4] for path in decisions()]
    assert sorted(set(numbers)) == numbers


def test_the_readme_names_both_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text


def test_ci_runs_make_test_and_nothing_else() -> None:
    path = ROOT / ".ci" / "run"
    commands = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert os.access(path, os.X_OK)
    assert [line for line in commands if not line.startswith(("set ", "cd "))] == ["exec make test"]


def test_make_help_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    said = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    missing = [name for name in phony.group(1).split() if f"make {name} " not in said]
    assert not missing, listing(missing)


def machine_paths(text: str) -> list[str]:
    """Absolute paths of somebody's machine, and hosts of package registries, in *text*."""
    folders = re.compile(rf"(?<![\w.\-~/)}}>*:])/({'|'.join(MACHINE_FOLDERS)})/[\w.-]")
    hosts = re.compile(rf"\b(?:\w+\.)*({'|'.join(REGISTRY_HOSTS)})\.(org|com|io)\b")
    return [match.group(0) for pattern in (folders, hosts) for match in pattern.finditer(text)]


def test_no_file_belongs_to_one_machine() -> None:
    found = [f"{name_of(path)}: {what}" for path, text in texts() for what in machine_paths(text)]
    assert not found, listing(found)


def test_the_machine_rule_sees_and_lets_through() -> None:
    seen = [f"open('/{folder}/x')" for folder in MACHINE_FOLDERS] + ["https://" + "pypi" + ".org/simple"]
    assert all(machine_paths(text) for text in seen)
    assert not machine_paths("GET /case/home/1, ./tmp/x, src/work/x, /usr/lib/postgresql, https://example.org/home/x")


def test_only_one_helper_knows_the_shared_data() -> None:
    """Its skips and its refusal to skip on a build machine hold only if nobody goes around it."""
    mark = "../" + "shared"
    around = [name_of(path) for path, text in texts() if mark in text and name_of(path) != SHARED_DATA]
    assert not around, listing(around)


def test_every_python_file_of_the_tests_can_be_read() -> None:
    for path, text in texts():
        if path.suffix == ".py":
            ast.parse(text, filename=str(path))
