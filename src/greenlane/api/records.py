"""The signed log of the record: its newest checkpoint, and proofs that anybody can check (6 USC 971(b))."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api.authority import Access, operation
from greenlane.api.shapes import PUBLIC, Shape, reply, show
from greenlane.casework.problems import Missing, bad_input
from greenlane.law.sentences import N_
from greenlane.records.ledger import latest_checkpoint
from greenlane.records.models import Checkpoint, Leaf
from greenlane.records.tree import StoredTree

router = Router(tags=["records"])
CITE = ("6 USC 971(b)",)
Size = Annotated[int | None, Query(ge=1, le=2**62, description="A size of the log; the newest checkpoint unless said.")]


class CheckpointShape(Shape):
    """The log at one moment, signed: how many leaves, which root (RFC 9162, signed note of C2SP)."""

    floor = "public"

    size: Annotated[int, PUBLIC]
    root: Annotated[str, PUBLIC]
    sealed_at: Annotated[datetime, PUBLIC]
    note: Annotated[str, PUBLIC]


class InclusionShape(Shape):
    """Proof that an entry is in the log; hashes in hexadecimal."""

    floor = "public"

    uid: Annotated[UUID, PUBLIC]
    index: Annotated[int, PUBLIC]
    size: Annotated[int, PUBLIC]
    leaf_hash: Annotated[str, PUBLIC]
    root: Annotated[str, PUBLIC]
    proof: Annotated[list[str], PUBLIC]


class ConsistencyShape(Shape):
    """Proof that the log of one size begins with the log of another; hashes in hexadecimal."""

    floor = "public"

    size1: Annotated[int, PUBLIC]
    size2: Annotated[int, PUBLIC]
    root1: Annotated[str, PUBLIC]
    root2: Annotated[str, PUBLIC]
    proof: Annotated[list[str], PUBLIC]


def _checkpoint(size: int | None) -> Checkpoint:
    found = latest_checkpoint() if size is None else Checkpoint.objects.filter(size=size).first()
    if found is None:
        raise Missing("checkpoint", size or 0)
    return found


@operation(router, "GET", "/records/checkpoint", access=Access.PUBLIC, citations=CITE, response=CheckpointShape)
def checkpoint(request: HttpRequest, size: Size = None) -> HttpResponse:
    """A signed checkpoint of the log. Keep the newest: later ones must be consistent with it."""
    found = _checkpoint(size)
    values = {"size": found.size, "root": bytes(found.root).hex(), "sealed_at": found.sealed_at, "note": found.note}
    return reply(request, show(CheckpointShape, values, "public"), public=True)


@operation(
    router, "GET", "/records/entries/{uuid:uid}/proof", access=Access.PUBLIC, citations=CITE, response=InclusionShape
)
def inclusion(request: HttpRequest, uid: UUID, size: Size = None) -> HttpResponse:
    """Proof that an entry is in the log. It says nothing of what the entry says."""
    leaf = Leaf.objects.filter(entry__uid=uid).first()
    if leaf is None:
        raise Missing("sealed entry", uid)
    found = _checkpoint(size)
    if leaf.index >= found.size:
        raise Missing("sealed entry", uid)
    values = {
        "uid": uid,
        "index": leaf.index,
        "size": found.size,
        "leaf_hash": bytes(leaf.leaf_hash).hex(),
        "root": bytes(found.root).hex(),
        "proof": [step.hex() for step in StoredTree().inclusion_proof(leaf.index, found.size)],
    }
    return reply(request, show(InclusionShape, values, "public"), public=True)


@operation(router, "GET", "/records/consistency", access=Access.PUBLIC, citations=CITE, response=ConsistencyShape)
def consistency(
    request: HttpRequest,
    size1: Annotated[int, Query(ge=1, le=2**62, description="The smaller size.")],
    size2: Size = None,
) -> HttpResponse:
    """Proof that nothing in the log of the smaller size was altered or taken away since."""
    older, newer = _checkpoint(size1), _checkpoint(size2)
    if older.size > newer.size:
        raise bad_input(
            "size1",
            N_("The first size, %(size1)s, is larger than the second, %(size2)s."),
            N_("Give the smaller size first."),
            "6 USC 971(b)",
            size1=older.size,
            size2=newer.size,
        )
    values = {
        "size1": older.size,
        "size2": newer.size,
        "root1": bytes(older.root).hex(),
        "root2": bytes(newer.root).hex(),
        "proof": [step.hex() for step in StoredTree().consistency_proof(older.size, newer.size)],
    }
    return reply(request, show(ConsistencyShape, values, "public"), public=True)
