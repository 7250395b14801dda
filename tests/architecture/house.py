"""How the architecture tests read the project: its files as text and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "greenlane"
TESTS = ROOT / "tests"
LEFT_OUT = {"var", "test-results", "dist", "htmlcov", "__pycache__", ".git", ".coverage"}
HIDDEN_BUT_OURS = {".ci", ".github"}


def name_of(path: Path) -> str:
    """The path as the tables below write it: from the package for sources, from the project for all else."""
    return path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT).as_posix()


@cache
def sources() -> tuple[Path, ...]:
    """Every Python file of the package except migrations, which Django writes."""
    return tuple(sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts))


def room(path: Path) -> str:
    """The first folder under the package: 'law', 'casework', ..."""
    return path.relative_to(SOURCE).parts[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that *path* imports, absolute imports only."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Every text file of the project with its text; caches, data folders and binary files are left out."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        folders = path.relative_to(ROOT).parts[:-1]
        hidden = any(part.startswith(".") and part not in HIDDEN_BUT_OURS for part in folders)
        if hidden or LEFT_OUT & {*folders, path.name} or not path.is_file():
            continue
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return tuple(found)


def listing(problems: list[str]) -> str:
    """The problems as an assertion message."""
    return "\n" + "\n".join(problems)
