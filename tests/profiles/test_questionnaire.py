"""What a certified participant answers to, and its answers on file (6 USC 963(3), 961(b))."""

from __future__ import annotations

import pytest

from greenlane.applications.models import AnswerRow
from greenlane.applications.queries import application_of, questionnaire
from greenlane.profiles.queries import answers_of, profile_on_file, questionnaire_of
from tests.lives import founded_desk, received
from tests.profiles.stage import certified_company

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 963(3)")
def test_a_certified_company_answers_to_what_it_was_certified_on() -> None:
    desk = founded_desk()
    company = certified_company(desk)
    asked = questionnaire(application_of(company.application))
    assert questionnaire_of(company.participant, desk.today) == asked
    answers = answers_of(company.participant)
    assert set(answers) == {criterion.number for criterion in asked}
    row = AnswerRow.objects.get(application_id=company.application, number=asked[0].number)
    found = answers[asked[0].number]
    assert (found.value, found.narrative, found.answered_on) == (row.value, row.narrative, row.answered_on)
    assert (found.case_id, list(found.evidence)) == (company.application, row.evidence)


@pytest.mark.clause("6 USC 963(3)")
def test_a_company_that_is_not_certified_has_no_profile_on_file_yet() -> None:
    desk = founded_desk()
    company, _case = received(desk)
    assert profile_on_file(company.participant, desk.today) is None
    assert (questionnaire_of(company.participant, desk.today), answers_of(company.participant)) == ((), {})
