"""Every situation under situations/ holds, and every operative clause has one that grants and one that refuses."""

from __future__ import annotations

from functools import cache

import pytest

from greenlane.law.citations import citations
from greenlane.law.verdicts import Verdict
from greenlane.statute.situations import Situation, read_situations, run
from tests.shared_data import ROOT

SITUATIONS = read_situations(ROOT / "situations")
HEADED_ONLY = tuple(c.cite for c in citations() if not c.text)
"""Nodes that are a heading and no words of law."""


@pytest.mark.parametrize(
    "situation", [pytest.param(s, marks=pytest.mark.clause(s.clause.cite), id=str(s)) for s in SITUATIONS]
)
def test_the_rule_answers_as_the_situation_says(situation: Situation) -> None:
    assert run(situation).differences == ()


@cache
def answers() -> dict[str, set[str]]:
    """The answers that situations show for each clause; a bare value shows neither."""
    shown: dict[str, set[str]] = {}
    for situation in SITUATIONS:
        answer = run(situation).answer
        told = {"granted" if answer.granted else "refused"} if isinstance(answer, Verdict) else set()
        shown.setdefault(situation.clause.cite, set()).update(told)
    return shown


OPERATIVE = [c.cite for c in citations() if c.cite not in HEADED_ONLY]


@pytest.mark.parametrize("cite", OPERATIVE)
def test_every_operative_clause_is_granted_and_refused_somewhere(cite: str) -> None:
    assert answers().get(cite, set()) == {"granted", "refused"}
