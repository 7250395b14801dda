"""A highway carrier, through the JSON interface only: certified on day 97, with the reason, and counted late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from greenlane.casework import recording
from greenlane.certification.entries import CertificationDecided
from greenlane.records.models import Entry
from tests.api.client import Caller, problem_of
from tests.end_to_end import stories
from tests.end_to_end.conftest import TheDay, Tool
from tests.end_to_end.ending import ends_sound, explains, letter_says
from tests.end_to_end.listed import listed_person
from tests.end_to_end.office import TheOffice, import_the_list, open_the_office
from tests.end_to_end.stories import CARRIER, MANUAL

pytestmark = pytest.mark.django_db


class Client:
    """A program that acts as one person; every command carries a fresh Idempotency-Key."""

    def __init__(self, key: str) -> None:
        self.caller = Caller(key)

    def give(self, command: str, **fields: Any) -> dict[str, Any]:
        key = str(uuid4())
        response = self.caller.give(command, key=key, **fields)
        assert response.status_code in (200, 201), (command, response.status_code, response.content[:3000])
        again = self.caller.give(command, key=key, **fields)
        assert again.json() == response.json(), "the same key with the same body gives the same answer"
        return dict(response.json())

    def refused(self, status: int, command: str, **fields: Any) -> dict[str, Any]:
        return problem_of(self.caller.give(command, key=str(uuid4()), **fields), status)

    def get(self, path: str, **query: Any) -> Any:
        response = self.caller.get(path, **query)
        assert response.status_code == 200, (path, response.status_code, response.content[:500])
        return response.json()

    def items(self, path: str, **query: Any) -> list[dict[str, Any]]:
        return list(self.pages(path, **query))

    def pages(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor = ""
        while True:
            body = self.get(path, **query, **({"cursor": cursor} if cursor else {}))
            yield from body["items"]
            cursor = body["next"] or ""
            if not cursor:
                return

    def upload(self, case: str, title: str, name: str, content: bytes, media_type: str) -> str:
        response = self.caller.upload(UUID(case), name, content, media_type, title=title)
        assert response.status_code == 200, response.content[:500]
        [document] = [one for one in self.items(f"/cases/{case}/documents") if one["title"] == title]
        return str(document["id"])

    def case(self, kind: str) -> dict[str, Any]:
        [found] = self.items("/cases", kind=kind)
        return found


@pytest.mark.clause("6 USC 963", "6 USC 964(a)", "6 USC 964(b)", "6 USC 964(c)", "6 USC 971(a)")
def test_the_whole_job(tool: Tool, the_day: TheDay) -> None:
    office = open_the_office(tool, the_day, CARRIER.business_type)
    person = office.admit("ines", CARRIER.officer, CARRIER.email, by="petra")
    office.admit("corin", "Corin Hale-Invented", "corin@advice.example", by="petra")
    ines = Client(person.key)
    participant = register(ines, the_day, person.id)
    application = apply(ines, the_day, participant)
    only_an_officer_signs(Client(office.key("corin")), ines, office["corin"].id, participant, application)
    import_the_list(office, the_day)
    submit(ines, the_day, application)
    investigate(office, the_day)
    certification = review(office, the_day, application)
    decide_late(office, the_day, certification)
    what_the_carrier_reads(ines, participant, certification)
    ends_sound(tool, participant)


def register(ines: Client, the_day: TheDay, account: str) -> str:
    """The company, its numbers, its people and its supply chain."""
    the_day(stories.REGISTERED)
    about = {"legal_name": CARRIER.name, "country": "US", "address": CARRIER.address, "city": CARRIER.city}
    wrong = ines.refused(422, "RegisterParticipant", **about, business_type=CARRIER.business_type, colour="green")
    assert [reason["where"] for reason in wrong["reasons"]] == ["colour"]
    participant = ines.give("RegisterParticipant", **about, business_type=CARRIER.business_type)["case_id"]
    ines.give("AmendProfile", participant_id=participant, **about, cargo_kinds=["containerized"])
    bad = ines.refused(409, "RecordIdentifier", participant_id=participant, kind="usdot", value="none yet")
    assert bad["reasons"][0]["where"] == "value"
    for kind, value in CARRIER.identifiers:
        ines.give("RecordIdentifier", participant_id=participant, kind=kind, value=value)
    namesake = listed_person()
    people = (
        {"role": "officer", "name": CARRIER.officer, "title": "Director", "birth_date": "1980-02-29", "country": "US"},
        {"role": "owner", "name": namesake.name, "birth_date": namesake.another_birth_date, "share_percent": 100},
    )
    ines.give("RecordPerson", participant_id=participant, account_id=account, **people[0])
    ines.give("RecordPerson", participant_id=participant, country="US", **people[1])
    ines.give("RecordSite", participant_id=participant, **CARRIER.site)
    for partner in CARRIER.partners:
        ines.give("RecordPartner", participant_id=participant, **partner)
    map_legs(ines, participant)
    return str(participant)


def map_legs(ines: Client, participant: str) -> None:
    """A leg from each partner over the bridge to the yard, with the ports' real codes."""
    [site] = ines.items(f"/participants/{participant}/sites")
    for partner in ines.items(f"/participants/{participant}/partners"):
        leg = {"origin": partner["series"], "destination": site["series"], "mode": CARRIER.mode}
        unknown = ines.refused(409, "RecordLeg", participant_id=participant, **leg, port_of_unlading="9999")
        assert unknown["reasons"][0]["where"] == "port_of_unlading"
        ports = {"port_of_lading": CARRIER.lading, "port_of_unlading": CARRIER.unlading}
        ines.give("RecordLeg", participant_id=participant, **leg, **ports)
    assert len(ines.items(f"/participants/{participant}/legs")) == 2


