"""The 134 clauses, and citations that fail where no such clause exists."""

from __future__ import annotations

import pytest

from greenlane.law.citations import Citation, UnknownClause, all_clauses, citations, cites


def test_all_clauses_of_both_laws() -> None:
    assert len(all_clauses()) == len(citations()) == 134
    assert len({clause.cite for clause in all_clauses()}) == 134
    assert all_clauses()[0].cite == "6 USC 961"
    assert {c.section for c in citations()} == {*(str(n) for n in range(961, 974)), "4311"}
    assert len({c.slug for c in citations()}) == 134


def test_an_unknown_clause_fails_at_once() -> None:
    with pytest.raises(UnknownClause, match=r"'6 USC 964\(z\)' is not a clause"):
        Citation("6 USC 964(z)")
    with pytest.raises(UnknownClause):
        cites("6 USC 964(c)", "6 USC 974")


@pytest.mark.parametrize(
    ("typed", "cite"),
    [
        ("964(c)", "6 USC 964(c)"),
        ("6 USC 964(c)", "6 USC 964(c)"),
        ("6 u.s.c. 964(c)", "6 USC 964(c)"),
        ("6 U.S.C. § 964 (c)", "6 USC 964(c)"),
        ("  963(2)(A) ", "6 USC 963(2)(A)"),
        ("6:964", "6 USC 964"),
        ("19 USC 4311(b)(1)", "19 USC 4311(b)(1)"),
        ("4311(b)(4)(D)", "19 USC 4311(b)(4)(D)"),
    ],
)
def test_what_people_type(typed: str, cite: str) -> None:
    assert Citation.parse(typed) == Citation(cite)


@pytest.mark.parametrize("typed", ["", "the law", "960(a)", "964(c", "964(z)", "42 USC 1983"])
def test_what_is_no_citation(typed: str) -> None:
    with pytest.raises(UnknownClause):
        Citation.parse(typed)


@pytest.mark.parametrize("citation", citations(), ids=str)
def test_every_citation_can_be_typed_back(citation: Citation) -> None:
    assert Citation.parse(str(citation)) == citation
    assert all(child.parent == citation for child in citation.children())


def test_the_tree_and_the_text() -> None:
    deep = Citation("19 USC 4311(b)(4)(D)")
    assert [c.cite for c in deep.ancestors()] == ["19 USC 4311(b)(4)", "19 USC 4311(b)", "19 USC 4311"]
    assert deep.slug == "19-usc-4311-b-4-d"
    assert [c.cite for c in Citation("6 USC 967(c)").children()] == ["6 USC 967(c)(1)", "6 USC 967(c)(2)"]
    assert Citation("6 USC 967(c)").heading == "Right of appeal"
    assert Citation("6 USC 963(1)").heading is None
    assert "within 90 days of receipt" in Citation("6 USC 964(c)").text
    assert Citation("6 USC 961") < Citation("6 USC 962")
