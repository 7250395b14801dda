"""The OpenAPI document holds what it says: checked as a document, and by calls that a machine invents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi import checks

from greenlane.api.app import api
from greenlane.api.openapi import operations
from greenlane.casework.doors import public_commands
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from tests.api.client import caller
from tests.companies import Company
from tests.desk import Desk

DOCUMENT: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
SAMPLE = ("OpenAccount", "RegisterParticipant", "AnswerCriteria", "AssessRisk", "GrantOffice", "RecordSite")


def test_every_command_is_documented_with_its_clauses_and_fields() -> None:
    found = {operation.get("x-command"): operation for _, _, operation in operations(DOCUMENT)}
    for spec in public_commands():
        operation = found[spec.name]
        assert operation["x-citations"] == [citation.cite for citation in spec.citations]
        assert operation["summary"] == spec.title
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        assert set(schema["properties"]) == {field.name for field in spec.fields}
        assert schema["additionalProperties"] is False
        assert all(field["title"] for field in schema["properties"].values())
        assert {"401", "403", "404", "409", "422"} <= set(operation["responses"])
        assert "$ref" not in json.dumps(schema)


def test_every_operation_documents_its_problems() -> None:
    for path, method, operation in operations(DOCUMENT):
        assert "422" in operation["responses"], (method, path)
        if operation["x-access"] != "public":
            assert "WWW-Authenticate" in operation["responses"]["401"]["headers"], (method, path)
        for status, response in operation["responses"].items():
            if status >= "400":
                assert set(response["content"]) == {"application/problem+json"}


def test_the_document_is_valid() -> None:
    schemathesis.openapi.from_dict(DOCUMENT).validate()


CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
QUICK = settings(
    max_examples=5,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def chosen() -> list[tuple[str, str]]:
    """Every read, and a sample of commands."""
    return [
        (method, path)
        for path, method, operation in operations(DOCUMENT)
        if method == "get" or operation.get("x-command") in SAMPLE
    ]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The application is called outside the test client, so its connection must be kept open here as that keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def place(company: Company, offices: Desk) -> dict[str, str]:
    """A key that opens most doors, and ids of what is there."""
    offices.must(GrantOffice(account_id=offices.people["supervisor"], office=Office.PROGRAMME_MANAGER))
    ids = {"case_id": company.application, "application_id": company.application}
    key = caller(offices, "supervisor").token
    return {"key": key, "participant_id": str(company.participant), **{name: str(ids[name]) for name in ids}}


@cache
def contract() -> Any:
    """The application with its document, which is large: read once in a process."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize(("method", "path"), chosen())
def test_what_a_machine_invents_is_answered_as_documented(place: dict[str, str], method: str, path: str) -> None:
    operation = contract()[path][method.upper()]

    @QUICK
    @given(case=operation.as_strategy())
    def attempt(case: Any) -> None:
        for name in case.path_parameters or {}:
            if name in place:
                case.path_parameters[name] = place[name]
        response = case.call(headers={"Authorization": f"Bearer {place['key']}", "Accept-Encoding": "identity"})
        case.validate_response(response, checks=CHECKS)

    attempt()
