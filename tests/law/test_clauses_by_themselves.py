"""Each item of a list in the law decides by itself: where it alone is not met, the answer is no, and names it."""

from __future__ import annotations

from functools import cache

import pytest

from greenlane.law.verdicts import Reason, Verdict
from greenlane.statute.situations import read_situations, run
from tests.shared_data import ROOT


@cache
def verdicts() -> dict[str, tuple[Verdict, ...]]:
    """What the rules answer in the situations of each clause; bare values are left out."""
    found: dict[str, list[Verdict]] = {}
    for situation in read_situations(ROOT / "situations"):
        answer = run(situation).answer
        if isinstance(answer, Verdict):
            found.setdefault(situation.clause.cite, []).append(answer)
    return {cite: tuple(answers) for cite, answers in found.items()}


@pytest.mark.parametrize(
    "cite",
    [
        pytest.param("6 USC 965(b)(1)", marks=pytest.mark.clause("6 USC 965(b)(1)")),
        pytest.param("6 USC 965(b)(2)", marks=pytest.mark.clause("6 USC 965(b)(2)")),
        pytest.param("6 USC 965(b)(3)", marks=pytest.mark.clause("6 USC 965(b)(3)")),
        pytest.param("6 USC 966(b)(1)", marks=pytest.mark.clause("6 USC 966(b)(1)")),
        pytest.param("6 USC 966(b)(2)", marks=pytest.mark.clause("6 USC 966(b)(2)")),
        pytest.param("6 USC 966(b)(3)", marks=pytest.mark.clause("6 USC 966(b)(3)")),
        pytest.param("6 USC 966(b)(4)", marks=pytest.mark.clause("6 USC 966(b)(4)")),
        pytest.param("6 USC 966(c)(1)", marks=pytest.mark.clause("6 USC 966(c)(1)")),
        pytest.param("6 USC 966(c)(2)", marks=pytest.mark.clause("6 USC 966(c)(2)")),
        pytest.param("6 USC 966(c)(3)", marks=pytest.mark.clause("6 USC 966(c)(3)")),
        pytest.param("6 USC 966(c)(4)", marks=pytest.mark.clause("6 USC 966(c)(4)")),
        pytest.param("6 USC 968(d)(1)", marks=pytest.mark.clause("6 USC 968(d)(1)")),
        pytest.param("6 USC 968(d)(2)(A)", marks=pytest.mark.clause("6 USC 968(d)(2)(A)")),
        pytest.param("6 USC 968(d)(3)", marks=pytest.mark.clause("6 USC 968(d)(3)")),
        pytest.param("6 USC 968(e)", marks=pytest.mark.clause("6 USC 968(e)")),
        pytest.param("6 USC 968(f)(2)", marks=pytest.mark.clause("6 USC 968(f)(2)")),
        pytest.param("6 USC 968(g)(1)", marks=pytest.mark.clause("6 USC 968(g)(1)")),
        pytest.param("6 USC 968(g)(2)", marks=pytest.mark.clause("6 USC 968(g)(2)")),
        pytest.param("6 USC 968(g)(2)(A)", marks=pytest.mark.clause("6 USC 968(g)(2)(A)")),
        pytest.param("6 USC 968(h)", marks=pytest.mark.clause("6 USC 968(h)")),
        pytest.param("6 USC 968(i)(1)", marks=pytest.mark.clause("6 USC 968(i)(1)")),
        pytest.param("6 USC 968(i)(2)", marks=pytest.mark.clause("6 USC 968(i)(2)")),
        pytest.param("6 USC 968(i)(3)", marks=pytest.mark.clause("6 USC 968(i)(3)")),
        pytest.param("6 USC 968(i)(4)", marks=pytest.mark.clause("6 USC 968(i)(4)")),
        pytest.param("6 USC 968(i)(5)", marks=pytest.mark.clause("6 USC 968(i)(5)")),
        pytest.param("6 USC 969(3)(A)", marks=pytest.mark.clause("6 USC 969(3)(A)")),
        pytest.param("6 USC 969(3)(C)", marks=pytest.mark.clause("6 USC 969(3)(C)")),
        pytest.param("6 USC 971(a)(3)", marks=pytest.mark.clause("6 USC 971(a)(3)")),
        pytest.param("6 USC 971(d)(1)", marks=pytest.mark.clause("6 USC 971(d)(1)")),
        pytest.param("6 USC 971(d)(2)", marks=pytest.mark.clause("6 USC 971(d)(2)")),
        pytest.param("6 USC 973(a)(1)", marks=pytest.mark.clause("6 USC 973(a)(1)")),
        pytest.param("6 USC 973(a)(2)", marks=pytest.mark.clause("6 USC 973(a)(2)")),
        pytest.param("6 USC 973(a)(3)", marks=pytest.mark.clause("6 USC 973(a)(3)")),
        pytest.param("6 USC 973(b)(1)", marks=pytest.mark.clause("6 USC 973(b)(1)")),
        pytest.param("6 USC 973(b)(2)", marks=pytest.mark.clause("6 USC 973(b)(2)")),
        pytest.param("6 USC 973(b)(3)", marks=pytest.mark.clause("6 USC 973(b)(3)")),
        pytest.param("6 USC 973(b)(4)", marks=pytest.mark.clause("6 USC 973(b)(4)")),
        pytest.param("6 USC 973(b)(5)", marks=pytest.mark.clause("6 USC 973(b)(5)")),
        pytest.param("19 USC 4311(b)(1)", marks=pytest.mark.clause("19 USC 4311(b)(1)")),
        pytest.param("19 USC 4311(b)(2)", marks=pytest.mark.clause("19 USC 4311(b)(2)")),
        pytest.param("19 USC 4311(b)(4)(B)", marks=pytest.mark.clause("19 USC 4311(b)(4)(B)")),
        pytest.param("19 USC 4311(c)(1)", marks=pytest.mark.clause("19 USC 4311(c)(1)")),
        pytest.param("19 USC 4311(c)(2)(A)", marks=pytest.mark.clause("19 USC 4311(c)(2)(A)")),
        pytest.param("19 USC 4311(c)(2)(B)", marks=pytest.mark.clause("19 USC 4311(c)(2)(B)")),
        pytest.param("19 USC 4311(c)(2)(C)", marks=pytest.mark.clause("19 USC 4311(c)(2)(C)")),
        pytest.param("19 USC 4311(c)(2)(D)", marks=pytest.mark.clause("19 USC 4311(c)(2)(D)")),
        pytest.param("19 USC 4311(c)(4)", marks=pytest.mark.clause("19 USC 4311(c)(4)")),
        pytest.param("19 USC 4311(c)(5)", marks=pytest.mark.clause("19 USC 4311(c)(5)")),
        pytest.param("19 USC 4311(c)(6)", marks=pytest.mark.clause("19 USC 4311(c)(6)")),
        pytest.param("19 USC 4311(c)(7)", marks=pytest.mark.clause("19 USC 4311(c)(7)")),
        pytest.param("19 USC 4311(c)(8)", marks=pytest.mark.clause("19 USC 4311(c)(8)")),
        pytest.param("19 USC 4311(c)(9)", marks=pytest.mark.clause("19 USC 4311(c)(9)")),
    ],
)
def test_rc_04_a_clause_refuses_alone_and_is_named_when_it_holds(cite: str) -> None:
    refused = [verdict for verdict in verdicts()[cite] if not verdict.granted]
    granted = [verdict for verdict in verdicts()[cite] if verdict.granted]
    assert any({reason.citation.cite for reason in verdict.failing} == {cite} for verdict in refused)
    assert any(reason.citation.cite == cite for verdict in granted for reason in verdict.reasons)


