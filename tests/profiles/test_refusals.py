"""What the duties of a participant refuse the platform itself, each under its clause (6 USC 961(b), 963(3))."""

from __future__ import annotations

from uuid import uuid4

import pytest

from greenlane.profiles.commands import OpenProfileReview
from greenlane.profiles.commands_changes import CITE, OpenChangeNotice
from greenlane.profiles.models import ProfileReview
from tests.companies import Company
from tests.desk import Desk
from tests.lives import founded_desk
from tests.profiles.stage import certified_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = founded_desk()
    desk.prove = False
    return desk


@pytest.mark.clause("6 USC 961(b)")
def test_no_review_is_opened_for_an_edition_that_asks_nothing_anew(desk: Desk) -> None:
    company = certified_company(desk)
    review = OpenProfileReview(participant_id=company.participant, purpose="edition")
    desk.refused(review, code="asks_something_anew", cite="6 USC 961(b)")
    assert not ProfileReview.objects.exists()


@pytest.mark.clause("6 USC 963(3)")
def test_what_an_applicant_changes_is_looked_at_in_its_application(desk: Desk) -> None:
    company = Company(desk, "ada").register()
    notice = OpenChangeNotice(
        participant_id=company.participant, what="owner", name="Nova Invented", changed_on=desk.today, entry=uuid4()
    )
    desk.refused(notice, code="was_certified", cite=CITE)
