"""The virus scanner where the operator has one: ClamAV by its socket; no answer is a refusal (971(c))."""

from __future__ import annotations

import socket
from typing import BinaryIO

from django.conf import settings

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason
from greenlane.records.refusals import problem

TIMEOUT_SECONDS = 60.0
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096


def scan(file: BinaryIO) -> list[Reason]:
    """What the scanner at ``GREENLANE_CLAMAV`` ('unix:/path' or 'tcp:host:port') says; nothing when none is set."""
    address = str(getattr(settings, "GREENLANE_CLAMAV", "") or "")
    if not address:
        return []
    try:
        answer = _ask(address, file)
    except (OSError, ValueError):
        return [_no_answer()]
    if answer == "stream: OK":
        return []
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return [infected(answer.removeprefix("stream: ").removesuffix(" FOUND"))]
    return [_no_answer()]


def infected(name: str) -> Reason:
    """The reason that names what a scanner found."""
    return problem(
        "file_infected",
        N_("The file holds something that a virus scanner knows as harmful: %(name)s."),
        N_("Do not open it again. Ask whoever looks after your computers, and upload a clean file."),
        name=name[:100],
    )


def _no_answer() -> Reason:
    return problem(
        "scanner_silent",
        N_("The file could not be checked for viruses, so it was not kept."),
        N_("Try again in some minutes; if it goes on, tell the programme's help desk. Your other entries are saved."),
    )


def _ask(address: str, file: BinaryIO) -> str:
    """ClamAV's INSTREAM: chunks with their length in four bytes, an empty one at the end, one line as the answer."""
    with _connect(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        file.seek(0)
        while chunk := file.read(_CHUNK):
            connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
        connection.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            received = connection.recv(_LONGEST_ANSWER)
            if not received:
                break
            answer += received
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connect(address: str) -> socket.socket:
    scheme, _, rest = address.partition(":")
    if scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT_SECONDS)
        try:
            connection.connect(rest)
        except OSError:
            connection.close()
            raise
        return connection
    if scheme == "tcp":
        host, _, port = rest.lstrip("/").rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), TIMEOUT_SECONDS)
    raise ValueError("GREENLANE_CLAMAV reads 'unix:/path' or 'tcp:host:port'")
