"""Many cases for a benchmark: rows copied in bulk from a few cases that commands made. For benchmarks only.

The copies have a company, cases, history, deadlines, assignment, application, certification and investigation each.
They have no entries in the record, no answers, no documents, no letters: what is opened in full is an original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

BATCH = 2_000


def multiply(wanted: int) -> int:
    """Copy companies and their cases until there are *wanted* cases of work. Returns how many there are."""
    from django.db import connection, transaction

    from greenlane.casework.models import Case
    from greenlane.casework.queue import WORK_KINDS

    work = Case.objects.filter(kind__in=WORK_KINDS)
    first = work.count()
    rounds = max(0, -(-(wanted - first) // first))
    own = set(Case.objects.exclude(participant_id=None).values_list("pk", flat=True))
    with transaction.atomic():
        for model, where in tables():
            rows = list(model._default_manager.filter(**where).values())
            copies = (copied(model, row, own, number) for number in range(1, rounds + 1) for row in rows)
            while batch := list(islice(copies, BATCH)):
                model._default_manager.bulk_create(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return work.count()


def tables() -> Iterator[tuple[Any, dict[str, Any]]]:
    """What is copied, in the order in which rows refer to each other."""
    from greenlane.applications.models import Application
    from greenlane.casework.models import Case, Deadline, StateRow
    from greenlane.certification.models import Certification
    from greenlane.participants.models import Participant
    from greenlane.people.models import Assignment
    from greenlane.vetting.models import Investigation

    yield Participant, {}
    yield Case, {"participant_id__isnull": False}
    for model in (StateRow, Deadline, Assignment):
        yield model, {"case__participant_id__isnull": False}
    yield from ((Application, {}), (Certification, {}), (Investigation, {}))


def copied(model: Any, row: dict[str, Any], own: set[UUID], number: int) -> Any:
    """One row again, for another company: ids of its own, a name and a reference of its own."""
    from greenlane.casework.recording import reference

    new = {
        name: uuid5(value, str(number)) if isinstance(value, UUID) and value in own else value
        for name, value in row.items()
    }
    if new["id"] == row["id"]:
        new["id"] = uuid5(row["id"], str(number))
    changes: dict[str, Callable[[], Any]] = {
        "reference": lambda: reference(new["kind"], new["id"]),
        "legal_name": lambda: f"{new['legal_name']} {number:05d}",
        "screening_id": lambda: None,
    }
    return model(**new | {name: change() for name, change in changes.items() if name in new})