@pytest.mark.parametrize(
    "cite",
    [
        pytest.param("6 USC 968(d)", marks=pytest.mark.clause("6 USC 968(d)")),
        pytest.param("6 USC 968(d)(2)", marks=pytest.mark.clause("6 USC 968(d)(2)")),
        pytest.param("6 USC 968(f)(1)", marks=pytest.mark.clause("6 USC 968(f)(1)")),
        pytest.param("6 USC 969", marks=pytest.mark.clause("6 USC 969")),
        pytest.param("6 USC 969(3)", marks=pytest.mark.clause("6 USC 969(3)")),
        pytest.param("19 USC 4311(b)", marks=pytest.mark.clause("19 USC 4311(b)")),
        pytest.param("19 USC 4311(b)(4)", marks=pytest.mark.clause("19 USC 4311(b)(4)")),
        pytest.param("19 USC 4311(c)(2)", marks=pytest.mark.clause("19 USC 4311(c)(2)")),
    ],
)
def test_rc_04_a_clause_that_introduces_others_stands_and_falls_with_them(cite: str) -> None:
    refused = [verdict for verdict in verdicts()[cite] if not verdict.granted]
    granted = [verdict for verdict in verdicts()[cite] if verdict.granted]
    assert refused
    assert all(any(under(cite, reason) for reason in verdict.failing) for verdict in refused)
    assert any(under(cite, reason) for verdict in granted for reason in verdict.reasons)


def under(cite: str, reason: Reason) -> bool:
    """Does the reason name a clause that stands under *cite*?"""
    return cite in {above.cite for above in reason.citation.ancestors()}
