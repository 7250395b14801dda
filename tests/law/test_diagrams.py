"""Diagrams come from the tables, and the committed page is the one that the tables give."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from greenlane.law.diagrams import dot, main, mermaid, page, table
from greenlane.law.procedures import CERTIFICATION, Procedure
from greenlane.law.procedures_lives import APPEAL
from greenlane.law.procedures_registry import procedures

COMMITTED = Path(__file__).parents[2] / "docs" / "statute" / "procedures.md"
EACH = pytest.mark.parametrize("procedure", procedures(), ids=lambda p: p.kind)


def test_the_committed_page_is_fresh() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == page(), "run: python -m greenlane.law.diagrams " + str(COMMITTED)


@EACH
def test_diagrams_show_every_state_and_every_change(procedure: Procedure) -> None:
    drawn, graph, rows = mermaid(procedure), dot(procedure), table(procedure)
    assert drawn.startswith("stateDiagram-v2\n")
    for move in procedure.moves:
        assert move.command in rows
        for target in move.targets:
            if target != move.source:
                line = next(
                    ln for ln in drawn.splitlines() if ln.startswith(f"    {move.source or '[*]'} --> {target}:")
                )
                assert move.command in line
                assert f'-> "{target}"' in graph
    for state in procedure.states:
        assert f'"{state}" [shape={"doublecircle" if state in procedure.final else "box"}]' in graph
        assert (f"    {state} --> [*]" in drawn) == (state in procedure.final)


def test_an_appeal_drawn() -> None:
    assert "    [*] --> filed: FileAppeal\n" in mermaid(APPEAL)
    assert '    start -> "filed" [label="FileAppeal"];' in dot(APPEAL)
    assert "| recommended | CertifyTierOne | certified | 6 USC 964(a) |" in table(CERTIFICATION)
    assert "| under_review | ReviewCriteria | stays | 6 USC 964(b) |" in table(CERTIFICATION)


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "new" / "procedures.md"
    assert main([str(target)]) == 0
    assert target.read_text(encoding="utf-8") == page()
    assert main([]) == 2
    assert "Name the file to write" in capsys.readouterr().err


def test_it_runs_as_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "procedures.md"
    monkeypatch.setattr(sys, "argv", ["diagrams", str(target)])
    monkeypatch.delitem(sys.modules, "greenlane.law.diagrams")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("greenlane.law.diagrams", run_name="__main__")
    assert ended.value.code == 0
    assert target.read_text(encoding="utf-8") == page()
