"""What a door received, told field by field in words that people know."""

from __future__ import annotations

import pytest

from greenlane.casework.parsing import command_named, parse
from greenlane.casework.problems import BadInput


def test_a_wrong_value_is_told_in_the_words_of_the_field_and_names_nothing_inside_the_programme() -> None:
    with pytest.raises(BadInput) as refused:
        parse(command_named("FileAppeal"), {"grounds": ["late"]})
    said = {problem.where: str(problem.what) for problem in refused.value.problems}
    assert said["grounds.0"] == "This is not a group of named values."
    assert not any("instance" in words for words in said.values())
