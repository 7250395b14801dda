"""The house rules that a machine can hold: layers, purity, one place that writes, no clock below the doors, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenlane.law.citations import Citation, UnknownClause
from tests.architecture.house import ROOT, SOURCE, TESTS, functions, imported, listing, name_of, room, sources, tree

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 60

# who may ask what time it is: what talks to the world, and what invents a past for the demonstration
DOORS = {"web", "api", "cli", "conf", "demonstration"}
CLOCK_EXCEPTIONS: dict[str, str] = {}

# who may write to the database: handlers of commands, appliers of entries, and the two rooms that they go through
WRITING_ROOMS = {"casework", "records", "demonstration"}
WRITING_MODULES = re.compile(r"(^|/)(commands|state)(_\w+)?(\.py$|/)")
WRITING_EXCEPTIONS: dict[str, str] = {}

CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "dt"}
CLOCK_IMPORTS = re.compile(
    r"^(time\.(time|time_ns|localtime|gmtime)|django\.utils\.timezone\.(now|localdate|localtime)"
    r"|django\.db\.models\.functions(\.datetime)?\.Now)$"
)
ALWAYS_WRITES = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_THROUGH_A_MANAGER = {"create", "update", "delete"}
MANAGERS = {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all", "select_for_update", "using"}
WRITING_SQL = re.compile(r"\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE)\b", re.IGNORECASE)


def test_the_floor_plan_holds() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_law_imports_the_standard_library_only() -> None:
    foreign = [
        f"{name_of(path)}:{line} imports {name}"
        for path in sources()
        if room(path) == "law"
        for line, name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("greenlane.law")
    ]
    assert not foreign, listing(foreign)


def clock_reads(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Where a syntax tree asks for the time: by call, by reference (``default=timezone.now``), by an option."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _last_name(node.value) in CLOCK_OWNERS:
            yield node.lineno, f"{_last_name(node.value)}.{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr in {"time", "time_ns"} and _last_name(node.value) == "time":
            yield node.lineno, f"time.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if CLOCK_IMPORTS.match(f"{node.module}.{alias.name}"):
                    yield node.lineno, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno, node.arg


def test_no_clock_below_the_doors() -> None:
    found = {
        name_of(path): [f"{name_of(path)}:{line} asks for {what}" for line, what in clock_reads(tree(path))]
        for path in sources()
        if room(path) not in DOORS
    }
    found = {name: lines for name, lines in found.items() if lines}
    problems = [line for name, lines in found.items() if name not in CLOCK_EXCEPTIONS for line in lines]
    assert not problems, listing(problems)
    assert not CLOCK_EXCEPTIONS.keys() - found.keys(), "these exceptions are no longer needed"


@pytest.mark.parametrize(
    "source",
    [
        "x = datetime.now(UTC)",
        "x = datetime.date.today()",
        "f = DateTimeField(default=timezone.now)",
        "f = DateTimeField(auto_now_add=True)",
        "from django.utils.timezone import now",
        "from time import time",
        "x = time.time()",
        "from django.db.models.functions import Now",
    ],
)
def test_the_clock_rule_sees(source: str) -> None:
    assert list(clock_reads(ast.parse(source)))


def test_the_clock_rule_lets_dates_through() -> None:
    harmless = "def due(today, at):\n    return today + timedelta(1), at.time(), datetime(2026, 1, 1), time.monotonic()"
    assert not list(clock_reads(ast.parse(harmless)))


def writes(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Where a syntax tree writes to the database: model and query set methods, and SQL that changes rows."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITING_SQL.match(node.value):
            yield node.lineno, node.value.strip().split("\n")[0][:40]
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        method = node.func.attr.removeprefix("a")  # asave is save
        bare_delete = method == "delete" and not node.args and not node.keywords
        through_manager = method in WRITES_THROUGH_A_MANAGER and bool(MANAGERS & set(_names(node.func.value)))
        if method in ALWAYS_WRITES or through_manager or bare_delete:
            yield node.lineno, f".{node.func.attr}()"


def may_write(name: str) -> bool:
    return name.split("/")[0] in WRITING_ROOMS or bool(WRITING_MODULES.search(name))


def test_only_commands_and_state_write() -> None:
    found = {
        name_of(path): [f"{name_of(path)}:{line} writes with {what}" for line, what in writes(tree(path))]
        for path in sources()
        if not may_write(name_of(path))
    }
    found = {name: lines for name, lines in found.items() if lines}
    problems = [line for name, lines in found.items() if name not in WRITING_EXCEPTIONS for line in lines]
    assert not problems, listing(problems)
    assert not WRITING_EXCEPTIONS.keys() - found.keys(), "these exceptions are no longer needed"


@pytest.mark.parametrize(
    "source",
    [
        "application.save(update_fields=['state'])",
        "Application.objects.create(id=1)",
        "Application.objects.filter(pk=1).update(state='x')",
        "application.delete()",
        "application.answers.all().delete()",
        "Application.objects.bulk_create(rows)",
        "await Application.objects.acreate(id=1)",
        "cursor.execute('UPDATE applications SET state = 1')",
    ],
)
def test_the_writing_rule_sees(source: str) -> None:
    assert list(writes(ast.parse(source)))


@pytest.mark.parametrize("source", ["seen.update(more)", "digest.update(b'x')", "Thing.create(1)", "names.add(x)"])
def test_the_writing_rule_lets_through(source: str) -> None:
    assert not list(writes(ast.parse(source)))


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("applications/commands.py", True),
        ("applications/commands_answers.py", True),
        ("applications/commands/file.py", True),
        ("vetting/state.py", True),
        ("casework/outbox.py", True),
        ("applications/queries.py", False),
        ("web/views.py", False),
        ("programs/statements.py", False),
    ],
)
def test_who_may_write(name: str, allowed: bool) -> None:
    assert may_write(name) is allowed


def test_modules_and_functions_stay_small() -> None:
    large = []
    for path in sources():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES_OF_A_MODULE:
            large.append(f"{name_of(path)} has {lines} lines, more than {MOST_LINES_OF_A_MODULE}")
        for function in functions(path):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > MOST_LINES_OF_A_FUNCTION:
                large.append(f"{name_of(path)}:{function.lineno} {function.name} has {length} lines")
    assert not large, listing(large)


def test_every_module_says_what_it_is() -> None:
    silent = [name_of(path) for path in sources() if path.read_text(encoding="utf-8").strip() and not _docstring(path)]
    assert not silent, listing(silent)


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|for now\b")
    left = [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marks.search(line)
    ]
    assert not left, listing(left)


def test_every_clause_marker_names_a_clause() -> None:
    wrong = []
    for path in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and _dotted(node.func) == "pytest.mark.clause"):
                continue
            if not node.args:
                wrong.append(f"{name_of(path)}:{node.lineno} a clause marker without a clause")
            for argument in node.args:
                if isinstance(argument, ast.Constant) and not _is_clause(argument.value):
                    wrong.append(f"{name_of(path)}:{node.lineno} {argument.value!r} is no clause")
    assert not wrong, listing(wrong)


def test_every_folder_of_tests_is_a_package() -> None:
    """Otherwise two test modules of one name cannot be run together."""
    folders = {path.parent for path in TESTS.rglob("test_*.py")}
    bare = [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()]
    assert not bare, listing(bare)


def test_the_rules_look_at_the_whole_package() -> None:
    """A rule that walks no files would pass for ever."""
    rooms = {room(path) for path in sources() if path.parent != SOURCE}
    assert {"law", "records", "casework", "web", "api", "cli"} <= rooms
    assert len(sources()) > 50


def _last_name(node: ast.AST) -> str:
    return _dotted(node).rsplit(".", 1)[-1]


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _names(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            yield part.attr


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(tree(path))


def _is_clause(cite: object) -> bool:
    try:
        Citation(str(cite))
    except UnknownClause:
        return False
    return True
