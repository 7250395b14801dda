"""Acting on the command line: as a person, with reasons, with exit codes that a script can rely on."""

from __future__ import annotations

import hashlib
import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from greenlane.casework.models import Case, Document, Notice
from greenlane.cli import machine
from greenlane.law.authority import Office
from greenlane.people.delegation import IssueToken
from greenlane.people.models import Account, Token
from greenlane.records.models import Entry, ReadLog
from tests.cli.conftest import Run, answer_of
from tests.companies import Company
from tests.desk import Desk

OLGA = "olga@example.org"


def key_of(desk: Desk, name: str) -> str:
    key = f"key of {name}"
    desk.must(
        IssueToken(
            account_id=desk.people[name],
            label="test",
            hash=hashlib.sha256(key.encode()).hexdigest(),
            expires_on=desk.today + timedelta(days=30),
        )
    )
    return key


def test_granted_ends_with_0_and_names_the_reasons(company: Company, run: Run) -> None:
    result = run("applications", "sign-agreement", "--case-id", company.application, "--agreed", "--as", OLGA)
    assert result.exit_code == 0, result.output
    assert "Granted: SignAgreement" in result.stdout
    assert "(6 USC 96" in result.stdout


@pytest.mark.clause("6 USC 963")
def test_refused_ends_with_1_and_says_why_and_what_to_do(company: Company, run: Run) -> None:
    result = run("applications", "submit-application", "--case-id", company.application, "--as", OLGA)
    assert result.exit_code == 1
    assert "Refused: SubmitApplication" in result.stdout
    assert "(6 USC 96" in result.stdout
    body = answer_of(
        run("applications", "submit-application", "--case-id", company.application, "--as", OLGA, "--json")
    )
    assert body["granted"] is False
    assert any(not reason["holds"] and reason["cite"] for reason in body["reasons"])


def test_bad_input_ends_with_2_and_names_every_field(company: Company, run: Run) -> None:
    result = run("applications", "record-cargo-history", "--case-id", "seven", "--as", OLGA, "--json")
    assert result.exit_code == 2
    problems = {problem["where"] for problem in answer_of(result)["error"]["problems"]}
    assert {"case_id", "moved_from", "moved_to", "shipments"} <= problems


def test_missing_ends_with_3(company: Company, run: Run) -> None:
    assert run("applications", "submit-application", "--case-id", uuid4(), "--as", OLGA).exit_code == 3
    assert run("cases", "show", "CER-NONE-HERE").exit_code == 3
    assert run("letters", "show", uuid4()).exit_code == 3


def test_nobody_acts_without_a_name(company: Company, run: Run) -> None:
    result = run("applications", "sign-agreement", "--case-id", company.application, "--agreed")
    assert result.exit_code == 2
    assert "GREENLANE_TOKEN" in result.stderr
    assert not Entry.objects.filter(command="SignAgreement").exists()


def test_a_key_acts_as_its_person_and_a_dead_one_as_nobody(
    company: Company, desk: Desk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = ("applications", "sign-agreement", "--case-id", company.application, "--agreed")
    assert run(*sign, "--token", "no such key").exit_code == 2
    monkeypatch.setenv("GREENLANE_TOKEN", key_of(desk, "olga"))
    assert run(*sign).exit_code == 0
    assert Entry.objects.get(kind="applications.AgreementSigned").actor == desk.people["olga"]


@pytest.mark.clause("6 USC 971(c)")
def test_the_offices_of_the_person_decide(company: Company, desk: Desk, run: Run) -> None:
    desk.person("mallory")
    result = run(
        "applications", "sign-agreement", "--case-id", company.application, "--agreed", "--as", "mallory@example.org"
    )
    assert result.exit_code == 1
    assert "You may not give SignAgreement here" in result.stdout


@pytest.mark.clause("6 USC 971(c)")
def test_acting_in_a_name_leaves_a_trace(company: Company, desk: Desk, run: Run) -> None:
    run("applications", "sign-agreement", "--case-id", company.application, "--agreed", "--as", OLGA)
    trace = ReadLog.objects.get(office="operator")
    assert trace.account == desk.people["olga"]
    assert "SignAgreement" in trace.what


@pytest.mark.clause("6 USC 971(c)")
def test_only_the_operator_acts_in_a_name_or_reads_the_database(
    company: Company, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine.os, "access", lambda path, mode: False)
    for command in (
        ("applications", "sign-agreement", "--case-id", company.application, "--agreed", "--as", OLGA),
        ("people", "open-account", "--email", "new@example.org", "--name", "New"),
        ("cases", "list"),
        ("records", "verify"),
        ("people", "list"),
    ):
        result = run(*command)
        assert result.exit_code == 1, command
        assert "Only the operator" in result.stderr
        assert company.name not in result.output
    assert not Account.objects.filter(email="new@example.org").exists()


def test_the_platform_founds_but_never_decides(company: Company, run: Run) -> None:
    opened = run("people", "open-account", "--email", "new@example.org", "--name", "New Person", "--json")
    assert opened.exit_code == 0
    assert run("certification", "certify-tier-one", "--case-id", company.application).exit_code == 2
    assert run("people", "close-account", "--account-id", answer_of(opened)["case_id"], "--reason", "x").exit_code == 2


def test_the_same_command_id_gives_the_same_answer(desk: Desk, run: Run) -> None:
    command = ("people", "open-account", "--email", "a@example.org", "--name", "A", "--command-id", "once", "--json")
    assert answer_of(run(*command)) == answer_of(run(*command))
    other = ("people", "open-account", "--email", "b@example.org", "--name", "B", "--command-id", "once")
    assert run(*other).exit_code == 2


def test_nested_values_come_from_json_or_a_file(company: Company, run: Run, tmp_path: Path) -> None:
    answers = [{"number": "1.1", "value": "no", "narrative": "Not yet."}]
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers))
    command = ("applications", "answer-criteria", "--case-id", company.application, "--as", OLGA, "--answers")
    assert run(*command, f"@{file}").exit_code == 0
    assert run(*command, json.dumps(answers)).exit_code == 0
    assert run(*command, "@nowhere.json").exit_code == 2
    assert run(*command, "{").exit_code == 2


