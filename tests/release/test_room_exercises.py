"""Joint incident management exercises: planned, appropriate invitations, answers, attendance and lessons: 966(c)(5)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from greenlane.casework.models import Case, Notice
from greenlane.participants.commands_standing import SetDeniedBenefits, SetStanding
from greenlane.people.models import Account
from greenlane.release.commands_exercises import (
    AbandonExercise,
    AnswerExerciseInvitation,
    InviteToExercise,
    PlanExercise,
    RecordExercise,
)
from greenlane.release.models import Exercise, ExerciseInvitation
from tests.api.client import caller
from tests.companies import Company, found_programme
from tests.release import room
from tests.release.clocked import ClockedDesk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 966(c)(5)")]
NAMES = {"ada": "Meridian Lantern Imports", "ben": "Harbour Kite Imports"}


@pytest.fixture
def desk(db: None) -> ClockedDesk:
    made = ClockedDesk(prove=False)
    found_programme(made)
    room.managed(made)
    made.prove = True
    return made


def company(desk: ClockedDesk, officer: str, tier: int = 3, standing: str = "certified") -> UUID:
    made = Company(desk, officer, NAMES[officer]).register()
    desk.quietly(SetStanding(participant_id=made.participant, standing=standing, tier=tier, reason=""))
    return made.participant


def planned(desk: ClockedDesk, days: int = 10) -> UUID:
    answer = desk.must(
        PlanExercise(
            programme="ctpat",
            title="Invented harbour exercise",
            place="Pier 9",
            held_on=desk.today + timedelta(days=days),
            scenario="A container that is not on the manifest.",
        ),
        by="mona",
    )
    assert answer.case_id is not None
    return answer.case_id


def invite(exercise: UUID, participant: UUID, why: str = "It runs the terminal.") -> InviteToExercise:
    return InviteToExercise(participant_id=participant, exercise_id=exercise, why_appropriate=why)


def test_a_participant_of_the_third_tier_is_invited_answers_and_takes_part(desk: ClockedDesk) -> None:
    ada, ben = company(desk, "ada"), company(desk, "ben")
    exercise = planned(desk)
    first = desk.must(invite(exercise, ada), by="mona").case_id
    second = desk.must(invite(exercise, ben, "It receives what the terminal handles."), by="mona").case_id
    assert first is not None
    notice = Notice.objects.get(case_id=first)
    assert notice.subject == "Invitation to a joint exercise: Invented harbour exercise"
    assert "It runs the terminal." in str(notice.body)
    desk.refused(AnswerExerciseInvitation(case_id=first, answer="accepted"), by="ben")
    desk.must(AnswerExerciseInvitation(case_id=first, answer="accepted", note="Two of us."), by="ada")
    desk.refused(RecordExercise(case_id=exercise, lessons="None yet."), by="mona", code="day_has_come")
    desk.today += timedelta(days=10)
    desk.refused(
        RecordExercise(case_id=exercise, attended=(uuid4(),), lessons="Call the pilot first."),
        by="mona",
        code="on_the_roster",
    )
    desk.must(RecordExercise(case_id=exercise, attended=(ada,), lessons="Call the pilot first."), by="mona")
    row = Exercise.objects.get()
    assert (row.state, row.lessons) == ("completed", "Call the pilot first.")
    assert dict(row.invitations.values_list("participant_id", "attended")) == {ada: True, ben: False}
    assert set(Case.objects.filter(pk__in=[first, second]).values_list("state", flat=True)) == {"closed"}
    assert Notice.objects.count() == 2, "who was invited to what was held gets no second letter"


@pytest.mark.parametrize(
    ("tier", "standing", "why", "code"),
    [
        (2, "certified", "It runs the quay.", "earned_third_tier"),
        (0, "suspended", "It runs the quay.", "earned_third_tier"),
        (3, "certified", "  ", "exercise_appropriate"),
    ],
)
def test_only_the_third_tier_and_only_where_appropriate(
    desk: ClockedDesk, tier: int, standing: str, why: str, code: str
) -> None:
    ada, exercise = company(desk, "ada", tier, standing), planned(desk)
    desk.refused(invite(exercise, ada, why), by="mona", code=code, cite="6 USC 966(c)(5)")
    assert not ExerciseInvitation.objects.exists()


@pytest.mark.clause("6 USC 967(a)")
def test_a_participant_that_is_denied_this_benefit_is_not_invited(desk: ClockedDesk) -> None:
    ada, exercise, because = company(desk, "ada"), planned(desk), uuid4()
    denied = SetDeniedBenefits(participant_id=ada, because=because, benefits=("joint_exercises",), reason="Invented.")
    desk.quietly(denied)
    desk.refused(invite(exercise, ada), by="mona", code="benefit_not_denied", cite="6 USC 967(a)")
    desk.quietly(SetDeniedBenefits(participant_id=ada, because=because, benefits=(), reason="Given back."))
    desk.must(invite(exercise, ada), by="mona")
    desk.refused(invite(exercise, ada), by="mona", code="invited_once")


def test_an_exercise_that_is_given_up_closes_its_invitations_and_says_so(desk: ClockedDesk) -> None:
    ada, exercise = company(desk, "ada"), planned(desk)
    case = desk.must(invite(exercise, ada), by="mona").case_id
    assert case is not None
    desk.must(AbandonExercise(case_id=exercise, reason="The pier is closed."), by="max")
    assert Case.objects.get(pk=case).state == "closed"
    assert {one.template for one in Notice.objects.filter(case_id=case)} == {
        "exercise_invitation",
        "exercise_abandoned",
    }
    desk.refused(invite(exercise, ada), by="mona", code="exercise_planned")
    desk.refused(AnswerExerciseInvitation(case_id=case, answer="accepted"), by="ada")


def test_days_that_are_past_and_offices_that_may_not(desk: ClockedDesk) -> None:
    ada, exercise = company(desk, "ada"), planned(desk, 0)
    past = PlanExercise(
        programme="ctpat", title="T", place="P", held_on=desk.today - timedelta(days=1), scenario="Invented."
    )
    desk.refused(past, by="mona", code="exercise_ahead")
    desk.refused(invite(exercise, ada), by="cleo")
    case = desk.must(invite(exercise, ada), by="mona").case_id
    assert case is not None
    desk.today += timedelta(days=1)
    desk.refused(invite(exercise, ada), by="mona", code="exercise_planned")
    desk.refused(AnswerExerciseInvitation(case_id=case, answer="declined"), by="ada", code="in_time")


def client(desk: ClockedDesk, name: str) -> Client:
    found = Client()
    found.force_login(Account.objects.get(pk=desk.people[name]))
    return found


def test_the_roster_and_the_invitation_have_their_pages(desk: ClockedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: desk.at + timedelta(seconds=1))
    ada, exercise = company(desk, "ada"), planned(desk)
    case = desk.must(invite(exercise, ada), by="mona").case_id
    roster = client(desk, "mona").get(reverse("web:case", args=[exercise])).content.decode()
    assert "Invented harbour exercise" in roster
    assert NAMES["ada"] in roster
    assert "It runs the terminal." in roster
    form = client(desk, "mona").get(reverse("web:case-give", args=[exercise, "RecordExercise"]), follow=True)
    assert NAMES["ada"] in form.content.decode()
    own = client(desk, "ada").get(reverse("web:trader-case", args=[ada, case])).content.decode()
    assert "Pier 9" in own
    assert "It runs the terminal." in own
    answer = reverse("web:trader-case-give", args=[ada, case, "AnswerExerciseInvitation"])
    assert "We take part" in client(desk, "ada").get(answer).content.decode()
    assert "A container that is not on the manifest." not in own


def test_programs_read_the_roster_and_nobody_else(desk: ClockedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlane.api.authority.now", lambda: desk.at + timedelta(seconds=1))
    ada, exercise = company(desk, "ada"), planned(desk)
    case = desk.must(invite(exercise, ada), by="mona").case_id
    [shown] = caller(desk, "mona").get("/release/exercises").json()["items"]
    assert (shown["title"], shown["state"]) == ("Invented harbour exercise", "planned")
    assert shown["invited"] == [
        {
            "id": str(case),
            "participant": str(ada),
            "company": NAMES["ada"],
            "why": "It runs the terminal.",
            "answer": "",
            "attended": None,
        }
    ]
    assert caller(desk, "ada").get("/release/exercises").status_code == 403
