"""A customs broker, on the command line only: its owner is a listed person, and certification is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end import stories
from tests.end_to_end.conftest import TheDay, Tool
from tests.end_to_end.ending import ends_sound, explains, letter_says
from tests.end_to_end.listed import listed_person
from tests.end_to_end.office import TheOffice, import_the_list, open_the_office
from tests.end_to_end.stories import BROKER, MANUAL

pytestmark = pytest.mark.django_db
GROUND = "An owner of the company is a person on the list of specially designated nationals."


@pytest.mark.clause("6 USC 963", "6 USC 964(b)", "6 USC 971(b)", "6 USC 971(c)")
def test_the_whole_job(tool: Tool, the_day: TheDay) -> None:
    office = open_the_office(tool, the_day, BROKER.business_type)
    nell = office.admit("nell", BROKER.officer, BROKER.email, by="petra")
    the_day(stories.REGISTERED)
    participant = register(tool, nell.key, nell.id)
    application = apply(tool, the_day, nell.key, participant)
    import_the_list(office, the_day)
    submit(tool, the_day, office, application)
    investigation = investigate(tool, the_day, office)
    certification = review(tool, the_day, office, application)
    refuse(tool, the_day, office, certification)
    what_can_be_read(tool, participant, application, certification, investigation)
    ends_sound(tool, participant)


def register(tool: Tool, key: str, account: str) -> str:
    """The company, its numbers, its people and its supply chain."""
    about: list[object] = ["--legal-name", BROKER.name, "--country", "US", "--address", BROKER.address]
    about += ["--city", BROKER.city]
    registered = tool("participants", "register-participant", "--business-type", BROKER.business_type, *about, key=key)
    participant = registered["reference"]
    own = ("--participant-id", registered["case_id"])
    tool("participants", "amend-profile", *own, *about, "--cargo-kinds", "containerized", key=key)
    [bad] = tool.refused("participants", "record-identifier", *own, "--kind", "filer_code", "--value", "LONG", key=key)
    assert bad["where"] == "value"
    for kind, value in BROKER.identifiers:
        tool("participants", "record-identifier", *own, "--kind", kind, "--value", value, key=key)
    officer: list[object] = ["--role", "officer", "--name", BROKER.officer, "--title", "President"]
    born = ("--birth-date", "1980-02-29", "--country", "US", "--account-id", account)
    tool("participants", "record-person", *own, *officer, *born, key=key)
    listed = listed_person()
    owner = ("--role", "owner", "--name", listed.name, "--birth-date", listed.born, "--country", "US")
    tool("participants", "record-person", *own, *owner, "--share-percent", 100, key=key)
    tool("participants", "record-site", *own, *options(BROKER.site), key=key)
    for partner in BROKER.partners:
        tool("participants", "record-partner", *own, *options(partner), key=key)
    shown = tool("participants", "show", participant)
    leg = {"origin": shown["partners"][0]["series"], "destination": shown["sites"][0]["series"], "mode": BROKER.mode}
    ports = {"port_of_lading": BROKER.lading, "port_of_unlading": BROKER.unlading}
    [unknown] = tool.refused("participants", "record-leg", *own, *options(leg), "--port-of-unlading", "9999", key=key)
    assert unknown["where"] == "port_of_unlading"
    tool("participants", "record-leg", *own, *options({**leg, **ports}), key=key)
    return str(registered["case_id"])


def options(values: dict[str, Any]) -> list[object]:
    """Values as they are typed: ``--port-of-lading MXTIJ``."""
    return [part for name, value in values.items() for part in (f"--{name.replace('_', '-')}", value)]


def apply(tool: Tool, the_day: TheDay, key: str, participant: str) -> str:
    """Eligibility, history, risks and every criterion, each as the tool says that it is asked."""
    the_day(stories.APPLIES)
    opened = tool("applications", "open-application", "--participant-id", participant, key=key)
    case = ("--case-id", opened["case_id"])
    early = tool.refused("applications", "submit-application", *case, key=key)
    cited = {reason["cite"] for reason in early}
    assert {"6 USC 961(a)", "6 USC 963(1)", "6 USC 963(2)(A)", "6 USC 963(3)", "6 USC 963(4)"} <= cited
    asked = tool("applications", "show", opened["reference"])
    assert {"criteria", "agreement", "history"} <= {missing["where"].split(":")[0] for missing in asked["missing"]}
    answers = {q["key"]: BROKER.answers.get(q["key"], "yes") for q in asked["questions"]}
    tool("applications", "answer-eligibility", *case, "--answers", tool.file("eligibility.json", answers), key=key)
    moved = upload(tool, key, opened["reference"], "Entries of a year", "entries.csv", BROKER.shipments)
    manual = upload(tool, key, opened["reference"], "Security manual", "manual.txt", MANUAL)
    dates = ("--moved-from", "2020-09-14", "--moved-to", "2021-07-12", "--shipments", 96, "--evidence", moved)
    tool("applications", "record-cargo-history", *case, *dates, key=key)
    risks = [risk_at(row["area"], row["node"]) for row in asked["risks"]]
    tool("applications", "assess-risk", *case, "--risks", tool.file("risks.json", risks), key=key)
    told = stories.answers_of(asked["criteria"], manual)
    tool("applications", "answer-criteria", *case, "--answers", tool.file("answers.json", told), key=key)
    left = tool("applications", "show", opened["reference"])
    assert {missing["where"] for missing in left["missing"]} == {"agreement"}
    assert {one["answer"] for one in left["criteria"]} == {"yes", "no", "not_applicable"}
    return str(opened["reference"])


def risk_at(area: str, node: str) -> dict[str, Any]:
    """Steps two to five of the assessment at one point."""
    [risk] = stories.risks_of({"areas": [{"code": area, "nodes": ["any"]}]}, {"any": [node]})
    return risk


def upload(tool: Tool, key: str, case: str, title: str, name: str, content: bytes) -> str:
    path = tool.home / name
    path.write_bytes(content)
    tool("cases", "upload-document", case, path, "--title", title, key=key)
    [document] = [one for one in tool("cases", "show", case)["documents"] if one["title"] == title]
    return str(document["id"])


def submit(tool: Tool, the_day: TheDay, office: TheOffice, application: str) -> None:
    """Only an officer of the company signs; the clock of 90 days runs from the day of receipt."""
    the_day(stories.RECEIVED)
    case = ("--case-id", tool("cases", "show", application)["id"])
    for stranger in ("sam", "petra"):
        [why] = tool.refused("applications", "sign-agreement", *case, "--agreed", key=office.key(stranger))
        assert (why["code"], why["cite"]) == ("authority", "6 USC 963")
    tool("applications", "sign-agreement", *case, "--agreed", key=office.key("nell"))
    answer = tool("applications", "submit-application", *case, key=office.key("nell"))
    assert answer["state"] == "submitted"
    explains(answer["reasons"], "6 USC 962", "6 USC 963", "6 USC 963(1)", "6 USC 963(2)", "6 USC 963(3)")
    [case_row] = tool("cases", "list", "--kind", "certification")
    assert (case_row["company"], case_row["due"]) == (BROKER.name, stories.LAST_DAY.isoformat())
    assert "90 days left" in case_row["standing"]


def investigate(tool: Tool, the_day: TheDay, office: TheOffice) -> str:
    """The owner is the listed person: the same name and date of birth. A person says so, with the reason."""
    the_day(stories.VETTED)
    [row] = tool("cases", "list", "--kind", "investigation")
    found = tool("vetting", "hits", row["reference"])
    [true] = [hit for hit in found if hit["entry_key"] == listed_person().key]
    assert (true["role"], true["status"]) == ("owner", "open")
    assert true["score"] == max(hit["score"] for hit in found) >= 90
    assert sum(part["points"] for part in true["parts"]) == true["score"]
    [born] = [line for line in true["lines"] if line["what"] == "Born"]
    assert born["supports"] is True
    case = ("--case-id", row["id"])
    hit = ("--hit-id", true["id"], "--outcome", "true_match", "--reason-code", "same_birth_date")
    reason = ("--reason", "Name and date of birth are those of the listed person; the passport copy confirms both.")
    [why] = tool.refused("vetting", "adjudicate-hit", *case, *hit, *reason, key=office.key("nell"))
    assert why["code"] == "authority"
    tool("vetting", "adjudicate-hit", *case, *hit, *reason, key=office.key("vera"))
    for other in found:
        if other["id"] != true["id"]:
            no = ("--hit-id", other["id"], "--outcome", "false_match", "--reason-code", "different_birth_date")
            other_reason = ("--reason", "Born on another day than the party, as its passport copy shows.")
            tool("vetting", "adjudicate-hit", *case, *no, *other_reason, key=office.key("vera"))
    summary = ("--summary", "The owner is a listed person.")
    done = tool("vetting", "complete-investigation", *case, *summary, key=office.key("vera"))
    assert done["state"] == "adverse"
    return str(row["reference"])


def review(tool: Tool, the_day: TheDay, office: TheOffice, application: str) -> str:
    """Every criterion is read all the same; certifying is barred, and the specialist recommends refusal."""
    the_day(stories.REVIEWED)
    [row] = tool("cases", "list", "--kind", "certification")
    case, sam = ("--case-id", row["id"]), office.key("sam")
    tool("cases", "show", row["reference"])
    tool("people", "assign-case", *case, "--account-id", office["sam"].id, key=office.key("sue"))
    tool("certification", "begin-review", *case, key=sam)
    asked = tool("applications", "show", application)["criteria"]
    findings = [{"number": one["number"], "finding": "accepted", "note": "Read with the manual."} for one in asked]
    tool("certification", "review-criteria", *case, "--findings", tool.file("findings.json", findings), key=sam)
    tool("certification", "recommend-certification", *case, key=sam)
    barred = tool.refused("certification", "certify-tier-one", *case, key=office.key("sue"))
    assert [(reason["code"], reason["cite"]) for reason in barred] == [("investigation_cleared", "6 USC 964(b)")]
    why = ("--reason", "The owner is a listed person: look at the result of the investigation.")
    tool("certification", "send-back-recommendation", *case, *why, key=office.key("sue"))
    grounds = [{"cite": "6 USC 964(b)", "kind": "true_match", "statement": GROUND}]
    uncited = [{**grounds[0], "cite": "6 USC 999"}]
    recommend = ("certification", "recommend-refusal", *case, "--grounds")
    assert "ground_cited" in [r["code"] for r in tool.refused(*recommend, tool.file("bad.json", uncited), key=sam)]
    tool(*recommend, tool.file("grounds.json", grounds), key=sam)
    return str(row["reference"])


def refuse(tool: Tool, the_day: TheDay, office: TheOffice, certification: str) -> None:
    """A second person refuses, within the 90 days."""
    the_day(stories.RECOMMENDED)
    case = ("--case-id", tool("cases", "show", certification)["id"])
    for other in ("sam", "vera", "nell", "aldo"):
        [why] = tool.refused("certification", "refuse-certification", *case, key=office.key(other))
        assert why["code"] == "authority"
    answer = tool("certification", "refuse-certification", *case, key=office.key("sue"))
    assert answer["state"] == "refused"
    explains(answer["reasons"], "6 USC 964(b)", "6 USC 964(c)", "6 USC 971(a)")
    assert GROUND in " ".join(reason["sentence"] for reason in answer["reasons"])


def what_can_be_read(tool: Tool, participant: str, application: str, certification: str, investigation: str) -> None:
    """Standing, story and letter; the company learns the ground, and nothing of the list entry."""
    assert tool("participants", "show", participant)["standing"] == "refused"
    assert tool("cases", "show", application)["state"] == "refused"
    shown = tool("cases", "show", certification)
    assert shown["deadlines"][0]["met_on"] == stories.RECOMMENDED.isoformat()
    [letter] = shown["letters"]
    paper = tool.home / "letter.pdf"
    read = tool("letters", "show", letter["id"], "--pdf", paper)
    explains(
        [{"cite": b["cite"], "sentence": b["text"]} for b in read["blocks"] if b["kind"] == "item"],
        "6 USC 964(b)",
        "6 USC 964(c)",
        "6 USC 971(a)",
    )
    letter_says(paper.read_bytes(), BROKER.name, "refused", "6 USC 964(b)", "apply again")
    words = " ".join(block["text"] for block in read["blocks"])
    assert GROUND in words
    told = tool("cases", "timeline", certification, "--audience", "participant")
    assert any(row["command"] == "RefuseCertification" and "refused" in row["sentence"] for row in told)
    assert not any(row["command"] == "RecommendRefusal" for row in told)
    for hidden in (listed_person().name.split()[-1], listed_person().born.isoformat()):
        assert hidden not in words + str(told)
    assert tool("cases", "timeline", investigation, "--audience", "participant") == []
