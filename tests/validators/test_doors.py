"""What a validator sees by page and interface: one company, while engaged, each look logged (968(d)(3), 971(c))."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from greenlane.api import authority
from greenlane.casework.dates import legal_date
from greenlane.casework.models import Deadline, Notice
from greenlane.consequences.commands_incident import ReportIncident
from greenlane.records.models import Entry
from greenlane.records.reads import reads_of
from greenlane.validators.commands_engagement import DeclareConflict
from tests.api.client import caller
from tests.desk import Desk
from tests.validation.steps import relist
from tests.validators.steps import Engaged, certified_beside, engaged, validators_desk
from tests.web.trader_stage import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> Engaged:
    desk = validators_desk()
    desk.prove = False
    desk.today = legal_date(timezone.now())
    relist(desk)
    monkeypatch.setattr(authority, "now", lambda: desk.at)
    return engaged(desk)


def looks(desk: Desk, participant: UUID) -> int:
    return reads_of(participant).filter(account=desk.people["val"]).count()


def statuses(client: Client, *addresses: str) -> list[int]:
    return [client.get(address).status_code for address in addresses]


@pytest.mark.clause("6 USC 968(d)(3)")
@pytest.mark.clause("6 USC 971(c)")
def test_a_validator_opens_the_pages_of_one_company_while_engaged_and_each_look_is_logged(one: Engaged) -> None:
    desk, own = one.desk, one.company.participant
    stranger, strange = certified_beside(desk, "eve")
    client = signed_in(desk, "val")
    validation = [f"/cases/{one.validation}/{page}" for page in ("", "timeline/", "letters/", "documents/")]
    foreign = [f"/cases/{strange}/", f"/story/{strange}/", f"/trader/{stranger.participant}/"]
    assert set(statuses(client, *validation)) == {404}
    assert statuses(client, "/validators/", f"/cases/{one.certificate}/") == [200, 200]
    one.ready()
    assert set(statuses(client, *validation)) == {404}
    assert looks(desk, own) == 0
    assert statuses(client, f"/cases/{one.engagement}/") == [200]
    assert looks(desk, own) == 1
    one.authorize().begin()
    assert set(statuses(client, *validation)) == {200}
    assert looks(desk, own) >= 1 + len(validation)
    assert not set(statuses(client, *foreign)) & {200}
    assert looks(desk, stranger.participant) == 0
    one.submit().accept()
    assert set(statuses(client, *validation)) == {404}
    shown = signed_in(desk, "ada").get(f"/trader/{own}/reads/").content.decode()
    assert "Val" in shown or "validator" in shown.lower()


@pytest.mark.clause("6 USC 968(d)(3)")
@pytest.mark.clause("6 USC 971(c)")
def test_a_program_of_a_validator_reads_one_company_while_engaged_and_each_look_is_logged(one: Engaged) -> None:
    desk, own = one.desk, one.company.participant
    stranger, strange = certified_beside(desk, "eve")
    val = caller(desk, "val")

    def read(*paths: str) -> list[int]:
        return [val.get(path).status_code for path in paths]

    company = [f"/participants/{own}", f"/cases/{one.validation}", f"/cases/{one.validation}/timeline"]
    foreign = [f"/participants/{stranger.participant}", f"/cases/{strange}", f"/cases/{strange}/documents"]
    one.ready()
    assert set(read(*company, *foreign)) == {404}
    assert val.get("/participants").json()["items"] == []
    assert looks(desk, own) == 0
    assert read(f"/engagements/{one.engagement}") == [200]
    one.authorize().begin()
    before = looks(desk, own)
    assert read(*company, *foreign) == [200] * 3 + [404] * 3
    assert [row["id"] for row in val.get("/participants").json()["items"]] == [str(own)]
    assert looks(desk, own) == before + 4
    one.submit().accept()
    assert set(read(*company)) == {404}
    assert looks(desk, stranger.participant) == 0


@pytest.mark.clause("6 USC 968(d)")
def test_the_interface_lists_who_can_be_engaged_and_what_each_sees(one: Engaged) -> None:
    desk = one.desk
    one.ready()
    ada, val, sue = (caller(desk, name) for name in ("ada", "val", "sue"))
    [listed] = ada.get("/validators").json()["items"]
    assert listed["name"] == "Blue Heron Validators"
    assert [row["in_force"] for row in val.get("/validators/certificates").json()["items"]] == [True]
    assert ada.get("/validators/certificates").json()["items"] == []
    assert [row["code"] for row in ada.get("/validators/procedures").json()["items"]] == ["on-site-visits"]
    for who in (ada, val, sue):
        [row] = who.get("/engagements", participant=one.company.participant).json()["items"]
        assert ("authorized_by" in row) is (who is sue)
    desk.person("eve")
    assert caller(desk, "eve").get(f"/engagements/{one.engagement}").status_code == 404


@pytest.mark.clause("6 USC 968(f)(1)")
def test_the_pages_of_an_engagement_show_owners_to_the_programme_alone(one: Engaged) -> None:
    desk = one.desk
    one.ready()
    desk.must(DeclareConflict(case_id=one.engagement, kind="family", detail="Two sisters."), by="val")
    staff = signed_in(desk, "sue").get(f"/cases/{one.engagement}/").content.decode()
    assert "Orla Invented" in staff  # she owns the company
    assert "Two sisters." in staff
    other = signed_in(desk, "val").get(f"/cases/{one.engagement}/").content.decode()
    assert "Orla Invented" not in other
    company = signed_in(desk, "ada").get(f"/trader/{one.company.participant}/cases/{one.engagement}/")
    assert company.status_code == 200
    one.desk.must(DeclareConflict(case_id=one.engagement, kind="other", detail="None."), by="ada")
    [notice] = Notice.objects.filter(case_id=one.certificate, template="validator_certificate_decided")
    val = signed_in(desk, "val")
    assert val.get(f"/letters/{notice.pk}/").status_code == 200
    assert val.get(f"/letters/{notice.pk}/letter.pdf")["Content-Type"] == "application/pdf"
    for given in ("SubmitInsuranceInformation", "AgreeToProcedures", "RecordInsurance"):
        assert val.get(f"/cases/{one.certificate}/give/{given}/").status_code == 200, given
    sue = signed_in(desk, "sue")
    for given in ("RevokeCertificate", "InspectValidator"):
        assert sue.get(f"/cases/{one.certificate}/give/{given}/").status_code == 200, given
    for given in ("AuthorizeEngagement", "DetermineNoConflict", "RefuseEngagement"):
        assert sue.get(f"/cases/{one.engagement}/give/{given}/").status_code == 200, given
    boss = signed_in(desk, "max")
    for given in ("PublishProcedure", "AdoptPilotPlan", "RecordHolding"):
        assert boss.get(f"/give/{given}/").status_code == 200, given
    assert boss.get("/validators/").status_code == 200


@pytest.mark.clause("6 USC 968(d)(3)")
@pytest.mark.clause("6 USC 971(c)")
def test_no_entry_and_no_other_case_of_the_company_opens_by_a_guessed_id(one: Engaged) -> None:
    """Papers of an engagement open no record of the company, and a validation opens none of its other cases."""
    desk, own = one.desk, one.company.participant
    val, page = caller(desk, "val"), signed_in(desk, "val")
    told = Entry.objects.filter(participant=own, audience="participant")
    of_company = [told.filter(kind=kind).first() for kind in ("participants.SiteRecorded", "people.OfficeGranted")]
    of_company = [row for row in of_company if row is not None]
    assert of_company
    elsewhere = [f"/records/entries/{row.uid}/" for row in of_company]
    one.ready()
    assert set(statuses(page, *elsewhere)) == {404}
    one.authorize().begin()
    assert set(statuses(page, *elsewhere)) == {404}
    here = told.filter(subject=one.validation).first()
    assert here is not None
    assert statuses(page, f"/records/entries/{here.uid}/") == [200]
    incident = ReportIncident(participant_id=own, what="A seal was broken.", happened_on=desk.today, place="Gate 2")
    desk.must(incident, by=one.company.officer)
    for listed in ("/incidents", "/consequences", "/appeals", "/profile-reviews", "/change-notices"):
        assert val.get(listed).json()["items"] == [], listed
    before = looks(desk, own)
    assert [row["id"] for row in val.get("/validations").json()["items"]] == [str(one.validation)]
    assert val.get("/cases", kind="validation").json()["items"] != []
    assert looks(desk, own) == before + 2
    due = Deadline.objects.filter(case_id=one.validation).earliest("due_on").due_on
    shown = page.get(f"/calendar/?month={due:%Y-%m}").content.decode()
    assert one.company.name in shown
    assert looks(desk, own) == before + 3
    one.submit().accept()
    assert set(statuses(page, *elsewhere, f"/records/entries/{here.uid}/")) == {404}
    assert val.get("/validations").json()["items"] == []
