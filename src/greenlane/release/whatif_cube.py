"""What if, asked of all entries of a period: exact sums from a cube, built once for each state of the record.

The look at all entries takes seconds, each question then milliseconds: 6 USC 964(a), 965(b), 966(c).
"""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from greenlane.release.engine.asof import Period as StatusPeriod
from greenlane.release.engine.asof import Slice, StatusStore
from greenlane.release.engine.columns import Columns, Slots
from greenlane.release.engine.entries import instant
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.statuses import TIERS
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.register import key, known_at
from greenlane.release.simulation import BUSINESS, Found, Group, Side, business_types, filed_in

if TYPE_CHECKING:
    from greenlane.release.benefits import Period
    from greenlane.release.engine.cube import Cube, Sums
    from greenlane.release.files import Job
    from greenlane.release.whatif import Asked

BY = ("tier", "mode", "port", BUSINESS)
KEPT = 4
"""Cubes in memory; those that were asked least lately go."""
BLOCK = 50_000

_cubes: OrderedDict[tuple[Any, ...], tuple[Cube, list[str]]] = OrderedDict()
_lock = Lock()


def answer(programme: str, asked: Asked, period: Period) -> Found:
    """What the change would do to all entries filed in a period. Two reads when the cube is there already."""
    cube, names = _cube(programme, period, asked.before)
    return found_of(cube, names, asked)


def standing(programme: str, period: Period) -> tuple[Any, ...]:
    """What tells one state of the record from another: the decision that was made last, and how many count."""
    rows = filed_in(programme, period)
    return rows.order_by("-known_at", "-id").values_list("pk", flat=True).first(), rows.count()


def known(programme: str, period: Period, version: PolicyVersion) -> bool:
    """Is the cube of this state of the record in memory?"""
    return (programme, period, version, *standing(programme, period)) in _cubes


def _cube(programme: str, period: Period, version: PolicyVersion) -> tuple[Cube, list[str]]:
    state = (programme, period, version, *standing(programme, period))
    with _lock:
        if state not in _cubes:
            _cubes[state] = _built(programme, period, version)
            while len(_cubes) > KEPT:
                _cubes.popitem(last=False)
        _cubes.move_to_end(state)
        return _cubes[state]


def _built(programme: str, period: Period, version: PolicyVersion) -> tuple[Cube, list[str]]:
    types = business_types(programme)
    names = ["", *sorted(set(types.values()))]
    rows = filed_in(programme, period).values_list("inputs", "filed__filed_at", "filed__filed__importer")
    blocks = list(_blocks(rows.iterator(BLOCK), {number: names.index(one) for number, one in types.items()}))
    statuses = {int(one) for block in blocks for party in PARTIES for one in np.unique(block[party])}
    slice_ = StatusStore.build(StatusPeriod(one, 0, None, 0, None, one) for one in sorted(statuses)).known_at()
    slots = Slots(slice_)
    placed = [{**block, **{party: slots.of_numbers(block[party]) for party in PARTIES}} for block in blocks]
    return _folded(placed, slice_, version), names


def _folded(blocks: Iterable[Columns], slice_: Slice, version: PolicyVersion) -> Cube:
    from greenlane.release.engine.cube import Cube  # compiles loops: not before somebody asks

    always = replace(version, effective_from=date.min)
    return Cube.build(blocks, slice_, always, by=BY)


def _blocks(rows: Iterator[tuple[Mapping[str, int], datetime, str]], types: Mapping[str, int]) -> Iterator[Columns]:
    """The numbers that the entries were decided with, so many at a time; a party is its status."""
    names = list(INPUTS)
    while block := [row for _place, row in zip(range(BLOCK), rows, strict=False)]:
        table = np.array([[inputs[name] for name in names] for inputs, _at, _who in block], dtype=np.int64)
        own = {name: table[:, place] for place, name in enumerate(names)}
        filed = np.array([instant(at) for _inputs, at, _who in block], dtype=np.int64)
        kinds = np.array([types.get(who, 0) for _inputs, _at, who in block], dtype=np.int64)
        yield {**own, "filed_at": filed, BUSINESS: kinds}


def found_of(cube: Cube, names: list[str], asked: Asked) -> Found:
    """The sums of both sides, and how many entries change. The ways that entries go are not counted in a cube."""
    one, other = cube.ask(asked.before.parameters), cube.ask(asked.after.parameters)
    tiers = {str(tier): Group() for tier in range(TIERS)}
    changed = int(cube.differing(asked.before.parameters, asked.after.parameters).sum())
    found = Found(entries=int(one.entries.sum()), changed=changed, tiers=tiers)
    for by, groups, name in (
        ("tier", found.tiers, str),
        ("mode", found.modes, str),
        ("port", found.ports, "{:04d}".format),
        (BUSINESS, found.businesses, lambda place: names[place]),
    ):
        before, after = one.over(by), other.over(by)
        for place, (value,) in enumerate(before.groups.tolist()):
            groups[name(value)] = Group(int(before.entries[place]), _side(before, place), _side(after, place))
        for sums, side in ((one, "before"), (other, "after")):
            _mix(sums.over(by, "mode") if by != "mode" else sums.over(by), groups, name, side)
    return found


def _side(sums: Sums, place: int) -> Side:
    examinations = sums.counts["examination"][place].tolist()
    return Side(examinations, None, int(sums.score_after[place]))


def _mix(sums: Sums, groups: Mapping[str, Group], name: Callable[[int], str], side: str) -> None:
    """Put the examinations by mode beside those of each group."""
    for place, (value, *mode) in enumerate(sums.groups.tolist()):
        examinations = sums.counts["examination"][place].tolist()
        getattr(groups[name(value)], side).mix[mode[0] if mode else value] = examinations


def answer_file(source: Path, asked: Asked, job: Job) -> Found:
    """What the change would do to all entries of a file, with the statuses of the instants at which they were filed.

    Raises BadFile with every problem by line, EntriesRefused for columns outside their ranges.
    """
    from greenlane.release.files import is_columns, stage, statuses_for

    with tempfile.TemporaryDirectory() as folder:
        entries = source
        if not is_columns(source):
            entries = Path(folder)
            stage(source, entries, replace(job, versions=[asked.before]), lambda _count: None)
        slice_ = StatusStore.build(statuses_for(entries, job)).known_at(known_at(job.known))
        types = {key("importer", number): one for number, one in business_types(job.programme).items()}
        names = ["", *sorted(set(types.values()))]
        places = {name: names.index(one) for name, one in types.items()}
        return found_of(_folded(_of_file(entries, slice_, places), slice_, asked.before), names, asked)


def _of_file(entries: Path, slice_: Slice, types: Mapping[str, int]) -> Iterator[Columns]:
    import pyarrow as pa
    import pyarrow.dataset as ds

    slots = Slots(slice_)
    for batch in ds.dataset(entries, format="parquet").to_batches():
        block = {
            name: batch.column(name).cast(pa.int64()).to_numpy(zero_copy_only=False)
            for name in ("filed_at", *INPUTS)
            if name not in PARTIES
        }
        for party in PARTIES:
            named = batch.column(party).dictionary_encode()
            who = named.indices.fill_null(len(named.dictionary)).to_numpy(zero_copy_only=False)
            numbers = named.dictionary.to_pylist()
            block[party] = np.append(slots.of_names(numbers), slice_.unknown).astype(np.int32)[who]
            if party == PARTIES[0]:
                kinds = [types.get(str(one).split(" ", 1)[0], 0) for one in numbers]
                block[BUSINESS] = np.array([*kinds, 0], dtype=np.int64)[who]
        yield block
