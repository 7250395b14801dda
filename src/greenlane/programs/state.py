"""How programmes follow from the record (6 USC 961(a))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.programs.entries import ProgrammeLoaded
from greenlane.programs.models import Programme, TermsVersion


@applies(ProgrammeLoaded)
def programme_loaded(data: ProgrammeLoaded, one: Recorded) -> None:
    Programme.objects.update_or_create(
        id=data.programme_id, defaults={"code": data.code, "title": data.title, "agency": data.agency}
    )
    TermsVersion.objects.create(
        id=one.id_for("terms"),
        programme_id=data.programme_id,
        number=data.number,
        effective_from=one.on,
        recorded_at=one.at,
        pack=data.pack,
        sha256=data.sha256,
    )
