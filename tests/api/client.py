"""A program that calls the interface: with a key of a person at the desk, or without one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from greenlane.people.delegation import IssueToken
from tests.desk import Desk

ROOT = "/api/v1"


@dataclass
class Caller:
    """Calls with a key; '' calls without one."""

    token: str = ""

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **more}

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> HttpResponse:
        return Client().get(f"{ROOT}{path}", query, headers=self._headers(headers or {}))

    def give(self, command: str, key: str | None = None, **fields: Any) -> HttpResponse:
        more = {"Idempotency-Key": key} if key is not None else {}
        return self.send(f"/commands/{command}", json.dumps(fields, default=str), **more)

    def send(self, path: str, body: str | bytes, content_type: str = "application/json", **more: str) -> HttpResponse:
        return Client().post(f"{ROOT}{path}", body, content_type, headers=self._headers(more))

    def upload(self, case_id: UUID, name: str, content: bytes, media_type: str, **fields: str) -> HttpResponse:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile(name, content, media_type)
        return Client().post(f"{ROOT}/cases/{case_id}/documents", {"file": file, **fields}, headers=self._headers({}))


def caller(desk: Desk, name: str, until: date | None = None) -> Caller:
    """A caller with a fresh key of a person at the desk."""
    token = f"key-of-{name}-{desk.given}"
    desk.must(
        IssueToken(
            account_id=desk.people[name],
            label="test",
            hash=hashlib.sha256(token.encode()).hexdigest(),
            expires_on=until or desk.today + timedelta(days=300),
        )
    )
    return Caller(token)


def problem_of(response: HttpResponse, status: int) -> dict[str, Any]:
    """The problem of a response, held against its shape."""
    assert response.status_code == status, (response.status_code, response.content[:500])
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(response.content)
    assert {"type", "title", "status", "detail", "instance", "citations", "reasons"} <= body.keys()
    assert body["status"] == status
    assert "Traceback" not in response.content.decode()
    return body
