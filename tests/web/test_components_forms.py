"""Forms: mark-up tied together for assistive technology, lenient dates with exact meaning, forms made from commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from greenlane.web import forms
from greenlane.web.command_forms import command_form
from greenlane.web.rendering import problems, render_field, render_fields
from greenlane.web.style_guide import SampleForm


class Dated(forms.GreenlaneForm):
    day = forms.MemorableDateField(label="Day", earliest=date(2020, 1, 1), latest=date(2030, 12, 31))


def dated(month: str = "", day: str = "", year: str = "") -> Dated:
    return Dated({"day_month": month, "day_day": day, "day_year": year})


@pytest.mark.parametrize("month", ["2", "02", "Feb", "feb.", "February", "FEBRUARY"])
def test_a_month_is_a_number_or_a_name(month: str) -> None:
    form = dated(month, "29", "2024")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("2", "30", "2025"), "February 2025 has days 1 to 28. You gave “30”."),
        (("2", "29", "2025"), "February 2025 has days 1 to 28. You gave “29”."),
        (("13", "1", "2025"), "The month must be a number from 1 to 12 or its name. You gave “13”."),
        (("2", "1", "25"), "The year must have four digits, for example 2026. You gave “25”."),
        (("2", "", "2025"), "The date also needs: day."),
        (("", "1", ""), "The date also needs: month, year."),
        (("1", "²", "2025"), "January 2025 has days 1 to 31. You gave “²”."),
        (("1", "1", "2019"), "The date must be January 1, 2020 or later."),
        (("1", "1", "2031"), "The date must be December 31, 2030 or earlier."),
        (("", "", ""), "Fill in “Day”."),
    ],
)
def test_a_wrong_date_is_named_with_what_to_do(parts: tuple[str, str, str], said: str) -> None:
    assert dated(*parts).errors["day"] == [said]


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_date_comes_back_as_it_was_given(day: date) -> None:
    form = dated(str(day.month), str(day.day), str(day.year))
    assert form.is_valid()
    assert form.cleaned_data["day"] == day
    assert Dated({"day": day.isoformat()}).is_valid()


@given(st.text(max_size=12), st.text(max_size=4), st.text(max_size=6))
def test_no_text_breaks_a_date(month: str, day: str, year: str) -> None:
    form = dated(month, day, year)
    assert form.is_valid() or form.errors["day"]


def test_a_date_keeps_what_was_typed_and_the_error_leads_to_the_empty_box() -> None:
    form = dated("Feb", "", "2025")
    assert 'value="Feb"' in render_field(form["day"])
    assert problems(form)[0].href == "#id_day_day"


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = SampleForm({"email": "nobody"})
    page = render_field(form["name"])
    assert '<label class="usa-label usa-label--error" for="id_name">' in page
    assert 'aria-describedby="id_name_hint id_name_error"' in page
    assert 'id="id_name_hint">As it is registered.' in page
    assert 'autocomplete="organization"' in page
    assert "Enter an email address in the form name@example.org." in render_field(form["email"])


def test_optional_fields_say_so_and_required_ones_are_marked_for_machines() -> None:
    form = SampleForm()
    assert "(optional)" in render_field(form["story"])
    assert "(optional)" not in render_field(form["name"])
    assert " required" in render_field(form["name"])


def test_choices_are_tiles_in_a_fieldset_with_hints() -> None:
    form = SampleForm({"kind": "carrier", "modes": ["sea", "air"]})
    kind = render_field(form["kind"])
    assert kind.count('type="radio"') == 3
    assert kind.count(" checked") == 1
    assert "You move it by road." in kind
    assert "<legend" in kind
    modes = render_field(SampleForm(MultiValueDict({"modes": ["sea", "air"]}))["modes"])
    assert modes.count('type="checkbox"') == 3
    assert modes.count(" checked") == 2


def test_a_long_list_of_choices_is_a_select() -> None:
    class Long(forms.GreenlaneForm):
        country = forms.ChoiceField(label="Country", choices=[(str(n), f"Country {n}") for n in range(9)])

    assert "<select" in str(Long())
    assert Long({"country": ""}).errors["country"] == ["Choose an answer to “Country”."]


def test_yes_or_no_starts_with_neither_and_shows_what_was_kept() -> None:
    class Asked(forms.GreenlaneForm):
        owned = forms.YesNoField(label="Owned?")

    assert " checked" not in str(Asked())
    assert Asked({"owned": "no"}).is_valid()
    no = Asked({"owned": "no"})
    assert no.is_valid()
    assert no.cleaned_data["owned"] is False
    assert 'value="no" checked' in str(Asked(initial={"owned": False}))


def test_a_text_area_says_how_much_fits() -> None:
    page = render_field(SampleForm()["story"])
    assert 'data-maxlength="400"' in page
    assert "Up to 400 characters." in page
    assert 'aria-describedby="id_story_count"' in page


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("plan.exe", 5, "“plan.exe” is not of a kind that is taken here: PDF, JPG, PNG, up to 20.0"),
        ("plan.pdf", 21 * 1024 * 1024, "“plan.pdf” is too large"),
    ],
)
def test_a_file_of_the_wrong_kind_or_size_is_refused_by_name(name: str, size: int, said: str) -> None:
    form = SampleForm({}, {"evidence": SimpleUploadedFile(name, b"x" * size)})
    assert said in form.errors["evidence"][0].replace("\xa0", " ")


def test_what_people_wrote_is_escaped_in_fields() -> None:
    form = SampleForm({"name": '"><script>', "story": "</textarea><script>", "founded_month": '"><script>'})
    assert "<script" not in render_fields(form)


class Outcome(StrEnum):
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Decide:
    """An invented command with every type that a form can ask for."""

    case: UUID
    outcome: Outcome
    manner: Literal["visit", "desk"]
    decided_on: date
    agreed: bool
    fee: Decimal
    count: int = 1
    areas: tuple[str, ...] = field(default=(), metadata={"choices": [("a", "A"), ("b", "B")]})
    met_on: date | None = None
    late: bool | None = None
    note: str = field(default="", metadata={"widget": "textarea", "label": "Reasons", "help": "In a few words."})
    kept: str = "as it is"


ANSWERS: dict[str, Any] = {
    "case": "00000000-0000-4000-8000-000000000001",
    "outcome": "good",
    "manner": "desk",
    "decided_on_month": "3",
    "decided_on_day": "2",
    "decided_on_year": "2026",
    "agreed": "no",
    "fee": "12.50",
    "areas": ["a", "b"],
}


def answers(**changes: Any) -> MultiValueDict[str, Any]:
    rows = {**ANSWERS, **changes}
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in rows.items()})


def test_a_form_made_from_a_command_gives_the_command() -> None:
    form = command_form(Decide, leave_out={"kept"})(answers())
    assert form.is_valid(), form.errors
    assert form.command() == Decide(
        case=UUID(ANSWERS["case"]),
        outcome=Outcome.GOOD,
        manner="desk",
        decided_on=date(2026, 3, 2),
        agreed=False,
        fee=Decimal("12.50"),
        areas=("a", "b"),
    )


def test_identifiers_travel_hidden_and_metadata_is_what_people_read() -> None:
    page = str(command_form(Decide)())
    assert '<input type="hidden" name="case"' in page
    assert "Reasons" in page
    assert "In a few words." in page
    assert "<textarea" in page


def test_optional_answers_stay_unknown_and_are_not_taken_for_no() -> None:
    form = command_form(Decide)(answers())
    assert form.is_valid()
    assert form.command().late is None
    assert form.command().met_on is None
    answered = command_form(Decide)(answers(late="no"))
    assert answered.is_valid()
    assert answered.command().late is False


def test_a_form_without_valid_answers_gives_no_command() -> None:
    form_class = command_form(Decide)
    with pytest.raises(ValueError, match="no valid answers"):
        form_class().command()
    with pytest.raises(ValueError, match="no valid answers"):
        form_class(answers(outcome="middling")).command()


def test_a_type_that_nobody_can_be_asked_for_is_refused_when_the_form_is_made() -> None:
    @dataclass(frozen=True)
    class Odd:
        what: dict[str, int]

    @dataclass(frozen=True)
    class Needed:
        what: str

    globals().update(Odd=Odd)
    with pytest.raises(TypeError, match=r"Odd\.what"):
        command_form(Odd)
    with pytest.raises(TypeError, match="no default"):
        command_form(Needed, leave_out={"what"})


def test_plain_django_forms_are_rendered_too() -> None:
    class Plain(django_forms.Form):
        accepted = django_forms.BooleanField(label="I accept", help_text="All of it.")
        secret = django_forms.CharField(widget=django_forms.HiddenInput)

    page = render_fields(Plain())
    assert "usa-checkbox__input--tile" in page
    assert "All of it." in page
    assert '<input type="hidden" name="secret"' in page
