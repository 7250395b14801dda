"""How the imported ports follow from the record (6 USC 963(2))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.places.entries import PortsImported
from greenlane.places.models import PortIndex, PortRow
from greenlane.places.ports import read_world_port_index
from greenlane.records.kept import kept_path


@applies(PortsImported)
def ports_imported(data: PortsImported, one: Recorded) -> None:
    """A new edition takes the place of the last; the last one's file stays kept under its hash."""
    PortIndex.objects.all().delete()
    PortRow.objects.all().delete()
    PortIndex.objects.create(
        id=data.index_id,
        sha256=data.sha256,
        source=data.source,
        retrieved_on=data.retrieved_on,
        imported_on=one.on,
        ports=data.ports,
    )
    PortRow.objects.bulk_create(
        PortRow(
            id=one.id_for("port", port.wpi_number),
            number=port.wpi_number,
            name=port.name,
            unlocode=port.unlocode or "",
            country=port.country,
            latitude_e6=round(port.latitude * 1_000_000),
            longitude_e6=round(port.longitude * 1_000_000),
        )
        for port in read_world_port_index(kept_path(data.sha256)).ports
    )
