"""Officer, record of appeal, determination, and what follows from it for the company (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from greenlane.appeals import record
from greenlane.appeals.commands import SubmitStatement
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview
from greenlane.appeals.models import Appeal, RecordOfAppeal
from greenlane.appeals.queries import latest_record, mine
from greenlane.casework import timers
from greenlane.casework.models import Case, Deadline, Notice
from greenlane.consequences.commands_decision import RecommendConsequence, SuspendParticipant
from greenlane.consequences.commands_emergency import GiveEmergencyNotice, LiftEmergencyAction
from greenlane.consequences.commands_remanded import DecideAnew
from greenlane.consequences.commands_return import EndConsequence
from greenlane.consequences.models import Consequence
from greenlane.law.authority import Office
from greenlane.participants.benefits import benefits_on, stood_on
from greenlane.participants.models import Participant
from greenlane.people.commands import AssignCase, GrantOffice
from greenlane.people.delegation import DelegateOffice
from greenlane.people.queries import assigned_to
from greenlane.records.models import Entry
from tests.appeals.scenes import Scene, determination, filing, proved_scene, scene

pytestmark = pytest.mark.django_db
SANCTION = "6 USC 967(c)(2)"


@pytest.fixture
def one() -> Iterator[Scene]:
    yield from proved_scene()


def given(scene_: Scene, on: date) -> set[str]:
    participant = Participant.objects.get(pk=scene_.participant)
    return {status.benefit.code for status in benefits_on(participant, on) if status.given}


# ------------------------------------------------------------------------------------------------ the officer


@pytest.mark.clause("6 USC 967(c)(2)")
def test_the_officer_gets_the_case_and_the_company_is_told_who_it_is(one: Scene) -> None:
    appeal = one.file(one.suspend())
    one.desk.must(AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["olga"]), by="pam")
    assert [account.pk for account in assigned_to(appeal, one.desk.today)] == [one.desk.people["olga"]]
    assert "Olga" in str(Notice.objects.get(case_id=appeal, template="appeal_officer_assigned").body)
    again = AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["olga"])
    one.desk.refused(again, by="pam", code="officer_is_new", cite=SANCTION)
    one.desk.today += timedelta(days=1)
    one.desk.must(AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["otto"]), by="pam")
    assert [account.pk for account in assigned_to(appeal, one.desk.today)] == [one.desk.people["otto"]]
    one.desk.refused(BeginAppealReview(case_id=appeal), by="olga", code="authority", cite="6 USC 967(c)")


@pytest.mark.clause("6 USC 967(c)(2)")
@pytest.mark.parametrize("name", ["sam", "sue"])
def test_an_officer_with_a_part_in_the_decision_is_refused_on_every_way(one: Scene, name: str) -> None:
    appeal = one.file(one.suspend())
    account = one.desk.people[name]
    assign = AssignAppealOfficer(case_id=appeal, officer_id=account)
    one.desk.refused(assign, by="pam", code="appeal_officer", cite=SANCTION)
    one.desk.must(GrantOffice(account_id=account, office=Office.APPEAL_OFFICER), by="pam")
    one.desk.refused(assign, by="pam", code="officer_took_no_part", cite=SANCTION)
    one.desk.refused(AssignCase(case_id=appeal, account_id=account), by="pam", code="officer_took_no_part")
    assert Appeal.objects.get().officer is None


@pytest.mark.clause("6 USC 967(c)(2)")
def test_whoever_lent_the_office_in_which_it_was_decided_took_part(one: Scene) -> None:
    pat = one.desk.person("pat", Office.SPECIALIST)
    boss = one.desk.person("boss", Office.SUPERVISOR, Office.APPEAL_OFFICER)
    case = one.propose("suspension")
    today = one.desk.today
    until = today + timedelta(days=100)
    one.desk.must(RecommendConsequence(case_id=case, measure="suspension", period_until=until), by="sam")
    loan = DelegateOffice(
        delegate_id=pat, office=Office.SUPERVISOR, from_day=today, to_day=today + timedelta(days=30), reason="On leave."
    )
    one.desk.must(loan, by="boss")
    one.desk.must(SuspendParticipant(case_id=case, reasons="As recommended."), by="pat")
    appeal = one.file(case)
    refused = AssignAppealOfficer(case_id=appeal, officer_id=boss)
    one.desk.refused(refused, by="pam", code="officer_took_no_part", cite=SANCTION)


@pytest.mark.clause("6 USC 967(c)")
def test_only_the_assigned_officer_begins_and_determines(one: Scene) -> None:
    appeal = one.file(one.suspend())
    one.desk.must(AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["olga"]), by="pam")
    one.desk.must(AssignCase(case_id=appeal, account_id=one.desk.people["otto"]), by="pam")
    one.desk.refused(BeginAppealReview(case_id=appeal), by="otto", code="assigned_appeal_officer", cite=SANCTION)
    one.desk.refused(determination(appeal, "upheld"), by="olga", code="procedure")
    one.desk.must(BeginAppealReview(case_id=appeal), by="olga")
    one.desk.refused(determination(appeal, "upheld"), by="otto", code="assigned_appeal_officer", cite=SANCTION)
    for name in ("sam", "sue", "pam", "ada"):
        one.desk.refused(determination(appeal, "upheld"), by=name, code="authority", cite="6 USC 967(c)")


# ------------------------------------------------------------------------------------------------- the record


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_the_record_of_appeal_holds_what_the_decision_rested_on_and_stays_as_frozen(one: Scene) -> None:
    case = one.suspend()
    one.desk.today += timedelta(days=2)
    appeal = one.review(one.file(case))
    frozen = latest_record(appeal)
    assert frozen is not None
    row = Appeal.objects.get(pk=appeal)
    assert (frozen.number, frozen.sha256) == (1, row.record_sha256)
    wanted = Entry.objects.filter(subject=case).exclude(kind="casework.CommandRefused").order_by("id")
    decision = wanted.get(uid=row.decision_entry)
    uids = {item["uid"] for item in frozen.items if item["kind"] == "entry"}
    assert {str(e.uid) for e in wanted if e.pk <= decision.pk} <= uids
    served = {str(key) for key in Notice.objects.filter(case_id=case).values_list("pk", flat=True)}
    assert {item["ref"] for item in frozen.items if item["kind"] == "notice"} == served
    assert [item["title"] for item in frozen.items if item["kind"] == "document"] == ["Photo of the gate"]
    hidden = [item for item in frozen.items if item["audience"] not in ("public", "participant")]
    assert hidden
    assert all(item["title"] == "" and len(item["sha256"]) == 64 for item in hidden)
    assert record.altered(frozen) == []
    one.desk.must(SubmitStatement(case_id=appeal, text="Later words."), by="ada")
    one.document(case, "Filed afterwards")
    assert record.altered(RecordOfAppeal.objects.get(pk=frozen.pk)) == []


@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.clause("6 USC 967(c)(1)")
def test_of_an_emergency_action_what_followed_it_belongs_to_the_record(one: Scene) -> None:
    case = one.act_at_once()
    one.desk.person("sid", Office.SUPERVISOR, Office.APPEAL_OFFICER)
    one.desk.today += timedelta(days=1)
    one.desk.must(GiveEmergencyNotice(case_id=case, message="This is what we did, and why."), by="sid")
    appeal = one.file(case)
    took_part = AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["sid"])
    one.desk.refused(took_part, by="pam", code="officer_took_no_part", cite="6 USC 967(c)(1)")
    one.review(appeal)
    frozen = latest_record(appeal)
    assert frozen is not None
    kinds = [item["what"] for item in frozen.items]
    assert "consequences.EmergencyNoticed" in kinds
    [grounds] = [item for item in frozen.items if item["what"] == "consequences.EmergencyActionTaken"]
    assert (grounds["title"], grounds["audience"]) == ("", "staff")


@pytest.mark.clause("6 USC 971(b)")
def test_a_record_that_was_altered_stops_the_determination(one: Scene) -> None:
    appeal = one.review(one.file(one.suspend()))
    frozen = RecordOfAppeal.objects.get(appeal_id=appeal)
    whole = frozen.items
    items = [*frozen.items]
    items[0] = {**items[0], "sha256": "0" * 64}
    RecordOfAppeal.objects.filter(pk=frozen.pk).update(items=items)
    altered = record.altered(RecordOfAppeal.objects.get(pk=frozen.pk))
    assert altered == ["record", items[0]["ref"]]
    one.desk.refused(determination(appeal, "upheld"), by="olga", code="record_as_frozen", cite=SANCTION)
    RecordOfAppeal.objects.filter(pk=frozen.pk).update(items=whole)


@pytest.mark.clause("6 USC 967(c)")
def test_a_new_officer_begins_with_a_record_of_the_own(one: Scene) -> None:
    appeal = one.review(one.file(one.suspend()))
    one.desk.must(AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["otto"]), by="pam")
    assert Case.objects.get(pk=appeal).state == "assigned"
    one.desk.must(BeginAppealReview(case_id=appeal), by="otto")
    numbers = RecordOfAppeal.objects.filter(appeal_id=appeal).order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


# ------------------------------------------------------------------------------------------ the determination


@pytest.mark.clause("6 USC 967(c)(2)")
@pytest.mark.clause("6 USC 967(c)")
def test_a_reversal_restores_status_and_benefits_from_the_day_lost(one: Scene) -> None:
    one.desk.today += timedelta(days=10)
    before = given(one, one.desk.today)
    case = one.suspend()
    lost = one.desk.today
    assert given(one, lost) == set()
    one.desk.today += timedelta(days=20)
    appeal = one.review(one.file(case))
    one.desk.today += timedelta(days=50)
    known_then = one.desk.at
    middle = lost + timedelta(days=40)
    assert stood_on(one.participant, middle).standing == "suspended"
    one.desk.today += timedelta(days=1)
    one.determine(appeal, "reversed")
    assert Case.objects.get(pk=case).state == "reversed"
    for day in (lost, middle, one.desk.today):
        assert (stood_on(one.participant, day).standing, stood_on(one.participant, day).tier) == ("certified", 1)
        assert given(one, day) == before
    assert stood_on(one.participant, middle, known_then).standing == "suspended"  # as it was known then
    row = Appeal.objects.get(pk=appeal)
    assert (row.outcome, row.restored_from, row.determined_on) == ("reversed", lost, one.desk.today)
    assert lost.isoformat() in str(Notice.objects.get(case_id=appeal, template="appeal_determined").body)


@pytest.mark.clause("6 USC 967(c)(1)")
def test_a_denial_is_reversed_or_modified_to_fewer_benefits(one: Scene) -> None:
    one.desk.today += timedelta(days=1)
    case = one.deny("score_reduction", "programme_training")
    lost = one.desk.today
    assert not given(one, lost) & {"score_reduction", "programme_training"}
    appeal = one.review(one.file(case))
    cite = "6 USC 967(c)(1)"
    kept = ("programme_training",)
    one.desk.refused(determination(appeal, "modified", benefits=kept), by="olga", code="modification_stated", cite=cite)
    for wrong in ((), ("score_reduction", "programme_training"), ("dedicated_lanes",)):
        modified = determination(appeal, "modified", modified_to="Only the training.", benefits=wrong)
        one.desk.refused(modified, by="olga", code="fewer_benefits", cite=cite)
    one.desk.refused(determination(appeal, "upheld", benefits=kept), by="olga", code="nothing_modified", cite=cite)
    one.desk.today += timedelta(days=5)
    one.determine(appeal, "modified", modified_to="Only the training is denied.", benefits=kept)
    assert "score_reduction" in given(one, one.desk.today)
    assert "programme_training" not in given(one, one.desk.today)
    assert "score_reduction" not in given(one, lost)  # nothing is restored for the days before


@pytest.mark.clause("6 USC 967(c)(2)")
def test_a_sanction_is_modified_to_a_shorter_period_never_to_a_longer_one(one: Scene) -> None:
    case = one.suspend(days=365, measure="expulsion")
    until = Consequence.objects.get(pk=case).period_until
    assert until is not None
    appeal = one.review(one.file(case))
    longer = determination(appeal, "modified", modified_to="Longer.", period_until=until + timedelta(days=1))
    one.desk.refused(longer, by="olga", code="lesser_sanction", cite=SANCTION)
    shorter = until - timedelta(days=200)
    one.determine(appeal, "modified", modified_to="Half a year.", period_until=shorter, measure="suspension")
    row = Consequence.objects.get(pk=case)
    assert (row.measure, row.period_until) == ("suspension", shorter)
    assert stood_on(one.participant, one.desk.today).standing == "suspended"


@pytest.mark.clause("6 USC 967(c)(2)")
def test_after_a_remand_the_new_decision_opens_a_window_of_its_own(one: Scene) -> None:
    case = one.suspend()
    appeal = one.review(one.file(case))
    one.determine(appeal, "remanded", reasons="The rosters were not looked at.")
    assert Case.objects.get(pk=case).state == "remanded"
    one.desk.refused(filing(case), by="ada", code="decision_stands")
    one.desk.today += timedelta(days=100)
    one.desk.must(DecideAnew(case_id=case, outcome="confirmed", reasons="The rosters were looked at."), by="both")
    anew = one.desk.today
    one.desk.today += timedelta(days=20)
    second = one.file(case)
    row = Appeal.objects.get(pk=second)
    assert row.decided_on == anew
    assert Appeal.objects.filter(consequence_id=case).count() == 2


@pytest.mark.clause("6 USC 967(c)(2)")
@pytest.mark.parametrize("start", [date(2026, 3, 2), date(2027, 6, 1)], ids=str)
def test_rc_25_a_determination_is_in_time_on_day_180_and_late_with_a_reason_on_day_181(start: date) -> None:
    one = scene()
    one.desk.today = start
    appeal = one.review(one.file(one.suspend()))
    filed = one.desk.today
    row = Appeal.objects.get(pk=appeal)
    assert row.due_on == filed + timedelta(days=180)  # the agency's duty: no roll, leap day or not
    one.desk.today = filed + timedelta(days=181)
    one.desk.refused(determination(appeal, "upheld"), by="olga", code="lateness", cite=SANCTION)
    backdated = determination(appeal, "upheld")
    one.desk.refused(backdated, by="olga", on=filed + timedelta(days=180), code="meets_a_clock_today")
    one.determine(appeal, "upheld", lateness_reason="Two officers were ill.")
    row.refresh_from_db()
    assert row.late
    assert row.lateness_reason == "Two officers were ill."
    assert "Two officers were ill." in str(Notice.objects.get(case_id=appeal, template="appeal_determined").body)


@pytest.mark.clause("6 USC 967(c)(2)")
def test_rc_25_on_day_180_nothing_has_to_be_explained(one: Scene) -> None:
    appeal = one.review(one.file(one.suspend()))
    one.desk.today += timedelta(days=180)
    one.determine(appeal, "upheld", lateness_reason="Not needed.")
    row = Appeal.objects.get(pk=appeal)
    assert (row.late, row.lateness_reason) == (False, "")
    deadline = Deadline.objects.get(case_id=appeal)
    assert deadline.met_on == deadline.due_on == one.desk.today


@pytest.mark.clause("6 USC 967(c)(2)")
def test_a_determination_gives_reasons_that_can_be_kept(one: Scene) -> None:
    appeal = one.review(one.file(one.suspend()))
    one.desk.refused(determination(appeal, "upheld", reasons=" "), by="olga", code="reasons_given", cite=SANCTION)
    long = determination(appeal, "upheld", reasons="x" * 20_001)
    one.desk.refused(long, by="olga", code="texts_fit", cite=SANCTION)


@pytest.mark.clause("6 USC 967(c)")
def test_a_suspension_that_ends_during_its_appeal_is_closed_by_the_determination(one: Scene) -> None:
    case = one.suspend(days=20)
    one.desk.today += timedelta(days=5)
    appeal = one.review(one.file(case))
    one.desk.today += timedelta(days=130)
    _end(one, case)
    assert Case.objects.get(pk=case).state == "ended"
    one.determine(appeal, "upheld")
    assert Case.objects.get(pk=case).state == "closed"


@pytest.mark.clause("6 USC 967(c)")
def test_what_has_ended_without_an_appeal_is_closed_when_the_time_to_appeal_is_over(one: Scene) -> None:
    case = one.act_at_once()
    one.desk.must(LiftEmergencyAction(case_id=case, reason="The threat is over."), by="sue")
    assert Case.objects.get(pk=case).state == "ended"
    one.desk.today += timedelta(days=60)
    timers.ask(one.desk.at, strict=True)
    assert Case.objects.get(pk=case).state == "ended"
    one.desk.today += timedelta(days=40)
    timers.ask(one.desk.at, strict=True)
    assert Case.objects.get(pk=case).state == "closed"


def _end(one: Scene, case: UUID) -> None:
    one.desk.must(EndConsequence(case_id=case, reason="The period is over."), by="sue")


@pytest.mark.clause("6 USC 967(c)")
def test_the_dashboard_shows_each_officer_what_waits_and_what_is_late(one: Scene) -> None:
    people = one.desk.people
    appeal = one.file(one.suspend())
    assert [w.appeal.pk for w in mine(people["pam"], one.desk.today).unassigned] == [appeal]
    assert mine(people["olga"], one.desk.today).assigned == ()
    one.review(appeal)
    assert mine(people["pam"], one.desk.today).unassigned == ()
    [waiting] = mine(people["olga"], one.desk.today).assigned
    assert (waiting.next, waiting.due is not None and waiting.due.days) == ("DetermineAppeal", 180)
    late = mine(people["olga"], one.desk.today + timedelta(days=181))
    assert late.late == 1
    one.determine(appeal, "upheld")
    done = mine(people["olga"], one.desk.today)
    assert (done.assigned, done.determined) == ((), 1)


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(a)")
def test_the_office_that_hears_appeals_is_lent_to_nobody(one: Scene) -> None:
    """Nobody with a part in the decision, or without the office, comes to hear an appeal by a loan."""
    pat, today = one.desk.person("pat", Office.SPECIALIST), one.desk.today
    loan = DelegateOffice(
        delegate_id=pat, office=Office.APPEAL_OFFICER, from_day=today, to_day=today + timedelta(days=5), reason="Away."
    )
    one.desk.refused(loan, by="olga", code="authority")
    one.desk.must(GrantOffice(account_id=one.desk.people["sue"], office=Office.APPEAL_OFFICER), by="pam")
    one.desk.refused(loan, by="sue", code="office_can_be_lent")
