"""Every operation, every office: who gets through, and who is told why not (6 USC 971(c))."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any
from uuid import UUID

import pytest
from django.test import Client

from greenlane.api.app import api
from greenlane.api.authority import OPERATIONS, Access, Declared
from greenlane.api.openapi import operations
from greenlane.api.shapes import PARTICIPANT, RESTRICTED, Shape, Unmarked, audiences, show
from greenlane.law.authority import GRANTS, Office
from greenlane.people.models import Account
from greenlane.people.visibility import NEED_TO_KNOW, STAFF
from greenlane.records.classification import audience_of_field
from tests.api.client import Caller, caller, problem_of
from tests.companies import Company, found_programme
from tests.desk import Desk

NOBODY = UUID(int=1)
PEOPLE = [office for office in Office if office is not Office.SYSTEM]


def address(declared: Declared) -> str:
    values = dict.fromkeys(("{code}", "{business_type}", "{slug}", "{number}", "{agency}"), "none")
    path = declared.path
    for name, value in values.items():
        path = path.replace(name, value)
    path = re.sub(r"\{uuid:\w+\}", str(NOBODY), path)
    path = re.sub(r"\{path:\w+\}", "none", path)
    assert "{" not in path, path
    return path


def call(who: Caller, declared: Declared) -> int:
    path = address(declared)
    if declared.method == "GET":
        return who.get(path).status_code
    if path.endswith("/documents"):
        return who.upload(NOBODY, "a.txt", b"words", "text/plain", title="A").status_code
    return who.send(path, "{}").status_code


def test_every_address_in_the_document_is_declared() -> None:
    document = api.get_openapi_schema()
    named = {operation["operationId"] for _, _, operation in operations(document)}
    assert named == set(OPERATIONS)
    assert {operation["x-access"] for _, _, operation in operations(document)} == {access.value for access in Access}


def test_nothing_answers_that_is_not_declared() -> None:
    """Apart from the index, the document and the address for everything else, which say nothing of anybody."""
    open_views = {"index", "nowhere"}
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                name = operation.operation_id or operation.view_func.__name__
                assert name in OPERATIONS or name in open_views, (path, name)
                if name in OPERATIONS and OPERATIONS[name].access is not Access.PUBLIC:
                    assert operation.auth_callbacks, name


@pytest.mark.clause("6 USC 971(c)")
def test_without_a_key_only_the_public_operations_answer(db: None) -> None:
    for declared in OPERATIONS.values():
        status = call(Caller(""), declared)
        if declared.access is Access.PUBLIC:
            assert status in (200, 404, 422), declared
        else:
            assert status == 401, declared


def somebody_of(desk: Desk, office: Office) -> Caller:
    """A person of this office; of a company that has nothing on record yet, where it is a company's office."""
    company = office in (Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT)
    participant = None
    if company:
        found_programme(desk, "importer")
        participant = Company(desk, "founder", name="Another Lantern Imports").register().participant
    desk.person("somebody", *(() if office is Office.PUBLIC else (office,)), participant=participant)
    return caller(desk, "somebody")


@pytest.mark.clause("6 USC 971(c)")
@pytest.mark.parametrize("office", PEOPLE)
def test_every_operation_as_every_office(desk: Desk, office: Office) -> None:
    """A person of this office, with no case assigned and no agreement, calls everything about nothing that exists."""
    somebody = somebody_of(desk, office)
    for declared in OPERATIONS.values():
        status = call(somebody, declared)
        closed = (
            (declared.access is Access.STAFF and office not in STAFF)
            or (declared.access is Access.NEED_TO_KNOW and office not in NEED_TO_KNOW)
            or declared.access is Access.AGREEMENT
        )
        assert (status == 403) == closed, (declared, status)
        assert status < 500, (declared, status)
        if declared.access in (Access.PUBLIC, Access.SIGNED_IN) and "{" not in declared.path:
            assert status in (200, 404, 422), (declared, status)


