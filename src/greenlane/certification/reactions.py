"""What follows from submissions, withdrawals and decisions (6 USC 964)."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.applications.commands import BARRED, ConcludeApplication, ReturnApplication
from greenlane.applications.entries import ApplicationSubmitted, ApplicationWithdrawn
from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.certification.commands import CloseCertification, OpenCertification
from greenlane.certification.entries import CertificationDecided, ReturnedForCorrection
from greenlane.certification.models import Certification
from greenlane.certification.review import ResumeReview
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.queries import participant_of


@reacts(ApplicationSubmitted)
def submission_received(one: Recorded) -> Iterator[Command]:
    """A first submission opens the certification; a corrected one resumes the review."""
    assert isinstance(one.data, ApplicationSubmitted)
    open_one = Certification.objects.filter(application_id=one.data.application_id).first()
    if open_one is None:
        yield OpenCertification(application_id=one.data.application_id)
    else:
        yield ResumeReview(case_id=open_one.pk)


@reacts(ReturnedForCorrection)
def application_goes_back(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, ReturnedForCorrection)
    yield ReturnApplication(case_id=one.data.application_id, points=one.data.points, message=one.data.message)


@reacts(CertificationDecided)
def decision_takes_effect(one: Recorded) -> Iterator[Command]:
    """The application is concluded and the company stands as decided."""
    data = one.data
    assert isinstance(data, CertificationDecided)
    certified = data.outcome == "certified"
    yield ConcludeApplication(case_id=data.application_id, outcome="accepted" if certified else "refused")
    if not certified and participant_of(data.participant_id).standing in BARRED:
        return  # a refusal takes no suspension or expulsion back
    yield SetStanding(
        participant_id=data.participant_id,
        standing="certified" if certified else "refused",
        tier=1 if certified else 0,
        reason="6 USC 964",
        because=one.subject,
    )


@reacts(ApplicationWithdrawn)
def certification_closes(one: Recorded) -> Iterator[Command]:
    assert isinstance(one.data, ApplicationWithdrawn)
    certification = Certification.objects.filter(application_id=one.data.application_id).first()
    if certification is not None:
        yield CloseCertification(case_id=certification.pk, reason="withdrawn by the company")
