"""The pages of release: look an entry up, policies, what if, and where an agency answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from greenlane.participants.models import Identifier
from greenlane.people.models import Account
from greenlane.records.models import ReadLog
from greenlane.release.commands_agencies import RecordArrangement
from greenlane.release.models import (
    Agency,
    AgencyCriteria,
    AgencyProgramme,
    FiledEntry,
    ReleaseDecision,
    ReleaseMessage,
    ReleasePolicy,
)
from greenlane.web.giving import KEY
from tests.release import room
from tests.release.clocked import ClockedDesk
from tests.release.test_compatibility import numbers, published_criteria
from tests.release.test_room_entries import IOR, cargo_desk, entry, file, says, undrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> ClockedDesk:
    made, _who = cargo_desk()
    made.prove = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at + timedelta(seconds=1))
    return made


def client(desk: ClockedDesk, name: str) -> Client:
    found = Client()
    found.force_login(Account.objects.get(pk=desk.people[name]))
    return found


def page(who: Client, name: str, *args: object, **query: str) -> str:
    answer = who.get(reverse(f"web:{name}", args=args), query, follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


@pytest.mark.clause("6 USC 964(a)", "6 USC 971(b)", "19 USC 4311(b)(4)(A)")
def test_an_entry_is_looked_up_and_its_decision_seen_as_a_picture(desk: ClockedDesk) -> None:
    cleo = client(desk, "cleo")
    [one] = undrawn(desk, authority=("FDA",))
    file(desk, one, entry(desk, "HIGH", score=300))
    desk.must(says(desk, one.entry_number, "FDA", "proceed"), by="fay")
    home = page(cleo, "release")
    assert one.entry_number in home
    assert "No entry “NOPE”" in page(cleo, "release", q="NOPE")
    shown = page(cleo, "release", q=one.entry_number)
    assert shown.count('class="gl-svg"') == 2
    assert "Released by all of government" in shown
    assert "FDA: may proceed" in shown
    assert "ONE GOVERNMENT RELEASE" in shown
    assert "965(b)(1)" in shown
    first = page(cleo, "release-entry", one.entry_number, decision="1")
    assert "A later decision stands" in first
    assert "Waiting for FDA" in first
    assert "high risk" in page(cleo, "release-entry", "HIGH")
    assert cleo.get(reverse("web:release-entry", args=["NONE"])).status_code == 404
    assert client(desk, "fay").get(reverse("web:release")).status_code == 403


def test_an_entry_is_decided_by_hand_and_mistakes_stand_beside_their_fields(desk: ClockedDesk) -> None:
    cleo = client(desk, "cleo")
    path = reverse("web:release-decide")
    assert cleo.get(path).status_code == 200
    given = {
        KEY: str(uuid4()), "entry_number": "HAND-1", "filed_at": (desk.at - timedelta(minutes=1)).isoformat(),
        "importer": IOR, "score": "2000", "mode": "sea", "threat_level": "0", "authority": "fda",
    }  # fmt: skip
    wrong = cleo.post(path, given)
    assert "out of range" in wrong.content.decode()
    assert not FiledEntry.objects.exists()
    shown = cleo.post(path, {**given, KEY: str(uuid4()), "score": "100"}, follow=True).content.decode()
    assert "Entry HAND-1" in shown
    assert ReleaseDecision.objects.get().filed.filed["authority"] == ["FDA"]


@pytest.mark.clause("6 USC 964(a)", "6 USC 966(c)")
def test_policies_with_their_differences_and_what_can_be_done(desk: ClockedDesk) -> None:
    mona, cleo = client(desk, "mona"), client(desk, "cleo")
    key = room.drafted(desk, desk.today + timedelta(days=5), tier_two_permille=300)
    listed = page(mona, "release-policies")
    assert "Draft a policy of benefits" in listed
    assert "Draft a policy of benefits" not in page(cleo, "release-policies")
    shown = page(mona, "release-policy", key)
    assert "+50" in shown
    assert "Publish the policy" in shown
    assert "Publish the policy" not in page(cleo, "release-policy", key)
    for name in ("ConsultOnReleasePolicy", "SimulateReleasePolicy", "PublishReleasePolicy", "WithdrawReleasePolicy"):
        assert mona.get(reverse("web:case-give", args=[key, name])).status_code == 200
        assert "Benefits on cargo" in page(mona, "release-give", key, name)
    for name in ("DraftReleasePolicy", "RecordThreshold", "RegisterAgency", "RecordArrangement"):
        assert mona.get(reverse("web:release-give-at-large", args=[name])).status_code == 200
    assert mona.get(reverse("web:release-give-at-large", args=["PublishReleasePolicy"])).status_code == 404
    assert mona.get(reverse("web:case", args=[key])).status_code == 200
    published = ReleasePolicy.objects.get(version=1)
    assert str(published.salt) not in page(mona, "release-policy", published.pk)
    assert mona.get(reverse("web:release-policy", args=[uuid4()])).status_code == 404


def test_a_number_of_any_signs_has_its_pages(desk: ClockedDesk) -> None:
    cleo, fay = client(desk, "cleo"), client(desk, "fay")
    file(desk, entry(desk, "Ref/7 ?#%-ä", authority=("FDA",)))
    assert "Ref/7" in page(cleo, "release")
    assert "Ref/7" in page(cleo, "release", q="Ref/7 ?#%-ä")
    assert "Ref/7" in page(cleo, "release-entry", "Ref/7 ?#%-ä")
    assert "Ref/7" in page(fay, "agency-release")
    assert "Your answer" in page(fay, "agency-release-entry", "Ref/7 ?#%-ä")
    file(desk, entry(desk, "INV-77"))
    assert "Entry INV-77" in page(cleo, "release", q="inv-77")


@pytest.mark.clause("6 USC 971(c)")
def test_who_reads_a_decision_stands_in_the_log_of_reads_of_its_parties(desk: ClockedDesk) -> None:
    [one] = undrawn(desk)
    file(desk, one)
    page(client(desk, "cleo"), "release-entry", one.entry_number)
    participant = Identifier.objects.get(kind="ior").participant_id
    [read] = ReadLog.objects.filter(participant=participant, what="status as a party of an entry")
    assert read.account == desk.people["cleo"]
    assert one.entry_number not in f"{read.what} {read.purpose}"


@pytest.mark.clause("6 USC 964(a)")
def test_a_draft_begins_with_the_numbers_in_force_and_opens_its_policy(desk: ClockedDesk) -> None:
    mona = client(desk, "mona")
    path = reverse("web:release-give-at-large", args=["DraftReleasePolicy"])
    asked = mona.get(path)
    [programme] = asked.context["form"].fields["programme"].choices
    rows = asked.context["form"]["numbers"].value()
    assert rows["tier_two_permille"] == room.NUMBERS.tier_two_permille
    day = {f"effective_from_{part}": str(getattr(desk.today, part)) for part in ("month", "day", "year")}
    numbers = {f"numbers-{name}": str(value) for name, value in vars(room.NUMBERS).items()}
    given = {KEY: str(uuid4()), "programme": programme[0], "title": "Same", "why": "Tried.", **day, **numbers}
    done = mona.post(path, given)
    drafted = ReleasePolicy.objects.get(version=2)
    assert done.status_code == 302
    assert done["Location"] == reverse("web:release-policy", args=[drafted.pk])
    assert drafted.numbers == vars(room.NUMBERS)


@pytest.mark.clause("19 USC 4311(a)", "19 USC 4311(b)(4)(C)")
def test_criteria_and_arrangements_are_kept_on_their_pages(desk: ClockedDesk) -> None:
    mona, cleo = client(desk, "mona"), client(desk, "cleo")
    fda = Agency.objects.get(code="FDA").pk
    path = reverse("web:release-give", args=[fda, "AdoptAgencyCriteria"])
    day = {f"in_force_from_{part}": str(getattr(desk.today, part)) for part in ("month", "day", "year")}
    given = {KEY: str(uuid4()), "document": "Prior notice", "agreed_with": "Fay Invented", "ports": "2704\n2709", **day}
    done = mona.post(path, given, follow=True).content.decode()
    assert AgencyCriteria.objects.get().ports == ["2704", "2709"], done
    assert "ports 2704, 2709" in page(mona, "release-policies")
    record = RecordArrangement(programme="ctpat", country="MX", partner_programme="OEA", since=desk.today)
    key = desk.must(record, by="mona").case_id
    assert "Recognise manufacturers abroad" in page(mona, "release-arrangement", key)
    assert "Recognise manufacturers abroad" not in page(cleo, "release-arrangement", key)
    for name in ("RecogniseManufacturers", "EndRecognition", "EndArrangement"):
        assert mona.get(reverse("web:release-give", args=[key, name])).status_code == 200
    assert mona.get(reverse("web:release-give", args=[key, "AdoptAgencyCriteria"])).status_code == 404
    assert mona.get(reverse("web:release-arrangement", args=[uuid4()])).status_code == 404


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)")
def test_what_if_draws_what_would_change(desk: ClockedDesk) -> None:
    cleo = client(desk, "cleo")
    file(desk, *(entry(desk, f"INV-{n}", score=100 + 5 * n) for n in range(30)))
    plain = page(cleo, "release-what-if")
    assert "What would change" not in plain
    numbers = {"threshold": "200", **{name: str(value) for name, value in vars(room.NUMBERS).items()}}
    few = page(cleo, "release-what-if", tier_two_permille="500")
    assert "What would change" in few
    assert "Give a whole number for" in page(cleo, "release-what-if", tier_two_permille="many")
    shown = page(cleo, "release-what-if", **{**numbers, "tier_two_permille": "500"})
    assert shown.count('class="gl-svg"') == 8, "examinations and scores by tier, mode, port and business type"
    assert "Of 30 entries" in shown
    assert "No entry was filed in the period that is measured." in shown
    wrong = page(cleo, "release-what-if", **{**numbers, "random_rate": "99999"})
    assert "less than or equal to 10000" in wrong
    assert "What would change" not in wrong


@pytest.mark.clause("19 USC 4311(b)(4)(A)", "6 USC 971(c)")
def test_rc_23_an_agency_answers_on_its_page_and_sees_no_score(desk: ClockedDesk) -> None:
    fay, eli = client(desk, "fay"), client(desk, "eli")
    [one] = undrawn(desk, authority=("FDA",), score=61)
    number = one.entry_number
    file(desk, one)
    assert number in page(fay, "agency-release")
    assert number not in page(eli, "agency-release")
    assert eli.get(reverse("web:agency-release-entry", args=[number])).status_code == 404
    path = reverse("web:agency-release-entry", args=[number])
    shown = fay.get(path).content.decode()
    assert "score" not in shown.split("<main")[1].split("</main")[0].lower()
    done = fay.post(path, {KEY: str(uuid4()), "answer": "proceed", "program": "", "note": "Cold chain."}, follow=True)
    assert "is on record" in done.content.decode()
    assert ReleaseMessage.objects.get().number == number
    assert number not in page(fay, "agency-release").split("is on record")[-1]
    assert "May proceed" in page(fay, "agency-release", q=number)
    assert "Cold chain." in page(fay, "agency-release", q=number)
    assert "Cold chain." in page(client(desk, "cleo"), "release-entry", number)
    assert client(desk, "cleo").get(path).status_code == 403


@pytest.mark.clause("19 USC 4311(b)(4)(B)")
def test_a_programme_of_an_agency_is_recorded_examined_and_read_requirement_by_requirement(desk: ClockedDesk) -> None:
    mona, cleo, fay, eli = (client(desk, name) for name in ("mona", "cleo", "fay", "eli"))
    published_criteria(desk)
    fda = Agency.objects.get(code="FDA").pk
    given = {"code": "LEAGUE", "name": "Invented League", "programme": "ctpat", "business_type": "importer"}
    record = reverse("web:release-give", args=[fda, "RecordAgencyProgramme"])
    mona.post(record, {KEY: str(uuid4()), **given}, follow=True)
    row = AgencyProgramme.objects.get()
    first, second, *_rest = numbers(desk, row)
    assert "Not compatible yet" in page(mona, "release-policies")
    assert "Record a programme of FDA" not in page(cleo, "release-policies")
    shown = page(mona, "release-agency-programme", row.pk)
    examine = reverse("web:release-give", args=[fda, "ExamineAgencyProgramme"]) + "?agency_programme=LEAGUE"
    assert examine in shown
    rows = {
        f"compared-{n}-{name}": value
        for n, values in enumerate(
            (
                {"requirement": first, "compatible": "yes", "theirs": "F-1", "ground": "The same fence."},
                {"requirement": second, "compatible": "no", "theirs": "", "ground": "They ask for no seals."},
            )
        )
        for name, value in values.items()
    }
    assert 'value="LEAGUE"' in mona.get(examine).content.decode()
    done = mona.post(examine, {KEY: str(uuid4()), "agency_programme": "LEAGUE", "compared-count": "2", **rows})
    assert done.status_code == 302, done.content.decode()
    for who in (cleo, fay):
        shown = page(who, "release-agency-programme", row.pk)
        assert "The same fence." in shown
        assert "They ask for no seals." in shown
        assert "ExamineAgencyProgramme" not in shown
    assert "Invented League" in page(fay, "agency-release")
    assert "Invented League" not in page(eli, "agency-release")
    for who, key in ((eli, row.pk), (mona, uuid4())):
        assert who.get(reverse("web:release-agency-programme", args=[key])).status_code == 404