@pytest.mark.clause("6 USC 971(c)")
@pytest.mark.parametrize("office", PEOPLE)
def test_a_command_of_another_office_is_forbidden(desk: Desk, office: Office) -> None:
    """Commands on a register that exists: exactly the offices in the law's table get past authority."""
    target = desk.person("target")
    response = somebody_of(desk, office).give("CloseAccount", account_id=target, reason="left")
    may = office in {grant.office for grant in GRANTS["CloseAccount"]}
    assert response.status_code == (200 if may else 403), response.content
    if not may:
        assert "CloseAccount" in problem_of(response, 403)["detail"]


def all_shapes() -> set[type[Shape]]:
    found, waiting = set(), [Shape]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(below)
        waiting += below
    return found


@pytest.mark.clause("6 USC 971(c)")
def test_every_field_that_is_shown_has_its_audience() -> None:
    shapes = {shape for shape in all_shapes() if shape.__module__.startswith("greenlane.api")}
    assert len(shapes) > 20
    for shape in shapes:
        assert set(audiences(shape)) == set(shape.model_fields)
        for name in shape.model_fields:
            assert audience_of_field(f"api.{shape.__name__}", name)
        assert shape.own <= set(shape.model_fields)


def test_every_answer_in_the_document_is_made_of_shapes() -> None:
    known = {shape.__name__ for shape in all_shapes()} | {f"{shape.__name__}Page" for shape in all_shapes()}
    document = api.get_openapi_schema()
    answers = named_in([operation["responses"] for _, _, operation in operations(document)], document)
    assert len(answers) > 20
    assert answers - known <= {"Problem", "ProblemReason"}


def named_in(part: Any, document: dict[str, Any]) -> set[str]:
    """The schemas of the document that a part of it is made of, through all that they are made of themselves."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        names = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(waiting.pop(), default=str))) - found
        found |= names
        waiting += [document["components"]["schemas"][name] for name in names]
    return found


def test_a_field_without_an_audience_cannot_be_made() -> None:
    with pytest.raises(Unmarked):
        type("Stray", (Shape,), {"__annotations__": {"secret": str}, "__module__": __name__})


class Told(Shape):
    """For the test below."""

    name: Annotated[str, PARTICIPANT]
    secret: Annotated[str, RESTRICTED]


def test_a_narrow_field_is_left_out_not_emptied() -> None:
    values = {"name": "a", "secret": "b"}
    assert show(Told, values, "participant") == {"name": "a"}
    assert show(Told, values, "public") == {}
    assert show(Told, values, "restricted") == values
    assert Told.model_json_schema()["required"] == ["name"]


def test_the_document_is_served_to_anybody(db: None) -> None:
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200
    assert json.loads(served.content)["openapi"].startswith("3.")
    index = Client().get("/api/v1/").json()
    assert index["openapi"].endswith("/api/v1/openapi.json")


@pytest.mark.django_db
@pytest.mark.clause("6 USC 971(c)")
def test_a_change_without_a_key_is_told_how_to_get_one_and_not_of_a_token_of_pages() -> None:
    for cookies in ({}, {"sessionid": "stale"}):
        client = Client(enforce_csrf_checks=True)
        client.cookies.load(cookies)
        answer = client.post("/api/v1/commands/WithdrawAppeal", "{}", "application/json")
        told = json.loads(answer.content)
        assert (answer.status_code, told["type"]) == (401, "urn:greenlane:problem:no-key")
        assert "Authorization: Bearer" in told["detail"]
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
@pytest.mark.clause("6 USC 971(c)")
def test_a_change_from_a_session_without_the_token_of_the_page_is_refused_with_both_ways() -> None:
    desk = Desk()
    desk.person("sam", Office.SPECIALIST)
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(pk=desk.people["sam"]))
    answer = client.post("/api/v1/commands/AssignCase", "{}", "application/json")
    assert answer.status_code == 403
    told = json.loads(answer.content)["detail"]
    assert "X-CSRFToken" in told
    assert "Authorization: Bearer" in told
