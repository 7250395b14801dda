"""Each reason for which a room refuses is named in a test, and what decides is locked (6 USC 971(b))."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from greenlane.casework.registry import COMMANDS, CommandSpec
from greenlane.law.procedures_registry import procedure_of
from tests.architecture import house

ROOMS = (
    "appeals",
    "consequences",
    "participants",
    "profiles",
    "revalidation",
    "sharing",
    "validation",
    "validators",
)
"""The rooms of a participant's life after, and beside, its application."""

IN_ORDER = ("holds", "yes", "no")
"""How ``finding`` takes its words after the clause and the code."""


def refusals(path: Path) -> Iterator[tuple[str, int]]:
    """Code and line of each finding that a file can answer with no. One that says nothing then, never does."""
    for node in ast.walk(house.tree(path)):
        if not isinstance(node, ast.Call):
            continue
        given = {word.arg: word.value for word in node.keywords}
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called == "finding":
            given |= dict(zip(("cite", "code", *IN_ORDER), node.args, strict=False))
            if _constant(given.get("holds")) is True or _constant(given.get("no")) == "":
                continue
        elif called not in {"filled", "on_file", "written_text"}:
            continue
        code = _constant(given.get("code"))
        if isinstance(code, str):
            yield code, node.lineno


def _constant(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


@cache
def named_in_tests() -> frozenset[str]:
    """Every word that a test of a room names as a text; the tests of the pure rules prove no command."""
    words: set[str] = set()
    for path in house.TESTS.rglob("*.py"):
        if path.parent.name not in {"law", "architecture"}:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            words |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return frozenset(words)


@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize("room", ROOMS)
def test_each_reason_for_which_a_room_refuses_is_named_in_a_test(room: str) -> None:
    files = [path for path in house.sources() if house.room(path) == room]
    found = {code: f"{house.name_of(path)}:{line}" for path in files for code, line in refusals(path)}
    assert found, f"{room} refuses nothing?"
    unproved = {where: code for code, where in found.items() if code not in named_in_tests()}
    assert not unproved, f"no test refuses for: {unproved}"


def test_the_reader_of_refusals_finds_what_can_be_refused_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(
        'finding("6 USC 962", "real", x > 1, N_("Yes."), N_("No."))\n'
        'finding("6 USC 962", "never", True, N_("Yes."), N_("No."))\n'
        'finding("6 USC 962", "nor_this", x, N_("Yes."), "")\n'
        'filled(CITE, "name", text, code="named")\n'
        'other(code="nothing")\n'
    )
    assert list(refusals(file)) == [("real", 1), ("named", 4)]


# ----------------------------------------------------------------------------------------------------- locks


DECIDES = re.compile(
    r"^(Accept|Affirm|Authorize|Certify|Conclude|Confirm(?!Visit)|Decide|Deny|Determine|Drop|End|Expel|Lift|Merge|Publish"
    r"|Refuse|Reinstate|Reject|Restore|Revoke|Split|Suspend|Take|Validate)"
)


def deciding() -> list[CommandSpec]:
    return [spec for spec in COMMANDS.values() if spec.room in ROOMS and DECIDES.match(spec.name)]


@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize("spec", deciding(), ids=lambda spec: spec.name)
def test_what_decides_holds_a_lock_on_what_it_decides(spec: CommandSpec) -> None:
    """The case or the register is locked before anything is read, or the handler itself locks it by name."""
    if spec.case_field or spec.lock_field:
        fields = {field.name for field in spec.fields}
        assert (spec.case_field or spec.lock_field) in fields, f"{spec.name} has no such field to lock"
        return
    assert locks_by_name(spec.name), f"{spec.name} decides without a lock"


def locks_by_name(command: str) -> bool:
    """Does the handler of a command take a lock of its own before it answers?"""
    for path in house.sources():
        if house.room(path) != COMMANDS[command].room:
            continue
        for node in house.tree(path).body:
            if isinstance(node, ast.FunctionDef) and any(_handles(word, command) for word in node.decorator_list):
                calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
                called = {ast.unparse(call.func).rpartition(".")[2] for call in calls}
                return bool(called & {"alone", "lock_accounts", "locked"})
    return False


def _handles(word: ast.expr, command: str) -> bool:
    return isinstance(word, ast.Call) and ast.unparse(word) == f"handles({command})"


@pytest.mark.clause("6 USC 971(b)")
def test_every_step_of_a_case_is_taken_on_the_locked_case() -> None:
    """A command of a procedure names the case that it moves, or opens one under a register that is locked."""
    loose = []
    for spec in COMMANDS.values():
        for kind in spec.procedures:
            opens = procedure_of(kind).move(spec.name, None) is not None
            if not spec.case_field and not (opens and (spec.lock_field or locks_by_name(spec.name))):
                loose.append(f"{spec.name} in {kind}")
    assert not loose
