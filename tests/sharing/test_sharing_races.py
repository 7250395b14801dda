"""On PostgreSQL mergers, decisions, withdrawals and monitoring that race leave one consistent end (962, 971(c))."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from greenlane.applications.commands import OpenApplication, WithdrawApplication
from greenlane.applications.models import Application
from greenlane.casework import outbox, replay
from greenlane.casework.answers import Answer
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.participants.commands_merging import ConsentToAccountChange, MergeAccounts
from greenlane.participants.commands_splitting import SplitAccount
from greenlane.participants.models import Merger, Participant
from greenlane.people.models import OfficeHolding
from greenlane.sharing import queries
from greenlane.sharing.commands import GiveVerificationConsent, MonitorPartner, WithdrawVerificationConsent
from greenlane.sharing.models import Monitor, VerificationConsent
from tests.casework.test_races import RACERS, race
from tests.companies import Company, found_programme
from tests.desk import Desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def founded() -> tuple[Desk, UUID, UUID]:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    desk.person("mona", Office.PROGRAMME_MANAGER)
    keys = [Company(desk, name, name=f"{name} Imports").register().participant for name in ("ada", "eve")]
    return desk, keys[0], keys[1]


def agreed(desk: Desk, survivor: UUID, merged: UUID) -> MergeAccounts:
    for by, own, act, other in (("ada", survivor, "survive", merged), ("eve", merged, "merge", survivor)):
        desk.must(
            ConsentToAccountChange(participant_id=own, act=act, other_id=other, reason="Bought."),  # type: ignore[arg-type]
            by=by,
        )
    return MergeAccounts(participant_id=survivor, merged_id=merged, takeover=True, reason="Bought.")


def give(desk: Desk, command: Command, by: str) -> Answer:
    return execute(command, actor=Actor(desk.people[by]), at=desk.at, command_id=uuid4())


@pytest.mark.clause("6 USC 962")
def test_racing_mergers_either_way_leave_one() -> None:
    desk, ada, eve = founded()
    there = agreed(desk, ada, eve)
    for by, own, act, other in (("eve", eve, "survive", ada), ("ada", ada, "merge", eve)):
        desk.must(
            ConsentToAccountChange(participant_id=own, act=act, other_id=other, reason="Or so."),  # type: ignore[arg-type]
            by=by,
        )
    back = MergeAccounts(participant_id=eve, merged_id=ada, takeover=True, reason="Bought.")
    answers = race(lambda n: give(desk, (there, back)[n % 2], "mona"))
    assert [answer.granted for answer in answers].count(True) == 1
    outbox.deliver(desk.at)
    row = Merger.objects.get()
    assert Participant.objects.get(pk=row.merged_id).standing == "merged"
    assert Participant.objects.get(pk=row.survivor_id).standing != "merged"
    replay.check()


@pytest.mark.clause("6 USC 962", "6 USC 964(b)")
def test_a_merger_waits_for_what_is_being_decided() -> None:
    desk, ada, eve = founded()
    merge = agreed(desk, ada, eve)
    Company(desk, "eve", participant=eve).fill_profile()
    desk.must(OpenApplication(participant_id=eve), by="eve")
    application = Application.objects.get().pk
    withdraw = WithdrawApplication(case_id=application)
    answers = race(lambda n: give(desk, merge, "mona") if n % 2 else give(desk, withdraw, "eve"))
    outbox.deliver(desk.at)
    left = [a for a in answers if a.command == "WithdrawApplication"]
    assert [a.granted for a in left].count(True) == 1, [str(r.sentence) for a in left for r in a.verdict.failing]
    merged = [a for a in answers if a.command == "MergeAccounts"]
    assert [a.granted for a in merged].count(True) <= 1
    refused = {reason.code for a in merged for reason in a.verdict.failing}
    assert refused <= {"nothing_undecided", "decisions_carried_out", "not_merged_already", "officer_consented"}
    assert Case.objects.get(pk=application).state == "withdrawn"
    replay.check()


@pytest.mark.clause("6 USC 962")
def test_an_application_and_a_merger_at_once_leave_no_open_application_of_a_merged_account() -> None:
    desk, ada, eve = founded()
    merge, apply = agreed(desk, ada, eve), OpenApplication(participant_id=eve)
    answers = race(lambda n: give(desk, merge, "mona") if n % 2 else give(desk, apply, "eve"))
    outbox.deliver(desk.at)
    granted = [answer.command for answer in answers if answer.granted]
    assert len(granted) == 1
    assert Merger.objects.count() + Application.objects.count() == 1
    replay.check()


@pytest.mark.clause("6 USC 962")
def test_racing_splits_undo_a_merger_once() -> None:
    desk, ada, eve = founded()
    desk.must(agreed(desk, ada, eve), by="mona")
    for by, own, other in (("ada", ada, eve), ("eve", eve, ada)):
        desk.must(ConsentToAccountChange(participant_id=own, act="split", other_id=other, reason="Sold."), by=by)
    split = SplitAccount(merger_id=Merger.objects.get().pk, reason="Sold.")
    answers = race(lambda _n: give(desk, split, "mona"))
    assert [answer.granted for answer in answers].count(True) == 1
    outbox.deliver(desk.at)
    assert Participant.objects.get(pk=eve).standing == "applicant"
    assert not OfficeHolding.objects.filter(account_id=desk.people["ada"], participant_id=eve, effective_to=None)
    replay.check()


@pytest.mark.clause("6 USC 971(c)")
def test_a_withdrawal_and_monitoring_at_once_leave_no_monitoring() -> None:
    desk, ada, eve = founded()
    for by, own in (("ada", ada), ("eve", eve)):
        desk.must(GiveVerificationConsent(participant_id=own), by=by)
    consent = queries.consent_of(eve)
    assert consent is not None
    monitor = MonitorPartner(participant_id=ada, number=consent.number)
    withdraw = WithdrawVerificationConsent(participant_id=eve)

    def run(number: int) -> Answer:
        return give(desk, withdraw, "eve") if number == 0 else give(desk, monitor, "ada")

    answers = race(run)
    outbox.deliver(desk.at)
    assert answers[0].granted
    assert not Monitor.objects.filter(until=None).exists()
    replay.check()


@pytest.mark.clause("6 USC 971(c)")
def test_racing_consents_leave_one_number() -> None:
    desk, ada, _eve = founded()
    answers = race(lambda _n: give(desk, GiveVerificationConsent(participant_id=ada), "ada"))
    assert [answer.granted for answer in answers].count(True) == 1
    assert VerificationConsent.objects.count() == 1
    assert len(answers) == RACERS
