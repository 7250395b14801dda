"""Diagrams and the page of the procedures, generated from their tables: 971(a)(3)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from greenlane.law.procedures import Procedure
from greenlane.law.procedures_registry import procedures

REGENERATE = "python -m greenlane.law.diagrams docs/statute/procedures.md"


def _edges(procedure: Procedure) -> dict[tuple[str | None, str], list[str]]:
    """The commands between each two states, in the order of the table; moves that stay where they are left out."""
    edges: dict[tuple[str | None, str], list[str]] = {}
    for move in procedure.moves:
        for target in move.targets:
            if target != move.source:
                edges.setdefault((move.source, target), []).append(move.command)
    return edges


def mermaid(procedure: Procedure) -> str:
    """The procedure as a Mermaid ``stateDiagram-v2``."""
    lines = ["stateDiagram-v2"]
    for (source, target), commands in _edges(procedure).items():
        lines.append(f"    {source or '[*]'} --> {target}: {' / '.join(commands)}")
    lines += [f"    {state} --> [*]" for state in procedure.final]
    return "\n".join(lines) + "\n"


def dot(procedure: Procedure) -> str:
    """The procedure as a Graphviz digraph; final states have a double border."""
    lines = [f'digraph "{procedure.kind}" {{', "    rankdir=LR;", "    start [shape=point];"]
    for state in procedure.states:
        shape = "doublecircle" if state in procedure.final else "box"
        lines.append(f'    "{state}" [shape={shape}];')
    for (source, target), commands in _edges(procedure).items():
        origin = "start" if source is None else f'"{source}"'
        label = "\\n".join(commands)
        lines.append(f'    {origin} -> "{target}" [label="{label}"];')
    return "\n".join([*lines, "}"]) + "\n"


def table(procedure: Procedure) -> str:
    """Every move as a row: from, command, to, clause."""
    lines = ["| from | command | to | clause |", "|---|---|---|---|"]
    for move in procedure.moves:
        to = "stays" if move.targets == (move.source,) else ", ".join(move.targets)
        lines.append(f"| {move.source or 'start'} | {move.command} | {to} | {move.citation} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page of the procedures, as Markdown."""
    parts = [
        "# The procedures\n",
        f"Generated from the transition tables in `greenlane.law` by `{REGENERATE}`; do not edit.\n",
    ]
    for procedure in procedures():
        parts += [
            f"## {procedure.title}\n",
            f"States: {', '.join(procedure.states)}. Final: {', '.join(procedure.final)}.\n",
            f"```mermaid\n{mermaid(procedure)}```\n",
            table(procedure),
        ]
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> int:
    """Write the page to the file named, or say how to call this. Returns 0 or 2."""
    if len(arguments) != 1:
        sys.stderr.write(f"Name the file to write: {REGENERATE}\n")
        return 2
    path = Path(arguments[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
