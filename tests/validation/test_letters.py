"""The letters of a validation as PDF: every one compiles, whatever people are called (6 USC 971(b))."""

from __future__ import annotations

import pytest

from greenlane.casework.models import Notice
from greenlane.casework.pdf import letter_pdf
from tests.desk import Desk
from tests.validation.steps import accepted, answered, certified, noticed, reported

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.clause("6 USC 965(c)")
def test_every_letter_of_a_validation_is_a_pdf_and_the_same_each_time(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    reported(desk, company, case, unmet="1.3")
    desk.today = desk.today.replace(year=desk.today.year + 1)
    desk.wake()
    answered(desk, company, case)
    accepted(desk, case)
    letters = Notice.objects.filter(case_id=case).order_by("served_on", "pk")
    assert set(letters.values_list("template", flat=True)) == {
        "validation_notice",
        "validation_report",
        "validation_actions_overdue",
    }
    for letter in letters:
        made = [letter_pdf(letter, agency="A", programme="P", recipient="<#let x = 1> & Söhne") for _ in range(2)]
        assert made[0].startswith(b"%PDF-")
        assert made[0] == made[1]
