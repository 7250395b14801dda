"""How editions follow from the record (6 USC 961(b))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.criteria.entries import EditionPublished, OfficialTextLoaded
from greenlane.criteria.models import EditionRow


@applies(EditionPublished)
def edition_published(data: EditionPublished, one: Recorded) -> None:
    EditionRow.objects.create(
        id=data.edition_id,
        programme=data.programme,
        business_type=data.business_type,
        version=data.version,
        in_force_from=data.in_force_from,
        published_on=one.on,
        recorded_at=one.at,
        grace_days=data.grace_days,
        body=data.body,
        official={},
    )


@applies(OfficialTextLoaded)
def official_text_loaded(data: OfficialTextLoaded, one: Recorded) -> None:
    row = EditionRow.objects.get(pk=data.edition_id)
    row.official = {**row.official, **data.texts}
    row.save(update_fields=["official"])
