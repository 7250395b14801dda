"""A bad pack is refused whole: every problem with file, line, what and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlane.programs.packs_schema import PACKS, PackProblems, load_pack
from greenlane.programs.strict_yaml import Problem

GOOD = (Path(__file__).parent / "packs" / "harbour" / "pack.yaml").read_text(encoding="utf-8")


def refused(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    path = tmp_path / "pack.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackProblems) as caught:
        load_pack(tmp_path)
    assert all(problem.file == str(path) and str(problem.mend) for problem in caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("title: Harbour Trust", "titel: Harbour Trust", "The key 'titel' is unknown here."),
        ("agency: Port and Parcel Office of Freymark\n", "", "The key 'agency' is missing."),
        ("{rank: 2", "{rank: 3", "The ranks are [1, 3]."),
        ("from_rank: 2", "from_rank: 4", "No tier has the rank 4."),
        ("code: proven", "code: listed", "'listed' is given twice in tiers."),
        ("code: no_weighing", "code: evening_gate", "'evening_gate' is given twice in benefits."),
        ("key: double_lock", "key: has_yard", "The question 'has_yard' is asked of a bonded_warehouse twice."),
        ("identifiers: [[house_number]]", "identifiers: [[scac]]", "'scac' is not among the identifier_kinds."),
        ("nodes: [site]", "nodes: [moon]", "'nodes' is 'moon'."),
        ("by_invitation: true", 'by_invitation: "yes"', "'by_invitation' is 'yes'."),
        ("value: 24", "value: two years", "'value' is 'two years', not a whole number."),
        ("basis: policy", "basis: habit", "'basis' is 'habit'."),
        (
            'title: Use of the evening gate, from_rank: 1, citation: "19 USC 4311(b)(5)"',
            'title: Use of the evening gate, from_rank: 1, citation: "19 USC 4311(z)"',
            "'19 USC 4311(z)' is not a clause of the law.",
        ),
        (
            "title: No weighing on arrival,",
            "title: No weighing on arrival, business_types: [importer],",
            "'importer' is not a business type of the programme.",
        ),
    ],
)
def test_a_problem_is_reported_at_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert GOOD.count(old) == 1
    problems = refused(tmp_path, GOOD.replace(old, new))
    assert what in [str(problem.what) for problem in problems]


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    text = GOOD.replace('citation: "19 USC 4311(a)", nodes: [site]', 'citation: "6 USC 999", nodes: [site]')
    (problem,) = refused(tmp_path, text)
    assert problem.line == next(i for i, line in enumerate(text.splitlines(), start=1) if "6 USC 999" in line)
    assert str(problem) == (
        f"{tmp_path}/pack.yaml, line {problem.line}: '6 USC 999' is not a clause of the law. "
        "Write a clause of 6 USC 961-973 or 19 USC 4311, such as 6 USC 964(a)."
    )


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("19 USC 4311(b)(5)", "19 USC 4312").replace("code: proven", "code: listed")
    assert [str(problem.what) for problem in refused(tmp_path, text)] == [
        "'listed' is given twice in tiers.",
        "'19 USC 4312' is not a clause of the law.",
        "'19 USC 4312' is not a clause of the law.",
    ]


def test_a_folder_without_a_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackProblems, match="The file cannot be read"):
        load_pack(tmp_path)


def test_the_pack_may_be_named_by_its_file_or_its_folder() -> None:
    assert load_pack(PACKS / "ctpat" / "pack.yaml") == load_pack(PACKS / "ctpat")
