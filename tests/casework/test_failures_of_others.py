"""Failures that real programmes had, and that are impossible here: RC-01, RC-07, RC-15."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from greenlane.applications.commands import SubmitApplication
from greenlane.applications.models import Application
from greenlane.casework import replay
from greenlane.casework.models import Deadline, Notice, StateRow
from greenlane.casework.recording import read
from greenlane.casework.registry import ENTRIES
from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.certification.entries import CertificationDecided, CertificationOpened, ReturnedForCorrection
from greenlane.certification.review import ReturnForCorrection
from greenlane.law.clocks import clock_of, due
from greenlane.participants.models import Participant
from greenlane.programs.queries import terms_of
from greenlane.records.models import Entry
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, investigate, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return founded_desk()


def certified(desk: Desk) -> tuple[Company, UUID]:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.today += timedelta(days=40)
    desk.must(CertifyTierOne(case_id=case), by="sue")
    return company, case


@pytest.mark.clause("6 USC 971(b)")
def test_rc_01_a_legal_date_never_changes_without_a_recorded_act(desk: Desk) -> None:
    company, case = certified(desk)
    dates = _legal_dates(company, case)
    replay.check()
    assert _legal_dates(company, case) == dates
    Application.objects.filter(pk=company.application).update(received_on=date(2026, 1, 1))
    with pytest.raises(replay.StateDiffers, match="received_on"):
        replay.check()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(subject=case).update(effective_on=date(2026, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(subject=case).delete()
    Application.objects.filter(pk=company.application).update(received_on=dates["received"])
    desk.refused(SubmitApplication(case_id=company.application), by="ada")
    assert _legal_dates(company, case) == dates


def _legal_dates(company: Company, case: UUID) -> dict[str, object]:
    return {
        "received": Application.objects.get(pk=company.application).received_on,
        "certified": Participant.objects.get(pk=company.participant).certified_on,
        "history": list(StateRow.objects.order_by("pk").values_list("effective_from", "effective_to", "recorded_at")),
        "deadlines": list(Deadline.objects.order_by("pk").values_list("started_on", "due_on", "met_on")),
    }


@pytest.mark.clause("6 USC 964(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_rc_07_the_90_days_are_recomputed_from_the_record_alone(desk: Desk) -> None:
    _company, case = certified(desk)
    entries = [read(row) for row in Entry.objects.filter(subject=case).order_by("id")]
    [opened] = [e for e in entries if isinstance(e.data, CertificationOpened)]
    [decided] = [e for e in entries if isinstance(e.data, CertificationDecided)]
    assert isinstance(opened.data, CertificationOpened)
    reckoned = due(clock_of("tier_1_certification"), opened.data.received_on, terms=terms_of("ctpat", decided.on))
    [stored] = Deadline.objects.filter(case_id=case)
    assert (stored.started_on, stored.due_on, stored.met_on) == (reckoned.started_on, reckoned.due_on, decided.on)
    steps = [e.case["to"] for e in entries if e.case]
    assert [s for i, s in enumerate(steps) if i == 0 or steps[i - 1] != s] == [
        "received",
        "under_review",
        "recommended",
        "certified",
    ]
    assert all(e.on and e.at and (e.actor or e.office == "system") for e in entries)


@pytest.mark.clause("6 USC 971(b)")
def test_rc_15_what_a_company_must_do_comes_from_a_dated_notice(desk: Desk) -> None:
    company, case = received(desk)
    accept_all(desk, company, case, but="6.1")
    desk.must(ReturnForCorrection(case_id=case, message="One point."), by="sam")
    [notice] = Notice.objects.filter(participant_id=company.participant)
    assert (notice.template, notice.served_on) == ("certification_returned", desk.today)
    returned = Entry.objects.get(kind=ReturnedForCorrection.entry_kind)
    assert str(returned.data["what"]["points"]["6.1"]) in str(notice.body)
    served = Entry.objects.get(kind="casework.NoticeServed")
    assert served.data["what"]["sha256"] == notice.sha256
    messages = [kind for kind in ENTRIES if "message" in kind.lower()]
    assert not messages, f"a private message would be a second source of obligations: {messages}"
