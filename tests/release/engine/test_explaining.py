"""A decision with its explanation: the same numbers as the policy's function, and reasons that say why."""

from __future__ import annotations

import pytest

from greenlane.law.citations import Citation
from greenlane.release.engine.explaining import explain
from greenlane.release.engine.inputs import INPUTS
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.python_target import compile_steps
from greenlane.release.engine.statuses import BENEFITS, Status
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine.making import entries

CALM = dict.fromkeys(INPUTS, 0) | {"score": 100}
THIRD = Status(3, frozenset(BENEFITS)).packed


def test_every_step_is_what_the_policy_says() -> None:
    plain = compile_steps(release_policy(), EXAMPLE.parameters, EXAMPLE.tables, tuple(release_policy().steps))
    for inputs in entries(2000):
        explained = explain(EXAMPLE, inputs)
        assert explained.values == plain(**inputs)
        assert tuple(explained.outputs) == OUTPUTS
        assert explained.outputs == {name: explained.steps[name] for name in OUTPUTS}


def test_every_reason_says_its_sentence_with_its_clause() -> None:
    said = set()
    for inputs in entries(4000):
        explained = explain(EXAMPLE, inputs)
        assert len(explained.reasons) == explained.outputs["reasons"].bit_count()
        for because in explained.reasons:
            assert str(because.sentence)
            assert Citation(because.citation)
            said.add(because.step)
    assert said == {step.name for step in release_policy().bits().values()}


@pytest.mark.clause("6 USC 966(c)(4)")
def test_a_sentence_names_the_numbers_behind_it() -> None:
    first, *others = explain(EXAMPLE, CALM | {"importer": THIRD}).reasons
    assert (first.citation, str(first.sentence)) == (
        "6 USC 966(c)(4)",
        "The score is lowered by 76 points of the importer's own.",
    )
    assert [because.step for because in others if because.step == "examined_least"]


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_the_agencies_behind_a_decision_are_named() -> None:
    explained = explain(EXAMPLE, CALM | {"authority": 0b111, "proceed": 0b001, "held": 0b010})
    assert explained.agencies == {"agencies_waiting": ("EPA",), "agencies_against": ("APH",), "criteria_met": ()}
    plain = explained.to_json()
    assert plain["policy"] == "example"
    assert plain["outputs"]["government"] == 2
    assert [row["step"] for row in plain["reasons"]] == ["agency_holds", "agency_waits"]


def test_an_input_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="importer"):
        explain(EXAMPLE, {name: 0 for name in INPUTS if name != "importer"})