def test_the_day_can_be_given_and_must_be_one(desk: Desk, run: Run) -> None:
    command = ("people", "open-account", "--email", "a@example.org", "--name", "A", "--on")
    assert run(*command, "soon").exit_code == 2
    assert run(*command, "2026-01-05").exit_code == 0
    assert Account.objects.get(email="a@example.org").opened_on.isoformat() == "2026-01-05"


def test_a_key_is_shown_once_and_only_its_hash_is_kept(desk: Desk, run: Run) -> None:
    desk.person("mia")
    issued = answer_of(run("people", "issue-token", "--email", "mia@example.org", "--label", "x", "--json"))
    assert Token.objects.get().hash == hashlib.sha256(issued["token"].encode()).hexdigest()
    assert not any(issued["token"].encode() in bytes(entry.body) for entry in Entry.objects.all())


def test_a_password_is_set_and_a_weak_one_is_not(desk: Desk, run: Run) -> None:
    desk.person("mia")
    weak = run("people", "set-password", "mia@example.org", "--stdin", stdin="short\n")
    assert weak.exit_code == 2
    good = "an unlikely phrase 77"
    assert run("people", "set-password", "mia@example.org", "--stdin", stdin=f"{good}\n").exit_code == 0
    assert Account.objects.get(email="mia@example.org").check_password(good)


def test_a_case_is_found_told_and_its_document_handed_in(company: Company, run: Run, tmp_path: Path) -> None:
    case = Case.objects.get(pk=company.application)
    rows = answer_of(run("cases", "list", "--q", "Meridian", "--kind", "application", "--json"))
    assert [row["reference"] for row in rows] == [case.reference]
    assert answer_of(run("cases", "show", case.reference.lower(), "--json"))["state"] == "draft"
    told = run("cases", "timeline", case.reference)
    assert "was received" in told.stdout
    file = tmp_path / "fence.txt"
    file.write_text("The fence is high.")
    command = ("cases", "upload-document", case.reference, file, "--title", "Fence", "--as", OLGA)
    assert run(*command).exit_code == 0
    assert Document.objects.filter(title="Fence").count() == 1
    assert run("cases", "upload-document", case.reference, tmp_path, "--title", "F", "--as", OLGA).exit_code == 2


def test_cases_that_are_overdue(company: Company, desk: Desk, run: Run) -> None:
    company.sign().submit()
    assert answer_of(run("cases", "list", "--overdue", "--json")) == []
    desk.today += timedelta(days=91)
    [row] = answer_of(run("cases", "list", "--overdue", "--json"))
    assert (row["kind"], row["standing"]) == ("certification", "1 day overdue")


