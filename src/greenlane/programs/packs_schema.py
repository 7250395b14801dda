"""Reads a programme's pack: its terms as data, all or nothing: 961(a); 19 USC 4311(a), (b)(2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms, TermsRefused
from greenlane.programs.strict_yaml import DataProblems, Document, Problem, Strict, Where, fit, read

PACKS = Path(__file__).parent / "packs"
"""The packs that come with the product, one folder each."""

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=300)]
Some = Field(min_length=1)


class PackProblems(DataProblems):
    """Everything wrong with a pack; nothing of it is loaded."""


class TierForm(Strict):
    rank: Annotated[int, Field(ge=1)]
    code: Code
    title: Words
    citations: Annotated[list[str], Some]


class QuestionForm(Strict):
    key: Code
    text: Words
    citation: str
    kind: Literal["yes_no", "date", "text", "identifier"] = "yes_no"
    expects: Literal["yes", "no"] = "yes"


class BusinessTypeForm(Strict):
    """``identifiers`` is all-of groups of any-of kinds: [[a], [b, c]] means a, and one of b and c."""

    code: Code
    title: Words
    identifiers: list[Annotated[list[str], Some]] = []
    questions: list[QuestionForm] = []
    by_invitation: bool = False
    needs_determination: bool = False


class AreaForm(Strict):
    code: Code
    title: Words
    citation: str
    nodes: Annotated[list[Literal["site", "partner", "leg"]], Some]


class CapForm(Strict):
    percent: Annotated[int, Field(ge=0, le=100)]
    of: Code
    citation: str


class BenefitForm(Strict):
    """``business_types`` left out means every business type of the programme."""

    code: Code
    title: Words
    from_rank: int
    citation: str
    cap: CapForm | None = None
    business_types: Annotated[list[str], Some] | None = None


class ParameterForm(Strict):
    value: int
    unit: Words
    basis: Literal["law", "policy"]
    citation: str
    why: Words


class ClockOverrideForm(Strict):
    clock: Code
    value: int
    unit: Words
    citation: str
    why: Words


class ConsultationForm(Strict):
    about: Words
    with_: Annotated[list[Words], Some, Field(alias="with")]
    citation: str


class OfficeForm(Strict):
    code: Code
    title: Words


class PackForm(Strict):
    code: Code
    title: Words
    agency: Words
    authority: Annotated[str, Field(min_length=1, max_length=1000)]
    citations: Annotated[list[str], Some]
    tiers: Annotated[list[TierForm], Some]
    identifier_kinds: dict[Code, Words] = {}
    cargo_kinds: Annotated[dict[Code, Words], Some]
    common_questions: list[QuestionForm] = []
    business_types: Annotated[list[BusinessTypeForm], Some]
    areas: Annotated[list[AreaForm], Some]
    benefits: list[BenefitForm] = []
    parameters: dict[Code, ParameterForm] = {}
    clock_overrides: list[ClockOverrideForm] = []
    consultations: list[ConsultationForm] = []
    screening_lists: list[Code] = []
    letters: dict[Code, Words] = {}
    portfolio_offices: list[OfficeForm] = []


def load_pack(path: Path) -> dict[str, Any]:
    """The pack in ``path`` (a pack.yaml, or the folder that holds one) as the plain mapping of ``Terms.from_mapping``.

    ``parameters`` holds the plain values; their unit, basis, citation and reason are under ``parameter_sources``.
    Raises PackProblems, which lists every problem with its file, line and remedy.
    """
    problems: list[Problem] = []
    document = read(path / "pack.yaml" if path.is_dir() else path, problems)
    form = fit(document, PackForm, problems) if document else None
    if document and form:
        problems += _citations(document)
        problems += _repeated(document, form)
        problems += _references(document, form)
    if document is None or form is None or problems:
        raise PackProblems(problems)
    data = _plain(form)
    try:
        Terms.from_mapping(data)
    except TermsRefused as error:
        what, mend = N_("The terms contradict themselves: %(reason)s."), N_("Correct the part that is named.")
        raise PackProblems(document.problem((), what, mend, reason=text) for text in error.problems) from error
    return data


def load_terms(path: Path) -> Terms:
    """The terms that the rules take as an argument. Raises PackProblems."""
    return Terms.from_mapping(load_pack(path))


def shipped_packs() -> tuple[Path, ...]:
    """The folders of the packs that come with the product, in the order of their names."""
    return tuple(sorted(pack.parent for pack in PACKS.glob("*/pack.yaml")))


def _plain(form: PackForm) -> dict[str, Any]:
    data = form.model_dump(by_alias=True, exclude_none=True)
    data["parameter_sources"] = data["parameters"]
    data["parameters"] = {name: parameter["value"] for name, parameter in data["parameters"].items()}
    return data


def _citations(document: Document) -> Iterator[Problem]:
    """Every citation in the file, at any depth, names a clause that exists."""
    for where, cite in _cited(document.value, ()):
        try:
            Citation(cite)
        except UnknownClause:
            mend = N_("Write a clause of 6 USC 961-973 or 19 USC 4311, such as 6 USC 964(a).")
            yield document.problem(where, N_("'%(cite)s' is not a clause of the law."), mend, cite=cite)


def _cited(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _cited(item, (*where, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "citation":
                yield (*where, key), item
            elif key == "citations":
                yield from (((*where, key, i), cite) for i, cite in enumerate(item))
            else:
                yield from _cited(item, (*where, key))


def _repeated(document: Document, form: PackForm) -> Iterator[Problem]:
    """Codes and question keys are unique: two questions of one key would share one answer."""
    lists: list[tuple[str, Where, list[str]]] = [
        ("code", ("tiers",), [tier.code for tier in form.tiers]),
        ("code", ("business_types",), [business_type.code for business_type in form.business_types]),
        ("code", ("areas",), [area.code for area in form.areas]),
        ("code", ("benefits",), [benefit.code for benefit in form.benefits]),
        ("code", ("portfolio_offices",), [office.code for office in form.portfolio_offices]),
        ("key", ("common_questions",), [question.key for question in form.common_questions]),
    ]
    for name, where, codes in lists:
        for i, code in enumerate(codes):
            if code in codes[:i]:
                what = N_("'%(code)s' is given twice in %(part)s.")
                yield document.problem((*where, i, name), what, N_("Rename one."), code=code, part=str(where[0]))
    for i, business_type in enumerate(form.business_types):
        seen = {question.key for question in form.common_questions}
        for j, question in enumerate(business_type.questions):
            if question.key in seen:
                what = N_("The question '%(key)s' is asked of a %(business_type)s twice.")
                place = ("business_types", i, "questions", j, "key")
                names = {"key": question.key, "business_type": business_type.code}
                yield document.problem(place, what, N_("Rename one."), **names)
            seen.add(question.key)


def _references(document: Document, form: PackForm) -> Iterator[Problem]:
    """What one part of the pack names, another part declares."""
    types = [business_type.code for business_type in form.business_types]
    ranks = [tier.rank for tier in form.tiers]
    if ranks != list(range(1, len(ranks) + 1)):
        mend = N_("Number the tiers 1, 2, 3 ... without a gap.")
        yield document.problem(("tiers",), N_("The ranks are %(ranks)s."), mend, ranks=str(ranks))
    for i, business_type in enumerate(form.business_types):
        for j, group in enumerate(business_type.identifiers):
            for kind in group:
                if kind not in form.identifier_kinds:
                    what = N_("'%(kind)s' is not among the identifier_kinds.")
                    place = ("business_types", i, "identifiers", j)
                    yield document.problem(place, what, N_("Declare it there, or correct it."), kind=kind)
    for i, benefit in enumerate(form.benefits):
        if benefit.from_rank not in ranks:
            what, mend = N_("No tier has the rank %(rank)d."), N_("Use one of %(ranks)s.")
            where = ("benefits", i, "from_rank")
            yield document.problem(where, what, mend, rank=benefit.from_rank, ranks=str(ranks))
        for code in benefit.business_types or ():
            if code not in types:
                what, mend = N_("'%(code)s' is not a business type of the programme."), N_("Choose from: %(known)s.")
                where = ("benefits", i, "business_types")
                yield document.problem(where, what, mend, code=code, known=", ".join(types))
