"""On PostgreSQL, of racing decisions on certificates and engagements one counts and none is overlooked (968)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from greenlane.casework import outbox, recording, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, Notice
from greenlane.casework.registry import Command
from greenlane.records.models import Entry
from greenlane.validation.models import Visit
from greenlane.validators.commands import CertifyValidator, RefuseCertificate
from greenlane.validators.commands_deciding import AuthorizeEngagement, RefuseEngagement
from greenlane.validators.commands_monitoring import RevokeCertificate
from greenlane.validators.commands_report import AcceptThirdPartyReport
from greenlane.validators.entries import ShortcomingFound
from greenlane.validators.models import Certificate, ConductedReview, Engagement
from tests.casework.test_races import race
from tests.desk import Desk
from tests.validation.steps import upload
from tests.validators.steps import engaged, prepared, sought, validators_desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(desk: Desk, commands: list[Command], by: str = "sue") -> list[bool]:
    """Six racers give these commands in turn; what was granted, and then whatever follows."""
    given = [commands[n % len(commands)] for n in range(6)]
    answers = race(lambda n: execute(given[n], actor=Actor(desk.people[by]), at=desk.at, command_id=uuid4()))
    outbox.deliver(desk.at)
    replay.check()
    return [answer.granted for answer in answers]


def shortcoming(desk: Desk, case: object) -> tuple[ShortcomingFound, ...]:
    paper = upload(desk, case, "Inspection", by="sue")  # type: ignore[arg-type]
    return (ShortcomingFound(procedure="on-site-visits", found="No photographs.", evidence=(paper,)),)


@pytest.mark.clause("6 USC 968(d)")
def test_a_certificate_is_given_or_refused_once() -> None:
    desk = validators_desk()
    desk.prove = False
    case = sought(desk)
    prepared(desk, case)
    granted = together(desk, [CertifyValidator(case_id=case), RefuseCertificate(case_id=case, reason="No.")])
    assert granted.count(True) == 1
    assert Case.objects.get(pk=case).state in ("certified", "refused")


@pytest.mark.clause("6 USC 968(d)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_racing_refusals_of_a_certificate_one_is_given_and_read() -> None:
    desk = validators_desk()
    desk.prove = False
    case = sought(desk)
    ways: list[Command] = [RefuseCertificate(case_id=case, reason=f"It has no staff, says {n}.") for n in range(6)]
    assert together(desk, ways).count(True) == 1
    assert Case.objects.get(pk=case).state == "refused"
    [told] = Entry.objects.filter(subject=case, kind="validators.CertificateDecided")
    assert recording.read(told).data.reason == Certificate.objects.get(pk=case).reason  # type: ignore[attr-defined]
    assert Notice.objects.filter(case_id=case, template="validator_certificate_decided").count() == 1


@pytest.mark.clause("6 USC 968(f)")
def test_an_engagement_is_authorized_or_refused_once() -> None:
    desk = validators_desk()
    desk.prove = False
    one = engaged(desk).ready()
    authorize, refuse = (
        AuthorizeEngagement(case_id=one.engagement),
        RefuseEngagement(case_id=one.engagement, reason="No."),
    )
    assert together(desk, [authorize, refuse]).count(True) == 1


@pytest.mark.clause("6 USC 968(g)(2)(A)")
def test_of_an_authorization_and_a_revocation_at_once_no_engagement_outlives_the_certificate() -> None:
    desk = validators_desk()
    desk.prove = False
    one = engaged(desk).ready()
    revoke = RevokeCertificate(case_id=one.certificate, shortcomings=shortcoming(desk, one.certificate))
    granted = together(desk, [AuthorizeEngagement(case_id=one.engagement), revoke])
    assert granted[1::2].count(True) == 1  # revoked once
    assert Case.objects.get(pk=one.engagement).state == "ended"
    assert Engagement.objects.get().ended_on == desk.today


@pytest.mark.clause("6 USC 968(g)(2)(B)")
def test_a_report_that_races_with_a_revocation_is_reviewed_or_ended_and_never_lost() -> None:
    desk = validators_desk()
    desk.prove = False
    one = engaged(desk).ready().authorize().begin().submit()
    revoke = RevokeCertificate(case_id=one.certificate, shortcomings=shortcoming(desk, one.certificate))
    accept = AcceptThirdPartyReport(case_id=one.engagement)
    givers = [Actor(desk.people["sam"]), Actor(desk.people["sue"])]
    race(
        lambda n: execute((accept, revoke)[n % 2], actor=givers[n % 2], at=desk.at, command_id=uuid4())  # type: ignore[arg-type]
    )
    outbox.deliver(desk.at)
    replay.check()
    assert [row.validation_id for row in ConductedReview.objects.all()] == [one.validation]
    assert not Visit.objects.filter(engagement=one.engagement, counts=True).exists()