def test_a_letter_on_screen_and_on_paper(company: Company, desk: Desk, run: Run, tmp_path: Path) -> None:
    case = Case.objects.get(pk=company.application)
    from greenlane.casework.commands import ServeNotice
    from greenlane.casework.notices import frozen_hash, paragraph

    body = [paragraph("We have received it on %(day)s.", "6 USC 964(c)", day=desk.today).to_json()]
    served = ServeNotice(
        case_id=case.pk,
        template="test",
        title="Received",
        body=body,
        sha256=frozen_hash("Received", body),
        entry=uuid4(),
    )
    desk.must(served)
    notice = Notice.objects.get(subject="Received")
    paper = tmp_path / "letter.pdf"
    result = run("letters", "show", notice.pk, "--pdf", paper)
    assert result.exit_code == 0, result.output
    assert "We have received it on 2026-03-02. (6 USC 964(c))" in result.stdout
    assert paper.read_bytes().startswith(b"%PDF-")


def test_the_record_is_sealed_verified_exported_and_held_against_the_state(
    company: Company, run: Run, tmp_path: Path, settings: Any
) -> None:
    key = answer_of(run("records", "keygen", "--json"))
    assert stat.S_IMODE(Path(key["path"]).stat().st_mode) == 0o600
    assert answer_of(run("records", "checkpoint", "--json"))["size"] == Entry.objects.count()
    assert answer_of(run("records", "verify", "--json"))["sound"] is True
    bundle = tmp_path / "record.zip"
    assert run("records", "export", "--out", bundle).exit_code == 0
    assert run("records", "verify", "--bundle", bundle, "--key", key["verifier_key"]).exit_code == 0
    bundle.write_bytes(bundle.read_bytes()[:-40])
    assert run("records", "verify", "--bundle", bundle).exit_code == 1
    assert run("records", "check-state").exit_code == 0
    Case.objects.filter(pk=company.application).update(state="accepted")
    altered = run("records", "check-state", "--json")
    assert altered.exit_code == 1
    assert answer_of(altered)["same"] is False


def test_work_delivers_and_seals(company: Company, run: Run) -> None:
    done = answer_of(run("work", "--once", "--json"))
    assert done["sealed"] == Entry.objects.count()
    assert done["failing"] == 0


def test_a_programme_and_criteria_from_their_files(desk: Desk, run: Run, tmp_path: Path) -> None:
    from greenlane.programs.packs_schema import PACKS

    pack = PACKS / "ctpat" / "pack.yaml"
    assert run("programmes", "load", pack, "--on", "2020-01-01").exit_code == 0
    assert run("programmes", "load", pack).exit_code == 1  # word for word in force already
    broken = tmp_path / "pack.yaml"
    broken.write_text("code: [")
    result = run("programmes", "load", broken)
    assert result.exit_code == 2
    assert "line" in result.stderr
    assert run("programmes", "load", tmp_path / "none.yaml").exit_code == 2
    publish = ("criteria", "publish", "--consulted-on", "2019-06-01", "--on", "2020-01-01", "--business-type")
    assert run(*publish, "importer").exit_code == 0
    assert run(*publish, "juggler").exit_code == 2
    desk.person("mia", Office.PROGRAMME_MANAGER)
    texts = tmp_path / "texts.yaml"
    texts.write_text("'1.1': The agency's own words.\n")
    load = ("criteria", "load-official-text", texts, "--business-type", "importer", "--source", "Invented booklet")
    assert run(*load, "--as", "mia@example.org").exit_code == 0
    assert [row["code"] for row in answer_of(run("programmes", "list", "--json"))] == ["ctpat"]


def test_lists_are_imported_whole_or_refused_by_line(company: Company, run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "consolidated.csv"
    wrong.write_text("<html>not a list</html>")
    command = ("lists", "import", "csl", "--list", wrong, "--source", "an invented site", "--retrieved-on")
    result = run(*command, "2026-03-01")
    assert result.exit_code == 2
    assert "HTML" in result.stderr or "list" in result.stderr
    assert run(*command, "soon").exit_code == 2
    assert run("lists", "import", "csl", "--source", "x", "--retrieved-on", "2026-03-01").exit_code == 2
    assert answer_of(run("lists", "show", "--json")) == []


def test_the_law_is_listed_and_its_coverage_told(run: Run) -> None:
    assert len(answer_of(run("law", "list", "--json"))) == 134
    assert run("law", "list", "--section", "999").exit_code == 3
    covered = answer_of(run("law", "coverage", "--json"))
    assert len(covered["clauses"]) == 134
    assert covered["summary"]["all"] == 134
    assert "6 USC 964(c)" in run("law", "coverage").stdout


def test_ports_are_read_whole_or_refused(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "ports.csv"
    wrong.write_text("a,b\n1,2\n")
    result = run("places", "import-wpi", wrong, "--check")
    assert result.exit_code == 2
    assert "line 1" in result.stderr
