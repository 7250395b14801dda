"""One operation for each command of the registry, generated: what a person may ask for, a program may too (971(b))."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Header, Router, UploadedFile
from ninja.errors import HttpError

from greenlane.api import authority
from greenlane.api.authority import Access, operation
from greenlane.api.cases import router as cases_router
from greenlane.api.cases import visible_case
from greenlane.api.command_schemas import command_schema
from greenlane.api.problems import reason_json, refusal
from greenlane.api.shapes import PARTICIPANT, Shape, of, reply, show
from greenlane.casework.answers import Answer
from greenlane.casework.doors import command_key, hand_in, perform, public_commands
from greenlane.casework.registry import CommandSpec

KEY_HELP = (
    "Makes a repeated request harmless: the same key with the same body gives the first answer again; "
    "with another body it is refused. A UUID or any text of at most 200 characters."
)
router = Router(tags=["commands"])


class ReasonShape(Shape):
    """One ground of an answer, with its clause."""

    cite: Annotated[str, PARTICIPANT]
    code: Annotated[str, PARTICIPANT]
    holds: Annotated[bool, PARTICIPANT]
    sentence: Annotated[str, PARTICIPANT]
    mend: Annotated[str, PARTICIPANT]
    where: Annotated[str, PARTICIPANT]


class AnswerShape(Shape):
    """What a command was answered: granted, with every reason, and the case as it stands after it."""

    command: Annotated[str, PARTICIPANT]
    command_id: Annotated[UUID, PARTICIPANT]
    granted: Annotated[bool, PARTICIPANT]
    case_id: Annotated[UUID | None, PARTICIPANT]
    state: Annotated[str, PARTICIPANT]
    reference: Annotated[str, PARTICIPANT]
    entries: Annotated[list[UUID], PARTICIPANT]
    citations: Annotated[list[str], PARTICIPANT]
    reasons: Annotated[list[ReasonShape], PARTICIPANT]
    links: Annotated[dict[str, str], PARTICIPANT]


def answered(request: HttpRequest, answer: Answer, *, opens: bool) -> HttpResponse:
    """201 where a case or register was opened, 200 otherwise; a refusal is a problem with its reasons."""
    if not answer.granted:
        return refusal(request, answer)
    root = request.path.split("/api/v1/")[0] + "/api/v1"
    links = {"entry": f"{root}/records/entries/{answer.entries[0]}/proof"} if answer.entries else {}
    if answer.case_id:
        links["case"] = f"{root}/cases/{answer.case_id}"
        links["timeline"] = f"{root}/cases/{answer.case_id}/timeline"
    values = {
        **of(answer, "command", "command_id", "granted", "case_id", "state", "reference"),
        "entries": list(answer.entries),
        "citations": [citation.cite for citation in answer.verdict.citations],
        "reasons": [reason_json(reason) for reason in answer.verdict.reasons],
        "links": links,
    }
    response = reply(request, show(AnswerShape, values, "participant"), status=201 if opens else 200)
    if opens and "case" in links:
        response["Location"] = links["case"]
    return response


def read_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. Raises HttpError 400 for anything else, 413 when it is too large."""
    try:
        body = json.loads(request.body or b"{}", parse_constant=_no_constant, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise HttpError(400, f"The body is not JSON: {_unreadable(error)}.") from None
    if not isinstance(body, dict):
        raise HttpError(400, "The body is not a JSON object with the fields of the command.")
    return body


def _unreadable(error: Exception) -> str:
    """Why a body is not read, in words that do not depend on what reads it."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8"
    return "a number has too many digits" if "integer string" in str(error) else str(error)[:200]


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice in one object")
    return found


def add_command(spec: CommandSpec) -> None:
    """Add the operation of one command."""

    def command_view(
        request: HttpRequest,
        idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", description=KEY_HELP)] = None,
    ) -> HttpResponse:
        account = request.auth.pk  # type: ignore[attr-defined]
        answer = perform(
            spec.name,
            read_body(request),
            account=account,
            now=authority.now(),
            command_id=command_key(idempotency_key, account),
        )
        return answered(request, answer, opens=not spec.case_field and answer.case_id is not None)

    operation(
        router,
        "POST",
        f"/commands/{spec.name}",
        access=Access.COMMAND,
        name=f"command_{spec.name}",
        citations=[citation.cite for citation in spec.citations],
        response={200: AnswerShape, 201: AnswerShape},
        summary=spec.title,
        description=(spec.cls.__doc__ or "").strip(),
        tags=[f"commands: {spec.room}"],
        extra={
            "x-command": spec.name,
            "x-procedures": list(spec.procedures),
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": command_schema(spec)}},
            },
        },
    )(command_view)


for _spec in public_commands():
    add_command(_spec)


@operation(
    cases_router,  # beside the list of documents, which has the same address
    "POST",
    "/cases/{uuid:case_id}/documents",
    access=Access.COMMAND,
    citations=("6 USC 971(b)",),
    response={200: AnswerShape},
)
def upload_document(
    request: HttpRequest,
    case_id: UUID,
    file: File[UploadedFile],
    title: Form[str],
    replaces: Form[UUID | None] = None,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", description=KEY_HELP)] = None,
) -> HttpResponse:
    """Hand in a document.

    The file is checked and stored under the hash of its content, and then added to the case by UploadDocument.
    """
    visible_case(request, case_id)
    if file.size is not None and file.size > settings.GREENLANE_MAX_UPLOAD_BYTES:
        raise HttpError(413, f"The file is larger than {settings.GREENLANE_MAX_UPLOAD_BYTES} bytes.")
    account = request.auth.pk  # type: ignore[attr-defined]
    answer = hand_in(
        file.file,
        file_name=file.name or "",
        declared_type=file.content_type or "",
        case_id=case_id,
        title=title,
        replaces=replaces,
        account=account,
        now=authority.now(),
        command_id=command_key(idempotency_key, account),
    )
    return answered(request, answer, opens=False)
