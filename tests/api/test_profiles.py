"""Reviews, the security profile, contacts and notices of change through the interface (6 USC 963(3))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from greenlane.profiles.models import ProfileReview
from tests.api.client import caller
from tests.lives import founded_desk
from tests.profiles.stage import affirm, asked, certified_company
from tests.web.trader_stage import today

pytestmark = pytest.mark.django_db


def test_a_review_says_of_every_answer_whether_it_counts() -> None:
    desk = founded_desk(today() - timedelta(days=300))
    desk.prove = False
    company = certified_company(desk)
    desk.today = today()
    desk.wake()
    review = ProfileReview.objects.get()
    number = asked(desk, review)[0].number
    affirm(desk, review, number)
    who = caller(desk, "ada")
    listed = who.get("/profile-reviews", state="open").json()["items"]
    assert [row["id"] for row in listed] == [str(review.pk)]
    answers = who.get(f"/profile-reviews/{review.pk}").json()["answers"]
    assert {row["number"] for row in answers if row["counts"]} == {number}
    profile = who.get(f"/participants/{company.participant}/security-profile").json()
    assert len(profile["answers"]) == len(answers)
    assert [row["live"] for row in who.get(f"/participants/{company.participant}/contacts").json()["items"]] == [True]
    assert who.get("/change-notices").json()["items"] == []