def apply(ines: Client, the_day: TheDay, participant: str) -> str:
    """Eligibility, history, risks and every criterion; submitting too early names all that is missing."""
    the_day(stories.APPLIES)
    application = str(ines.give("OpenApplication", participant_id=participant)["case_id"])
    early = ines.refused(409, "SubmitApplication", case_id=application)
    missing = {"6 USC 961(a)", "6 USC 962", "6 USC 963(1)", "6 USC 963(2)(A)", "6 USC 963(2)(G)", "6 USC 963(3)"}
    assert missing <= set(early["citations"])
    unanswered = [reason["where"] for reason in early["reasons"] if reason["code"] == "criterion_unanswered"]
    assert all(reason["mend"] for reason in early["reasons"])
    pack = ines.get("/programmes/ctpat")["terms"]
    answers = stories.eligibility_of(CARRIER, pack)
    ines.give("AnswerEligibility", case_id=application, answers=answers)
    moved = ines.upload(application, "Crossings of a year", "crossings.csv", CARRIER.shipments, "text/csv")
    manual = ines.upload(application, "Security manual", "manual.txt", MANUAL, "text/plain")
    history = {"moved_from": "2020-09-14", "moved_to": "2021-07-12", "shipments": 188, "evidence": [moved]}
    ines.give("RecordCargoHistory", case_id=application, **history)
    parts = {part: ines.items(f"/participants/{participant}/{part}s") for part in ("site", "partner", "leg")}
    nodes = {part: [row["series"] for row in rows] for part, rows in parts.items()}
    ines.give("AssessRisk", case_id=application, risks=stories.risks_of(pack, nodes))
    asked = ines.get(f"/applications/{application}")["answers"]
    assert [one["number"] for one in asked] == unanswered
    published = {c["number"]: c for c in ines.get(f"/criteria/{CARRIER.business_type}")["criteria"]}
    assert {one["number"] for one in asked} <= published.keys()
    ines.give("AnswerCriteria", case_id=application, answers=stories.answers_of(asked, manual))
    return application


def only_an_officer_signs(corin: Client, ines: Client, account: str, participant: str, application: str) -> None:
    """A consultant of the company helps, and may not sign; a stranger does not even learn that there is a case."""
    assert corin.caller.get(f"/cases/{application}").status_code == 404
    ines.give("GrantOffice", account_id=account, office="consultant", participant_id=participant)
    assert corin.get(f"/applications/{application}")["state"] == "draft"
    refused = corin.refused(403, "SignAgreement", case_id=application, agreed=True)
    assert refused["citations"] == ["6 USC 963"]
    unticked = ines.refused(409, "SignAgreement", case_id=application, agreed=False)
    assert "6 USC 961(a)" in unticked["citations"]


def submit(ines: Client, the_day: TheDay, application: str) -> None:
    """The officer signs and submits; the clock of 90 days runs from that day."""
    the_day(stories.RECEIVED)
    ines.give("SignAgreement", case_id=application, agreed=True)
    told = ines.get(f"/applications/{application}")
    assert told["ready"] is True, [reason for reason in told["readiness"] if not reason["holds"]]
    explains(told["readiness"], "6 USC 962", "6 USC 963", "6 USC 963(1)", "6 USC 963(2)", "6 USC 963(3)")
    assert ines.give("SubmitApplication", case_id=application)["state"] == "submitted"
    certification = ines.case("certification")
    assert certification["next_due_on"] == stories.LAST_DAY.isoformat()
    [clock] = [one for one in clocks(ines, certification["id"]) if one["clock"] == "tier_1_certification"]
    assert (clock["started_on"], clock["days"]) == (stories.RECEIVED.isoformat(), 90)
    assert clock["citation"] == "6 USC 964(c)"


def clocks(client: Client, case: str) -> list[dict[str, Any]]:
    return client.items(f"/cases/{case}/deadlines")


