"""The form of a criteria catalogue's files: 961(b), 963(2)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from greenlane.criteria.catalogue import NUMBER
from greenlane.programs.strict_yaml import Strict

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=220)]
Level = Literal["must", "should"]
Status = Literal["official", "transcribed", "ours"]


class AreaForm(Strict):
    code: Code
    title: Words
    citation: Words
    hook: bool = False


class CategoryForm(Strict):
    number: Annotated[int, Field(ge=1, le=99)]
    title: Words
    focus_area: Words
    areas: Annotated[list[str], Field(min_length=1)]


class BusinessTypeForm(Strict):
    code: Code
    basis: Status


class CriterionForm(Strict):
    number: Annotated[str, Field(pattern=f"^{NUMBER.pattern}$")]
    level: Level
    level_for: dict[str, Level] = {}
    text: Words
    areas: Annotated[list[str], Field(min_length=1)] | None = None
    business_types: Annotated[list[str], Field(min_length=1)]
    cargo_kinds: Annotated[list[str], Field(min_length=1)] | None = None
    evidence_hint: Words
    number_status: Status
    notes: dict[str, Words] = {}


class PartForm(Strict):
    criteria: Annotated[list[CriterionForm], Field(min_length=1)]


class HeadForm(Strict):
    programme: Code
    title: Words
    version: Annotated[str, Field(min_length=1, max_length=40)]
    in_force_from: date
    areas: Annotated[list[AreaForm], Field(min_length=1)]
    categories: Annotated[list[CategoryForm], Field(min_length=1)]
    cargo_kinds: Annotated[list[Code], Field(min_length=1)]
    business_types: Annotated[list[BusinessTypeForm], Field(min_length=1)]
    groups: dict[str, list[str]] = {}
    criteria_files: list[str] = []
    criteria: list[CriterionForm] = []
