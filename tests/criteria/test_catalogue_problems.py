"""A bad catalogue is refused whole: every problem with file, line, what and how to mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenlane.criteria.catalogue import load_catalogue
from greenlane.criteria.catalogue_file import CatalogueProblems
from greenlane.programs import strict_yaml

HARBOUR = Path(__file__).parents[1] / "programs" / "packs" / "harbour" / "criteria.yaml"
GOOD = HARBOUR.read_text(encoding="utf-8")


def refused(path: Path) -> tuple[strict_yaml.Problem, ...]:
    with pytest.raises(CatalogueProblems) as caught:
        load_catalogue(path)
    problems = caught.value.problems
    assert all(str(problem.mend) for problem in problems)
    assert str(caught.value) == "\n".join(map(str, problems))
    return problems


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "what"),
    [
        ("    level: must\n    text: Casks", "    level: shall\n    text: Casks", "level: shall", "'level' is 'shall'"),
        ("evidence_hint: Gauge book", "evidense_hint: Gauge book", "evidense_hint", "key 'evidense_hint' is unknown"),
        ('number: "2.R1"', 'number: "1.R3"', None, r"number 1\.R3 is already used at criteria\.yaml, line"),
        ('number: "2.R1"', 'number: "3.R1"', "3.R1", "belongs to category 3, which the catalogue does not have"),
        ('number: "2.R1"', "number: 2.10", "number: 2.10", r"'number' must be text, not 2\.1"),
        ('number: "2.R1"', 'number: "two"', '"two"', "'number' is 'two', which has not the expected form"),
        ("business_types: [courier]", "business_types: [balloonist]", "[balloonist]", "names 'balloonist'"),
        ("cargo_kinds: [parcels]", "cargo_kinds: [eggs]", "[eggs]", "names 'eggs'"),
        ("areas: [road]", "areas: [rail]", "[rail]", "answers to the unknown area 'rail'"),
        ("in_force_from: 2021-03-01", 'in_force_from: "spring"', '"spring"', "'in_force_from' is 'spring', not a date"),
        (
            "in_force_from: 2021-03-01",
            "in_force_from: 2021-13-01",
            "2021-13-01",
            "cannot be read as what it looks like",
        ),
        (
            "number_status: ours\n    notes",
            "number_status: official\n    notes",
            ": official",
            r"1\.R2 is 'official'",
        ),
        ("notes: {courier:", "notes: {bonded_warehouse: x, balloonist:", "notes:", "names 'balloonist'"),
        ("title: House rules", "title: One\ntitle: House rules", "title: House rules", "key 'title' is given twice"),
        ("cargo_kinds: [parcels, casks]", "cargo_kinds: *all", "cargo_kinds: *all", "not YAML: found undefined alias"),
    ],
)
def test_a_problem_is_reported_at_its_line(tmp_path: Path, old: str, new: str, at: str | None, what: str) -> None:
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    path = tmp_path / "criteria.yaml"
    path.write_text(text, encoding="utf-8")
    problems = refused(path)
    matching = [problem for problem in problems if problem.line == line_of(text, at)] if at else problems
    assert matching, [str(problem) for problem in problems]
    assert any(re.search(what, str(problem.what)) for problem in matching), [str(problem) for problem in problems]
    assert problems[0].file == str(path)


def test_a_repeated_number_is_reported_at_the_second_place(tmp_path: Path) -> None:
    text = GOOD.replace('number: "2.R2"', 'number: "2.R1"')
    path = tmp_path / "criteria.yaml"
    path.write_text(text, encoding="utf-8")
    first, second = (i for i, line in enumerate(text.splitlines(), start=1) if '"2.R1"' in line)
    (problem,) = refused(path)
    assert problem.line == second
    assert str(problem.what) == f"The number 2.R1 is already used at criteria.yaml, line {first}."


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    path = tmp_path / "criteria.yaml"
    path.write_text(GOOD.replace("level: must", "level: shall").replace("ours", "hers"), encoding="utf-8")
    problems = refused(path)
    assert sum("'level' is 'shall'" in str(problem.what) for problem in problems) == 4
    assert sum("is 'hers'" in str(problem.what) for problem in problems) == 8
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_a_level_for_a_type_to_which_the_number_does_not_apply(tmp_path: Path) -> None:
    text = GOOD.replace(
        'number: "2.R2"\n    level: should',
        'number: "2.R2"\n    level: should\n    level_for: {bonded_warehouse: must}',
    )
    path = tmp_path / "criteria.yaml"
    path.write_text(text, encoding="utf-8")
    (problem,) = refused(path)
    assert str(problem.what) == "2.R2 does not apply to 'bonded_warehouse' but has something under 'level_for' for it."
    assert problem.line == line_of(text, "level_for: {bonded")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("broken.yaml", b"a: [1, 2\nb: }", "This is not YAML"),
        ("latin.yaml", "a: 1\ntitle: Stra\xdfe".encode("latin-1"), "not UTF-8 text"),
        ("control.yaml", b"a: \x07", "This is not YAML"),
        ("list.yaml", b"- 1\n- 2\n", "does not hold keys and values"),
        ("empty.yaml", b"", "does not hold keys and values"),
        ("deep.yaml", b"a: " + b"[" * 3000 + b"]" * 3000, "nested too deeply"),
        ("alias.yaml", b"a: &x [1]\nb: *x\n", "repeats another part"),
        ("object.yaml", b"a: !!python/object/apply:os.system [id]\n", "key 'a' is unknown"),
        ("scalar.yaml", b"a: !!python/name:os.system x\n", "cannot be read"),
        ("keys.yaml", b"1: a\n", "not a plain word"),
    ],
)
def test_a_file_that_is_not_a_catalogue_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert any(what in str(problem.what) for problem in refused(path))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MAX_BYTES", 100)
    path = tmp_path / "criteria.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert "more than 100 bytes" in str(refused(path)[0].what)


def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    assert "cannot be read" in str(refused(tmp_path / "nowhere.yaml")[0].what)
    assert "holds no *.yaml file" in str(refused(tmp_path)[0].what)


def split(tmp_path: Path, name: str) -> Path:
    head, criteria = GOOD.split("criteria:\n", 1)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "all.yaml").write_text("criteria:\n" + criteria, encoding="utf-8")
    path = tmp_path / "head.yaml"
    path.write_text(f"{head}criteria_files: [{name}]\n", encoding="utf-8")
    return path


def test_criteria_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    assert load_catalogue(split(tmp_path, "parts/all.yaml")) == load_catalogue(HARBOUR)


def test_a_problem_in_a_part_names_the_part(tmp_path: Path) -> None:
    path = split(tmp_path, "parts/all.yaml")
    part = tmp_path / "parts" / "all.yaml"
    part.write_text(part.read_text().replace("[courier]", "[balloonist]"), encoding="utf-8")
    (problem,) = refused(path)
    assert (problem.file, problem.line) == (str(part), line_of(part.read_text(), "[balloonist]"))


@pytest.mark.parametrize("name", ["../secret.yaml", "/etc/passwd", "parts/../../secret.yaml"])
def test_a_part_outside_the_folder_is_not_opened(tmp_path: Path, name: str) -> None:
    problems = refused(split(tmp_path, name))
    assert ["lies outside the catalogue's folder" in str(problem.what) for problem in problems] == [True]


def test_two_versions_of_one_day_or_two_programmes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("harbour_trust", "other_trust"), encoding="utf-8")
    whats = [str(problem.what) for problem in refused(tmp_path)]
    assert any("'other_trust' is not 'harbour_trust'" in what for what in whats)
    assert any("'version' first" in what for what in whats)
    assert any("'in_force_from' 2021-03-01" in what for what in whats)
    assert {problem.file for problem in refused(tmp_path)} == {str(tmp_path / "b.yaml")}


def test_a_business_type_without_criteria_and_a_group_of_unknowns(tmp_path: Path) -> None:
    path = tmp_path / "criteria.yaml"
    extra = "  - {code: courier, basis: ours}\n  - {code: idle, basis: ours}\ngroups: {town: [mayor]}\n"
    text = GOOD.replace("  - {code: courier, basis: ours}\n", extra)
    path.write_text(text, encoding="utf-8")
    (problem,) = refused(path)
    assert str(problem.what) == "The group uses 'mayor', which stands for nothing yet."
    path.write_text(text.replace("groups: {town: [mayor]}\n", "").replace("[all]", "[courier]"), encoding="utf-8")
    assert any(str(p.what) == "No criterion applies to 'idle'." for p in refused(path))