def investigate(office: TheOffice, the_day: TheDay) -> None:
    """The analyst decides every hit against the real list, with a reason; nobody else may."""
    the_day(stories.VETTED)
    vera, sam = Client(office.key("vera")), Client(office.key("sam"))
    case = vera.case("investigation")["id"]
    assert sam.caller.get("/hits").status_code == 403
    hits = vera.items("/hits", investigation=case)
    assert [hit["score"] for hit in hits if hit["listed_name"] and hit["role"] == "owner"], "the namesake is a hit"
    early = vera.refused(409, "CompleteInvestigation", case_id=case, summary="Nothing was looked at.")
    assert "hits_adjudicated" in [reason["code"] for reason in early["reasons"]]
    decision = {"outcome": "false_match", "reason_code": "different_birth_date"}
    reason = "Born on another day than the listed person, as the copy of the passport shows."
    for hit in hits:
        fields = {"case_id": case, "hit_id": hit["id"], **decision}
        assert sam.refused(403, "AdjudicateHit", **fields, reason=reason)["citations"] == ["6 USC 964(b)"]
        vera.refused(409, "AdjudicateHit", **fields, reason="no")
        vera.give("AdjudicateHit", **fields, reason=reason)
    done = vera.give("CompleteInvestigation", case_id=case, summary="Company, owner, officer and yard compared.")
    assert done["state"] == "cleared"


def review(office: TheOffice, the_day: TheDay, application: str) -> str:
    """The supervisor assigns; the specialist reads every criterion, and recommends only then."""
    the_day(stories.REVIEWED)
    sam, sue = Client(office.key("sam")), Client(office.key("sue"))
    case = str(sam.case("certification")["id"])
    sam.refused(403, "BeginReview", case_id=case)
    sue.give("AssignCase", case_id=case, account_id=office["sam"].id)
    sam.give("BeginReview", case_id=case)
    early = sam.refused(409, "RecommendCertification", case_id=case)
    assert "criterion_unreviewed" in [reason["code"] for reason in early["reasons"]]
    asked = sam.get(f"/applications/{application}")["answers"]
    for row in asked:
        note = "Seen in the manual." if row["value"] == "yes" else "A should-criterion; the answer is honest."
        found = {"number": row["number"], "finding": "accepted", "note": note}
        assert sam.caller.give("ReviewCriteria", case_id=case, findings=[found]).status_code == 200
    the_day(stories.RECOMMENDED)
    answer = sam.give("RecommendCertification", case_id=case, note="All criteria are met.")
    assert f"All {len(asked)} criteria are reviewed." in [reason["sentence"] for reason in answer["reasons"]]
    return case


def decide_late(office: TheOffice, the_day: TheDay, case: str) -> None:
    """On day 97 another person decides; without a written reason the law does not let her."""
    sam, sue, aldo = (Client(office.key(name)) for name in ("sam", "sue", "aldo"))
    the_day(stories.LAST_DAY)
    assert [one["days"] for one in clocks(sue, case) if one["clock"] == "tier_1_certification"] == [0]
    the_day(stories.DAY_97)
    assert [one["id"] for one in sue.items("/cases", overdue=True)] == [case]
    sam.refused(403, "CertifyTierOne", case_id=case, lateness_reason=stories.WHY_LATE)
    aldo.refused(403, "CertifyTierOne", case_id=case, lateness_reason=stories.WHY_LATE)
    silent = sue.refused(409, "CertifyTierOne", case_id=case)
    assert silent["citations"] == ["6 USC 964(c)"]
    answer = sue.give("CertifyTierOne", case_id=case, lateness_reason=stories.WHY_LATE)
    assert answer["state"] == "certified"
    explains(answer["reasons"], "6 USC 964(a)", "6 USC 964(b)", "6 USC 964(c)", "6 USC 971(a)")
    [clock] = [one for one in clocks(sue, case) if one["clock"] == "tier_1_certification"]
    assert clock["met_on"] == stories.DAY_97.isoformat()
    assert (clock["standing"], clock["days"]) == ("met_late", -7)
    decided = recording.read(Entry.objects.get(kind="certification.CertificationDecided")).data
    assert isinstance(decided, CertificationDecided)
    assert (decided.late, decided.lateness_reason) == (True, stories.WHY_LATE), "counted late wherever it is counted"


def what_the_carrier_reads(ines: Client, participant: str, case: str) -> None:
    """Standing, timeline and letter; the decision is explained clause by clause, on screen and on paper."""
    about = ines.get(f"/participants/{participant}")
    assert (about["standing"], about["tier"]) == ("certified", 1)
    assert about["certified_on"] == stories.DAY_97.isoformat()
    [told] = [
        one for one in ines.items(f"/cases/{case}/timeline") if one["command"] == "CertifyTierOne" and one["granted"]
    ]
    assert {"6 USC 964(a)", "6 USC 964(b)", "6 USC 964(c)"} <= set(told["citations"])
    assert "actor" not in told or told["actor"] is None
    [notice] = ines.items("/notices", participant=participant)
    blocks = ines.get(f"/notices/{notice['id']}")["blocks"]
    assert any("7 days after that day" in b["text"] and stories.WHY_LATE in b["text"] for b in blocks)
    items = [{"cite": b["cite"], "sentence": b["text"]} for b in blocks if b["kind"] == "item"]
    explains(items, "6 USC 964(a)", "6 USC 964(b)", "6 USC 964(c)", "6 USC 971(a)")
    paper = ines.caller.get(f"/notices/{notice['id']}/letter.pdf")
    letter_says(paper.content, CARRIER.name, "6 USC 964(c)", stories.DAY_97.strftime("%Y"), "certified")
