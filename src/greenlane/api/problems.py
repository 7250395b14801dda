"""What goes wrong, as application/problem+json (RFC 9457): what, where, under which clause, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from greenlane.casework.answers import Answer
from greenlane.casework.doors import say
from greenlane.casework.parsing import in_words
from greenlane.casework.problems import BadInput, Missing
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason
from greenlane.records.documents import DocumentDamaged

log = structlog.get_logger(__name__)
CONTENT_TYPE = "application/problem+json"

TITLES: Mapping[str, tuple[int, str]] = {
    "malformed": (400, N_("The request cannot be read")),
    "no-key": (401, N_("Sign in first")),
    "authority": (403, N_("Your offices do not allow this")),
    "missing": (404, N_("There is nothing here")),
    "method": (405, N_("This address does not take that method")),
    "date": (409, N_("Refused: it cannot count on that day")),
    "procedure": (409, N_("Refused: the case is in another state")),
    "law": (409, N_("Refused under the law")),
    "too-large": (413, N_("The request is too large")),
    "input": (422, N_("Some of the values cannot be used")),
    "fault": (500, N_("Something went wrong on our side")),
}


def problem(
    request: HttpRequest,
    kind: str,
    detail: str,
    *,
    reasons: Iterable[Mapping[str, Any]] = (),
    citations: Iterable[str] = (),
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    """A problem of one of the kinds in ``TITLES``; *reasons* name each ground with its clause and its remedy."""
    default, title = TITLES[kind]
    listed = list(reasons)
    cites = dict.fromkeys([*citations, *(reason["cite"] for reason in listed if reason.get("cite"))])
    body = {
        "type": f"urn:greenlane:problem:{kind}",
        "title": _(title),
        "status": status or default,
        "detail": detail,
        "instance": request.path,
        "citations": list(cites),
        "reasons": listed,
        **more,
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=CONTENT_TYPE, status=status or default)
    response["Cache-Control"] = "no-store"
    if kind == "no-key":
        response["WWW-Authenticate"] = 'Bearer realm="greenlane"'
    return response


def reason_json(reason: Reason) -> dict[str, Any]:
    """A reason of a verdict as this interface shows it: its sentence said, its clause named."""
    return {
        "cite": reason.citation.cite,
        "code": reason.code,
        "holds": reason.holds,
        "sentence": say(reason.sentence),
        "mend": say(reason.mend),
        "where": reason.where,
    }


def refusal(request: HttpRequest, answer: Answer) -> HttpResponse:
    """A refused command: 403 where the person's offices do not reach, 409 where date, procedure or law refuse."""
    failing = [reason_json(reason) for reason in answer.verdict.failing]
    return problem(
        request,
        answer.step,
        " ".join(reason["sentence"] for reason in failing),
        reasons=failing,
        command=answer.command,
        command_id=str(answer.command_id),
    )


def _bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    reasons = [
        {
            "code": "input",
            "where": p.where,
            "sentence": say(p.what),
            "mend": say(p.mend),
            "cite": p.cite,
            "holds": False,
        }
        for p in error.problems
    ]
    return problem(request, "input", _("Nothing was changed. Mend what is named below."), reasons=reasons)


def _missing(request: HttpRequest, error: Missing) -> HttpResponse:
    return problem(request, "missing", say(error.sentence()))


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, "missing", _("There is nothing at this address. See openapi.json for what there is."))


def _unsigned(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = _("Send 'Authorization: Bearer' with a key that is live. A programme manager issues keys.")
    return problem(request, "no-key", detail, citations=["6 USC 971(c)"])


def _unreadable_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [_unreadable(row) for row in error.errors]
    return problem(request, "input", _("Nothing was read. Mend what is named below."), reasons=reasons)


def _unreadable(row: Mapping[str, Any]) -> dict[str, Any]:
    """One value that could not be read, by the name that whoever sent it gave it."""
    what, mend = in_words(row["type"], row.get("ctx", {}), row["msg"])
    outside = {"body", "query", "path", "header", "form", "file"}
    loc = list(row["loc"])
    while len(loc) > 1 and loc[0] in outside:
        del loc[0]
    where = ".".join(str(part) for part in loc)
    return {"code": "input", "where": where, "sentence": say(what), "mend": say(mend), "cite": "", "holds": False}


_BY_STATUS = {400: "malformed", 401: "no-key", 403: "authority", 404: "missing", 405: "method", 413: "too-large"}


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    kind = _BY_STATUS.get(error.status_code, "malformed")
    return problem(request, kind, str(error), status=error.status_code)


def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(request, "too-large", _("Send less at once; files go to the address for documents."))


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug: the log keeps everything, the client learns nothing of our inside."""
    log.exception("request failed", path=request.path, method=request.method, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return problem(request, "fault", _("It was logged, and nothing was changed. Try again later."))


def _damaged(request: HttpRequest, error: DocumentDamaged) -> HttpResponse:
    """Nobody's mistake who asks: what is in the store is not what is on record, and is shown to nobody."""
    log.error("document damaged", path=request.path, detail=str(error))
    detail = _(
        "The bytes of this document are lost or altered, so they are not shown. The operator finds this in the log."
    )
    return problem(request, "fault", detail, citations=["6 USC 971(c)"])


def install(api: NinjaAPI) -> None:
    """Answer every exception of this interface with a problem."""
    for kind, handler in (
        (Exception, _fault),
        (Http404, _not_found),
        (HttpError, _http_error),
        (AuthenticationError, _unsigned),
        (ValidationError, _unreadable_parameters),
        (RequestDataTooBig, _too_large),
        (BadInput, _bad_input),
        (Missing, _missing),
        (DocumentDamaged, _damaged),
    ):
        api.add_exception_handler(kind, handler)


SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457), with the clauses that it rests on and what to do about each point.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "citations", "reasons"],
    "properties": {
        "type": {"type": "string", "format": "uri", "examples": ["urn:greenlane:problem:law"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "The path of the request."},
        "citations": {"type": "array", "items": {"type": "string", "examples": ["6 USC 964(c)"]}},
        "reasons": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemReason"}},
        "command": {"type": "string"},
        "command_id": {"type": "string", "format": "uuid"},
    },
}

REASON_SCHEMA: dict[str, Any] = {
    "title": "ProblemReason",
    "type": "object",
    "required": ["cite", "code", "holds", "sentence", "mend", "where"],
    "properties": {
        "cite": {"type": "string", "description": "The clause, or empty."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "holds": {"type": "boolean"},
        "sentence": {"type": "string"},
        "mend": {"type": "string", "description": "What you can do."},
        "where": {"type": "string", "description": "The field, criterion or node that it is about."},
    },
}
