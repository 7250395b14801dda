"""Every clause has a row that is true: rules, commands, situations and tests, and a status that nobody typed."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

from greenlane.law.citations import Citation, UnknownClause, citations
from greenlane.law.procedures_registry import procedures
from greenlane.law.verdicts import rules
from greenlane.statute import build, coverage
from greenlane.statute.coverage import ClauseRow, Status, row, summary
from greenlane.statute.reach import rule_id, rules_asked_by, rules_in_use, rules_of_commands
from greenlane.statute.traceability import SITUATIONS_TEST, marked_tests, traces
from tests.shared_data import ROOT

ROWS = coverage.coverage()
OPERATIVE = [found for found in ROWS if not found.headed_only]


def test_every_clause_has_a_row() -> None:
    assert [found.citation for found in ROWS] == list(citations())
    assert len(ROWS) == 134
    assert len({found.page for found in ROWS}) == 134


@pytest.mark.parametrize("found", OPERATIVE, ids=lambda found: found.cite)
def test_rc_04_every_duty_has_a_rule_a_test_and_situations_both_ways(found: ClauseRow) -> None:
    """A statutory duty without the id of a rule and of a test fails here."""
    assert found.rules, "no rule"
    assert [test for test in found.tests if test != SITUATIONS_TEST], "no test of its own is marked with it"
    assert found.answered("granted"), "no situation shows it granted"
    assert found.answered("refused"), "no situation shows it refused"


def test_rc_04_a_duty_without_rule_test_and_situation_would_be_seen() -> None:
    bare = replace(row("964(b)"), rules=(), tests=(), situations=(), commands=(), reason="")
    judged = coverage._judged(bare, ())
    assert judged.status is Status.IN_PROGRESS
    told = " ".join(map(str, judged.missing))
    for lack in ("no rule", "granted", "refused", "No test", "No command"):
        assert lack in told


def test_every_marker_names_a_clause_and_is_found() -> None:
    found = marked_tests(ROOT / "tests")
    assert set(found) <= {citation.cite for citation in citations()}
    written = sum(path.read_text(encoding="utf-8").count("mark.clause(") for path in (ROOT / "tests").rglob("*.py"))
    assert written > len(found)


def test_markers_are_read_wherever_they_stand(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_one.py").write_text(
        'pytestmark = [pytest.mark.clause("6 USC 962")]\n'
        '@pytest.mark.clause("6 USC 964(a)", "6 USC 964(b)")\ndef test_a(): ...\n'
        '@pytest.mark.clause("6 USC 965(a)")\nclass TestB:\n    def test_c(self): ...\n    def helper(self): ...\n'
        '@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.clause("6 USC 970"))])\n'
        "async def test_d(x): ...\ndef helper(): ...\n",
        encoding="utf-8",
    )
    a, c, d = "tests/test_one.py::test_a", "tests/test_one.py::TestB::test_c", "tests/test_one.py::test_d"
    assert marked_tests(folder) == {
        "6 USC 962": [c, a, d],
        "6 USC 964(a)": [a],
        "6 USC 964(b)": [a],
        "6 USC 965(a)": [c],
        "6 USC 970": [d],
    }


def test_every_test_named_in_the_shipped_file_exists() -> None:
    for ids in traces().tests.values():
        for test in ids:
            file, *_cls, name = test.split("::")
            module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            names = {
                node.name for node in ast.walk(module) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            }
            assert name in names, test


def test_every_command_of_a_procedure_runs_or_is_listed_as_coming() -> None:
    from greenlane.casework.registry import COMMANDS

    listed = coverage.procedure_commands()
    index = (ROOT / "docs" / "statute" / "README.md").read_text(encoding="utf-8")
    for procedure in procedures():
        for command in procedure.commands:
            assert listed[command] is (command in COMMANDS)
            assert listed[command] or f"`{command}`" in index, f"{command} is neither registered nor listed as coming"


def test_what_the_checkout_holds_is_what_the_product_ships() -> None:
    assert not build.stale(build.traceability()), "run: python -m greenlane.statute.build"


def test_the_pages_of_the_statute_are_fresh() -> None:
    assert not build.stale(build.documents()), "run: python -m greenlane.statute.build"


def test_the_builder_refuses_a_call_that_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--force"]) == 2
    assert "--check" in capsys.readouterr().err


def test_a_clause_that_works_has_everything() -> None:
    working = [found for found in ROWS if found.status is Status.WORKS]
    assert working
    for found in working:
        below = [row(child.cite) for child in found.citation.children()]
        assert not found.missing
        assert found.commands or any(child.commands for child in below)
        assert all(move.runs for move in found.moves)
        assert all(child.status is not Status.IN_PROGRESS for child in below)


def test_what_is_not_finished_says_what_is_missing() -> None:
    for found in ROWS:
        assert bool(found.missing) is (found.status is Status.IN_PROGRESS)
    for section in ("961", "969", "4311"):
        assert row(section).status is Status.IN_PROGRESS
        assert "In progress below it" in str(row(section).missing[-1])


def test_outside_software_is_a_clause_with_a_reason() -> None:
    for cite, reason in coverage.outside_software().items():
        assert Citation(cite)
        assert len(reason) > 20


def test_a_clause_said_to_be_outside_software_is_shown_so() -> None:
    judged = coverage._judged(replace(row("972"), reason="Congress appropriates; a program cannot."), ())
    assert judged.status is Status.OUTSIDE
    assert judged.missing == ()


def test_the_counts_add_up() -> None:
    counted = summary()
    assert counted.all == 134
    assert counted.to_json()["works"] == sum(found.status is Status.WORKS for found in ROWS)
    assert summary([]).all == 0


@pytest.mark.clause("6 USC 964(b)")
def test_the_rules_of_a_command_are_found_through_its_code() -> None:
    asked = rules_of_commands()["CertifyTierOne"]
    assert {"s964.may_certify", "s964_investigation.investigation_cleared"} <= asked
    assert "s965.may_validate" not in asked
    line = next(line for line in row("964(b)").commands if line.name == "CertifyTierOne")
    assert "s964.may_certify" in line.asks
    assert line.offices == ("supervisor",)


def test_a_rule_in_use_is_a_rule() -> None:
    known = {rule_id(rule) for rule in rules()}
    assert rules_in_use() < known
    assert "s964.may_certify" in rules_in_use()
    assert rules_asked_by(print) == frozenset()


def test_a_row_is_plain_data_for_programs() -> None:
    plain = json.loads(json.dumps(row("6 u.s.c. 964(c)").to_json()))
    assert plain["cite"] == "6 USC 964(c)"
    assert plain["page"] == "/law/6-usc-964-c/"
    assert plain["clocks"][0]["force"] == "practicable"
    assert next(value["value"] for value in plain["parameters"]) == 90
    assert plain["situations"]["refused"] >= 1


def test_an_unknown_clause_is_refused_with_how_to_write_it() -> None:
    with pytest.raises(UnknownClause, match="write for example"):
        row("964(c")
