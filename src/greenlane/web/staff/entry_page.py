"""An entry of the record with the proof that it stands in the sealed log, in words and to check anywhere (971(b))."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework import recording
from greenlane.casework.models import Case
from greenlane.casework.queue import WORK_KINDS
from greenlane.casework.registry import ENTRIES
from greenlane.law.authority import Office
from greenlane.people.visibility import entry_open_to
from greenlane.records import log
from greenlane.records.ledger import latest_checkpoint
from greenlane.records.models import Checkpoint, Entry, Leaf
from greenlane.records.tree import StoredTree
from greenlane.web import components as c
from greenlane.web.authority import COMPANY, OFFICE_TITLES, STAFF, declared, viewer_of_request
from greenlane.web.shared.access import note_read
from greenlane.web.staff import people
from greenlane.web.staff.wording import readable
from greenlane.web.words import say

if TYPE_CHECKING:
    from greenlane.casework.context import Recorded

LONGEST_VALUE = 300
READERS = (*COMPANY, *STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)


@dataclass(frozen=True)
class Proof:
    """The place of an entry in the log and the fingerprints that lead from it to a signed root."""

    leaf: Leaf
    checkpoint: Checkpoint
    path: tuple[bytes, ...]
    holds: bool

    @property
    def fingerprint(self) -> str:
        return bytes(self.leaf.leaf_hash).hex()

    @property
    def root(self) -> str:
        return bytes(self.checkpoint.root).hex()

    @property
    def steps(self) -> list[str]:
        return [step.hex() for step in self.path]

    @property
    def number(self) -> int:
        """The place as people count, from 1."""
        return self.leaf.index + 1

    def to_json(self) -> dict[str, Any]:
        return {
            "index": self.leaf.index,
            "leaf_hash": self.fingerprint,
            "size": self.checkpoint.size,
            "root": self.root,
            "path": self.steps,
            "checkpoint": self.checkpoint.note,
            "holds": self.holds,
        }


def proof_of(entry: Entry) -> Proof | None:
    """The proof against the newest checkpoint; None while the entry waits for its place in the log."""
    leaf = Leaf.objects.filter(entry_id=entry.id).first()
    checkpoint = latest_checkpoint()
    if leaf is None or checkpoint is None or leaf.index >= checkpoint.size:
        return None
    path = tuple(StoredTree().inclusion_proof(leaf.index, checkpoint.size))
    try:
        hashed = log.leaf_hash(bytes(entry.body))
        log.verify_inclusion(hashed, leaf.index, checkpoint.size, path, bytes(checkpoint.root))
        holds = True
    except log.ProofFailed:
        holds = False
    return Proof(leaf, checkpoint, path, holds)


def _entry_for(request: HttpRequest, uid: UUID) -> Entry:
    """The entry, when its audience is open to this person. Raises Http404."""
    entry = Entry.objects.filter(uid=uid).first()
    if entry is None or not entry_open_to(viewer_of_request(request), entry):
        raise Http404
    note_read(request, entry.participant, f"entry {entry.kind}", "read the record")
    return entry


@declared(*READERS)
@require_safe
def entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One entry: what happened, when, by whom, under which clauses, what it holds, and its proof."""
    row = _entry_for(request, uid)
    one = recording.read(row) if row.kind in ENTRIES else None
    case = Case.objects.filter(pk=row.subject).first()
    names = people.names([row.actor]) if viewer_of_request(request).is_staff else {}
    context = {
        "entry": row,
        "title": say(one.data.sentence()) if one else row.kind,
        "verdict": one.verdict if one else None,
        "facts": _facts(row, names, case),
        "held": _held(one) if one else [],
        "proof": proof_of(row),
        "body": bytes(row.body).decode(),
        "crumbs": _crumbs(request, case),
    }
    return render(request, "web/staff/entry.html", context)


@declared(*READERS)
@require_safe
def entry_json(request: HttpRequest, uid: UUID) -> JsonResponse:
    """The entry's exact bytes (base64, as they are hashed), its content and the proof, to check elsewhere."""
    row = _entry_for(request, uid)
    proof = proof_of(row)
    content = {
        "uid": str(row.uid),
        "content": row.content,
        "body_base64": base64.b64encode(bytes(row.body)).decode("ascii"),
        "proof": proof.to_json() if proof else None,
    }
    response = JsonResponse(content, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="entry-{row.uid}.json"'
    return response


def _crumbs(request: HttpRequest, case: Case | None) -> list[c.Crumb]:
    if case is None or case.kind not in WORK_KINDS or not viewer_of_request(request).is_staff:
        return []
    return [
        c.Crumb(_("Work"), reverse("web:work")),
        c.Crumb(case.reference, reverse("web:case", args=[case.pk])),
        c.Crumb(_("Entry")),
    ]


def _facts(row: Entry, names: dict[UUID, str], case: Case | None) -> list[c.Fact]:
    office = str(OFFICE_TITLES.get(Office(row.office), row.office)) if row.office in set(Office) else row.office
    who = names.get(row.actor, "") if row.actor else ""
    return [
        c.Fact(_("Counts in law from"), row.effective_on),
        c.Fact(_("On record since"), row.recorded_at, cite="6 USC 971(b)"),
        c.Fact(_("By"), ", ".join(part for part in (who, office) if part)),
        c.Fact(_("Command"), row.command),
        c.Fact(_("Case"), case.reference if case else "-"),
        c.Fact(_("Kind and version"), f"{row.kind} {row.version}"),
        c.Fact(_("Who may read it"), row.audience, cite="6 USC 971(c)"),
    ]


def _held(one: Recorded) -> list[c.Fact]:
    """The fields of the entry that are short enough to be read in a row; the whole is in the file."""
    shown = []
    for name, value in vars(one.data).items():
        if isinstance(value, UUID) or value in (None, "", (), [], {}):
            continue
        text = {True: _("Yes"), False: _("No")}[value] if isinstance(value, bool) else say(value)
        if len(text) <= LONGEST_VALUE:
            shown.append(c.Fact(readable(name), text))
    return shown
