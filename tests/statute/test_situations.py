"""The reader of situations: what a lawyer writes is run as meant, and every mistake is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlane.programs.strict_yaml import DataProblems
from greenlane.statute.situations import read_situations, run, run_all

GIVEN = """\
rule: s963.measures_complete
clause: 6 USC 963(3)
given:
  cargo_kinds: []
  edition_criteria: [{number: "3.1", level: must}, {number: "3.2", level: should}]
  answers:
    - {number: "3.1", value: yes, narrative: Screened., evidence: [d]}
    - {number: "3.2", value: no}
situations:
"""


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "s963").mkdir(exist_ok=True)
    (tmp_path / "s963" / "one.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(DataProblems) as caught:
        read_situations(written(tmp_path, text))
    return [str(problem).removeprefix(f"{tmp_path}/s963/one.yaml, ") for problem in caught.value.problems]


def difference(tmp_path: Path, entry: str) -> str:
    (outcome,) = run_all(written(tmp_path, GIVEN + entry))
    assert outcome.as_expected is (not outcome.differences)
    return "; ".join(outcome.differences)


def test_yes_and_no_are_words_and_on_is_a_key(tmp_path: Path) -> None:
    (situation,) = read_situations(written(tmp_path, GIVEN + "  - {name: As given, verdict: granted}\n"))
    answers = situation.arguments["answers"]
    assert [answer.value for answer in answers] == ["yes", "no"]
    assert situation.line == 10
    assert str(situation) == "s963_measures.measures_complete: As given"
    assert run(situation).as_expected


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("  - {name: n, verdict: granted, because: [measures_complete]}", ""),
        ("  - {name: n, verdict: granted, because: [charm]}", "no reason is 'charm'"),
        ("  - {name: n, verdict: refused, because: [charm]}", "expected refused, and the rule answers granted"),
        ("  - {name: n, verdict: value, value: 3}", "the rule answers granted or refused"),
        ("  - {name: n, verdict: granted, clause: 6 USC 973(a)}", "cite 6 USC 973(a)"),
        ("  - {name: n, verdict: granted, without: [answers.0]}", "criterion_unanswered@3.1"),
        (
            "  - {name: n, verdict: refused, without: [answers.0], because: [criterion_unanswered@3.1]}",
            "refused also because of measures_complete",
        ),
        (
            "  - {name: n, verdict: refused, without: [answers.0, answers.1], because: "
            "[criterion_unanswered@3.1, criterion_unanswered@3.2, measures_complete]}",
            "",
        ),
        ("  - {name: n, verdict: refused, when: {answers.1.value: ''}, because: [6 USC 963(3)]}", ""),
        ("  - {name: n, verdict: refused, when: {answers.2: {number: '9', value: no}}, because: [6 USC 963(3)]}", ""),
    ],
)
def test_a_situation_that_does_not_hold_says_what_the_rule_answered(tmp_path: Path, entry: str, said: str) -> None:
    told = difference(tmp_path, entry)
    assert said in told
    assert bool(told) is bool(said)


def test_a_value_is_compared_as_it_is_written(tmp_path: Path) -> None:
    text = "rule: s964.tier_one_cap\nclause: 6 USC 964(a)\ngiven: {threshold_points: 190}\nsituations:\n"
    (right,) = run_all(written(tmp_path, text + "  - {name: n, verdict: value, value: 38}\n"))
    assert right.as_expected
    (wrong,) = run_all(written(tmp_path, text + "  - {name: n, verdict: value, value: 39}\n"))
    assert wrong.differences == ("expected 39, and the rule answers 38",)
    (verdict,) = run_all(written(tmp_path, text + "  - {name: n, verdict: granted}\n"))
    assert verdict.differences == ("the rule answers a value (38); write 'verdict: value' and the value",)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("  - {name: n, verdict: maybe}", "line 10: 'verdict' is 'maybe'."),
        ("  - {name: n}", "line 10: The key 'verdict' is missing. Add it."),
        ("  - {name: n, verdict: refused}", "line 10: A refusal needs its grounds."),
        ("  - {name: n, verdict: value}", "line 10: The verdict is 'value', but no value is given."),
        ("  - {name: n, verdict: granted, on: 2026-01-01}", "line 10: There is no 'on' here."),
        ("  - {name: n, verdict: granted, clause: 6 USC 999}", "line 10: '6 USC 999' is not a clause of the law."),
        ("  - name: n\n    verdict: granted\n    when:\n      answers.0.valu: no", "line 13: There is no 'valu' here."),
        (
            "  - name: n\n    verdict: granted\n    when:\n      answers.0.value: 3",
            "line 13: 'value' must be text, not 3.",
        ),
        ("  - {name: n, verdict: granted, when: {answers.7.value: no}}", "line 10: 'answers.7.value' leads nowhere"),
        ("  - {name: n, verdict: granted, when: {answers.x: no}}", "line 10: 'answers.x' leads nowhere"),
        ("  - {name: n, verdict: granted, without: [answers.7]}", "line 10: 'answers.7' leads nowhere"),
        ("  - {name: n, verdict: granted, without: [answers.0.value]}", "line 7: Missing: value."),
        ("  - {name: n, verdict: granted, without: [answers]}", "line 3: Missing: answers. Add it under 'given'."),
        ("  - {name: n, verdict: granted, when: {answers: all}}", "line 10: 'answers' must be a list, not 'all'."),
        ("  - {name: n, verdict: granted, when: {answers: [all]}}", "line 10: '0' needs keys and values, not 'all'."),
    ],
)
def test_a_lawyers_mistake_is_named_with_its_line(tmp_path: Path, entry: str, said: str) -> None:
    (told,) = mistakes(tmp_path, GIVEN + entry + "\n")
    assert told.startswith(said)


def test_an_unknown_rule_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    head = "clause: 6 USC 962\nsituations: [{name: n, verdict: granted}]\nrule: "
    (told,) = mistakes(tmp_path, head + "s962.elegible\n")
    known = "s962.becomes_of, s962.eligible, s962.may_merge, s962.may_open_out_of, s962.may_split"
    assert told == (
        f"line 3: There is no rule 's962.elegible'. Rules of that section: {known}, s962.stands_after_split."
    )


def test_an_unknown_programme_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    text = "rule: s961.programme_has_tiers\nclause: 6 USC 961(a)\ngiven: {terms: moon}\nsituations:\n"
    (told,) = mistakes(tmp_path, text + "  - {name: n, verdict: granted}\n")
    assert told == "line 3: There is no programme 'moon'. There is: ctpat."


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    two = GIVEN + "  - {name: a, verdict: refused}\n  - {name: b, verdict: value}\n"
    (written(tmp_path, two) / "s963" / "two.yaml").write_text("rule: [\n", encoding="utf-8")
    with pytest.raises(DataProblems) as caught:
        read_situations(tmp_path)
    assert [Path(problem.file).name for problem in caught.value.problems] == ["one.yaml", "one.yaml", "two.yaml"]
