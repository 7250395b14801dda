"""Decide many entries at once: a loop generated from the policy's graph and compiled, 64 bits wide within.

Each row is decided by the version of the policy in force on its day, with the statuses of its instant.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from greenlane.release.engine import joining
from greenlane.release.engine.asof import Calendar, Slice
from greenlane.release.engine.columns import (
    OTHERS,
    Column,
    Columns,
    check,
    check_shape,
    in_order,
    instant_of,
    narrowest,
)
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.kernels import Loop
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.program import straight
from greenlane.release.engine.reducing import Reducer
from greenlane.release.engine.versions import PolicyVersion

Outputs = dict[str, NDArray[Any]]
CHUNK = 1 << 18
"""Rows that a thread takes at a time."""
LINE = 64
"""Bytes of a line of the processor's cache."""


def decide_batch(
    columns: Columns,
    slice_: Slice,
    versions: PolicyVersion | Iterable[PolicyVersion],
    *,
    graph: Graph | None = None,
    threads: int | None = None,
) -> Outputs:
    """The outputs of the policy for every row, each in the narrowest type that holds its range.

    ``columns``: the inputs of the policy by name, whole numbers of any width; ``filed_at`` in microseconds UTC; each
    party as its slot in the slice (``columns.Slots``). Raises EntriesRefused for values outside what is declared,
    ValueError without a version.
    """
    return decide_with(_Loop(graph or release_policy()), columns, slice_, versions, threads)


class Kernel:
    """What decides rows: prepares a version once, then runs over ranges of rows, several at a time."""

    graph: Graph

    def prepare(self, version: PolicyVersion, slice_: Slice) -> Mapping[str, Any]:
        """What the loop reads of a version."""
        raise NotImplementedError

    def run(self) -> tuple[Loop, tuple[str, ...]]:
        """The compiled loop and the names of its arguments, see ``joining.loop``."""
        raise NotImplementedError


def decide_with(
    kernel: Kernel,
    columns: Columns,
    slice_: Slice,
    versions: PolicyVersion | Iterable[PolicyVersion],
    threads: int | None = None,
    calendar: Calendar | None = None,
    into: Outputs | None = None,
) -> Outputs:
    """As ``decide_batch``, with a kernel. ``calendar``: of the days of the rows, or of many of them; None: made here.

    ``into``: room for the outputs, as ``empty`` makes it; None: made here.
    """
    ordered = in_order(versions)
    starts = [instant_of(version.effective_from) for version in ordered]
    check_shape(columns)
    filed_at = np.asarray(columns["filed_at"], dtype=np.int64)
    regimes = np.searchsorted(np.array(starts[1:], dtype=np.int64), filed_at, side="right") if starts[1:] else None
    outputs = into or empty(kernel.graph, len(filed_at))
    for number, version in enumerate(ordered):
        rows = None if regimes is None else np.flatnonzero(regimes == number)
        if rows is not None and not len(rows):
            continue
        whole = rows is None or len(rows) == len(filed_at)
        taken = columns if whole else {name: column[rows] for name, column in columns.items()}
        answers = outputs if whole else empty(kernel.graph, len(rows) if rows is not None else 0)
        if not run_kernel(kernel, taken, slice_, version, answers, threads, calendar):
            check(columns, starts[0])
        if not whole:
            for name, answer in answers.items():
                outputs[name][rows] = answer
    return outputs


def empty(graph: Graph, rows: int) -> Outputs:
    """Room for the outputs: columns of their own in one piece of memory, which the system gives in larger pages."""
    types = {name: narrowest(graph.steps[name].expression) for name in graph.outputs}
    sizes = [-(-rows * kind.itemsize // LINE) * LINE for kind in types.values()]
    piece, ends = np.empty(sum(sizes), dtype=np.uint8), np.cumsum(sizes).tolist()
    return {
        name: piece[end - size : end].view(kind)[:rows]
        for (name, kind), size, end in zip(types.items(), sizes, ends, strict=True)
    }


def run_kernel(
    kernel: Kernel,
    columns: Columns,
    slice_: Slice,
    version: PolicyVersion,
    outputs: Outputs,
    threads: int | None = None,
    calendar: Calendar | None = None,
) -> bool:
    """Fill the outputs of rows that one version decides. False when a row is outside what ``columns.check`` asks.

    The columns are all there, and of one length. When it answers False the outputs are void.
    """
    filed_at = np.asarray(columns["filed_at"], dtype=np.int64)
    rows = len(filed_at)
    slots = {party: _slots(columns[party]) for party in PARTIES}
    read = {name: np.asarray(columns[name]) for name in OTHERS} | {"filed_at": filed_at}
    calendar = calendar or joining.Calendars(slice_).of(filed_at)
    values = joining.arguments(read, slots, slice_, calendar, instant_of(version.effective_from))
    values |= dict(kernel.prepare(version, slice_)) | {f"to_{name}": output for name, output in outputs.items()}
    loop, names = kernel.run()
    arguments = tuple(values[name] for name in names)
    workers = threads or os.cpu_count() or 1
    if rows <= CHUNK or workers == 1:
        return not loop(0, rows, joining.noted(), *arguments)

    def part(start: int) -> bool:
        return bool(loop(start, min(start + CHUNK, rows), joining.noted(), *arguments))

    with ThreadPoolExecutor(workers) as pool:
        return not any(pool.map(part, range(0, rows, CHUNK)))


def _slots(column: Column) -> Column:
    """Slots in 32 bits where they are wider: what does not fit is no slot of any slice."""
    if column.dtype == np.int32:
        return column
    return np.where((column < 0) | (column > 2**31 - 1), -1, column).astype(np.int32)


class _Loop(Kernel):
    """The graph as it is, with the parameters as a small array."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.text, self.names = _loop_text(graph)

    def prepare(self, version: PolicyVersion, slice_: Slice) -> Mapping[str, Any]:
        return prepared(self.graph, version) | {"codes_known": joining.fixed(slice_.codes_known)}

    def run(self) -> tuple[Loop, tuple[str, ...]]:
        return joining.loop_of(self.text, "decide"), self.names


def prepared(graph: Graph, version: PolicyVersion) -> dict[str, Any]:
    """The parameters of a version as an array ``p``, and its tables."""
    graph.check_parameters(version.parameters)
    graph.check_tables(version.tables)
    parameters = np.array([version.parameters[name] for name in graph.parameters], dtype=np.int64)
    return {"p": joining.fixed(parameters)} | {
        name: joining.fixed(np.array(version.tables[name], dtype=np.int64)) for name in graph.tables
    }


def loop_words(graph: Graph) -> joining.Compiled:
    """How a compiled loop writes the graph: parameters from the array ``p``, inputs as names of the row's values."""
    return joining.loop_words({name: place for place, name in enumerate(graph.parameters)})


def _loop_text(graph: Graph) -> tuple[str, tuple[str, ...]]:
    reducer, words = Reducer(graph), loop_words(graph)
    roots = [reducer.step(name) for name in graph.outputs]
    body = [f"{party} = codes_known[at_least_0(code_{party})]" for party in PARTIES if party in graph.inputs]
    body += straight(roots, words)
    body += [f"to_{name}[i] = {words.write(root)}" for name, root in zip(graph.outputs, roots, strict=True)]
    own = ["codes_known", "p", *graph.tables, *(f"to_{name}" for name in graph.outputs)]
    return joining.loop("decide", own, [], body)
