"""What a split gives back: every part as it was, or as it was corrected in the meantime (6 USC 962, RC-16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.law.s962 import PartsFacts
from greenlane.participants.entries_merging import PartMoved, PartNamed
from greenlane.participants.merging import Row, chain, copies, named
from greenlane.participants.models import Dated, Merger, MovedPart
from greenlane.participants.parts import title_of
from greenlane.participants.queries_merging import parts_of


@dataclass
class Plan:
    """What goes where at a split. ``nodes``: a site or partner of the survivor -> that of the restored account."""

    returned: list[PartNamed] = field(default_factory=list)
    corrected: list[PartMoved] = field(default_factory=list)
    goes: tuple[PartMoved, ...] = ()
    ended: list[PartNamed] = field(default_factory=list)
    kept: list[PartNamed] = field(default_factory=list)
    nodes: dict[UUID, UUID] = field(default_factory=dict)
    survivor_after: list[Row] = field(default_factory=list)
    restored_after: list[Row] = field(default_factory=list)
    strange: set[UUID] = field(default_factory=set)

    def facts(self) -> PartsFacts:
        """What the law asks of the parts of both accounts after the split."""
        return PartsFacts(
            strange=tuple(str(key) for key in self.strange),
            chains=(chain(self.survivor_after, "kept"), chain(self.restored_after, "goes", self.nodes)),
            named_in="kept",
        )


def plan_of(ctx: Context, merger: Merger, kept: Iterable[UUID], goes: Iterable[UUID]) -> Plan:
    """The plan of undoing *merger*: *kept* are copied parts that the survivor keeps, *goes* those it has had since."""
    plan, keeps, adds = Plan(), set(kept), set(goes)
    survivor = {row.series: (part, row) for part, row in parts_of(merger.survivor_id)}
    restored = {row.series: (part, row) for part, row in parts_of(merger.merged_id)}
    came = {moved.to_series: moved for moved in MovedPart.objects.filter(change=merger.pk)}
    for series, moved in sorted(came.items()):
        _give_back(ctx, plan, moved, survivor.get(series), restored.get(moved.series), series in keeps)
    plan.goes = copies(ctx, [survivor[key] for key in sorted(adds - came.keys()) if key in survivor])
    plan.nodes |= {one.series: one.to_series for one in plan.goes if one.part in ("site", "partner")}
    plan.strange = (keeps - (came.keys() & survivor.keys())) | (adds - (survivor.keys() - came.keys()))
    _after(plan, survivor, restored)
    return plan


def _give_back(ctx: Context, plan: Plan, moved: MovedPart, there: Row | None, here: Row | None, keep: bool) -> None:
    """One part that came with the merger: back as it was, back as corrected, kept, or ended in the meantime."""
    if there is None or keep:
        if there is not None:
            plan.kept.append(named(*there))
        if here is not None:
            plan.ended.append(named(*here))
        return
    part, row = there
    if part in ("site", "partner"):
        plan.nodes[row.series] = moved.series
    if row.pk == moved.to_row:
        plan.returned.append(named(part, row))
        return
    plan.corrected.append(
        PartMoved(part=part, name=title_of(row), row=row.pk, series=row.series, to_row=ctx.new_id(),
                  to_series=moved.series)
    )  # fmt: skip


def _after(plan: Plan, survivor: dict[UUID, Row], restored: dict[UUID, Row]) -> None:
    """The parts of both accounts as they stand after the split."""
    leaving = {one.series for one in plan.returned} | {one.series for one in (*plan.corrected, *plan.goes)}
    gone = {one.series for one in plan.ended}
    corrected = {one.to_series: survivor[one.series] for one in plan.corrected}
    plan.survivor_after = [one for key, one in survivor.items() if key not in leaving]
    stays: list[tuple[str, Dated]] = [corrected.get(key, one) for key, one in restored.items() if key not in gone]
    plan.restored_after = [*stays, *(survivor[one.series] for one in plan.goes)]
