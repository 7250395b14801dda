"""Verdicts: granted when every reason holds, each reason with its clause; and the register of rules."""

from __future__ import annotations

import pytest

from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.sentences import Sentence
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule, rules


def reason(holds: bool, cite: str = "6 USC 964(b)") -> Reason:
    return finding(cite, "vetted", holds, "Vetted %(n)d times.", "Not vetted.", mend="Vet.", where="vetting", n=2)


def test_granted_only_when_every_reason_holds() -> None:
    assert Verdict((reason(True), reason(True))).granted
    mixed = all_of([reason(True), reason(False, "6 USC 962"), reason(True)])
    assert not mixed.granted
    assert [r.citation.cite for r in mixed.failing] == ["6 USC 962"]
    assert mixed.citations == (Citation("6 USC 964(b)"), Citation("6 USC 962"))
    assert not Verdict((reason(True),)).and_(mixed).granted
    assert len(Verdict((reason(True),)).and_(mixed).reasons) == 4


def test_a_verdict_without_reasons_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least one reason"):
        all_of([])


def test_a_finding_says_one_thing_or_the_other() -> None:
    good, bad = reason(True), reason(False)
    assert (str(good.sentence), good.mend) == ("Vetted 2 times.", None)
    assert (str(bad.sentence), str(bad.mend), bad.where) == ("Not vetted.", "Vet.", "vetting")
    assert finding("6 USC 962", "x", False, "yes", "no").mend is None


def test_verdicts_go_into_the_record_and_back() -> None:
    verdict = Verdict((reason(True), reason(False)))
    assert Verdict.from_json(verdict.to_json()) == verdict
    assert verdict.to_json()["granted"] is False
    plain = Reason(Citation("6 USC 962"), "x", Sentence("x"), True)
    assert Reason.from_json({k: v for k, v in plain.to_json().items() if k not in ("mend", "where")}) == plain


def test_rules_are_registered_with_clause_and_summary() -> None:
    import greenlane.law.clocks

    assert greenlane.law.clocks.filing_window
    found = {f"{r.module}.{r.name}": r for r in rules()}
    entry = found["filing.filing_window"]
    assert [c.cite for c in entry.citations] == ["6 USC 967(c)(1)", "6 USC 967(c)(2)"]
    assert entry.summary.startswith("Is this filed in time?")
    assert entry.function is greenlane.law.clocks.filing_window
    assert list(found) == sorted(found)


def test_a_rule_needs_a_clause_that_exists_and_a_docstring() -> None:
    before = rules()
    with pytest.raises(UnknownClause):
        rule("6 USC 1")
    with pytest.raises(ValueError, match="needs a docstring"):
        rule("6 USC 962")(lambda: None)
    assert rules() == before
