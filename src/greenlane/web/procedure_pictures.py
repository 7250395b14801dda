"""Pictures of the procedures, laid out from the tables: states from the top down, moves numbered (971(a)(3))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from greenlane.law.procedures import Procedure

BOX_WIDTH, BOX_HEIGHT = 150, 40
GAP = 46
"""Between two boxes; pixels, as every measure here."""
LANE = 23
PORT = 13
"""Between two ways that meet the same side of a box."""
EDGE = 16
START = 7
"""Radius of the dot from which a case opens."""


@dataclass(frozen=True)
class Way:
    """Moves by the same commands from some states to one state: one numbered line. ``None`` is the start."""

    number: int
    sources: tuple[str | None, ...]
    target: str
    commands: tuple[str, ...]
    runs: bool


@dataclass(frozen=True)
class Box:
    """A state: its words, and where it stands."""

    words: str
    final: bool
    x: float
    y: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + BOX_WIDTH / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Line:
    """A drawn way: paths without an arrow head, one with it, and the numbered disc on it."""

    number: int
    runs: bool
    stems: tuple[str, ...]
    arrow: str
    disc: tuple[float, float]


@dataclass(frozen=True)
class Picture:
    """A procedure ready to draw."""

    kind: str
    width: float
    height: float
    start: tuple[float, float]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def ways(procedure: Procedure, runs: Mapping[str, bool]) -> tuple[Way, ...]:
    """Every change of state, numbered from the top down; moves by the same commands to one state share a number."""
    between: dict[tuple[str | None, str], list[str]] = {}
    for move in procedure.moves:
        for target in move.targets:
            if target != move.source:
                between.setdefault((move.source, target), []).append(move.command)
    together: dict[tuple[str, tuple[str, ...], bool], list[str | None]] = {}
    place = _places(procedure)
    for (source, target), commands in between.items():
        back = place[source] > place[target]
        together.setdefault((target, tuple(dict.fromkeys(commands)), back), []).append(source)
    ordered = sorted(together.items(), key=lambda item: (min(place[s] for s in item[1]), place[item[0][0]]))
    return tuple(
        Way(number, tuple(sources), target, commands, all(runs.get(name, False) for name in commands))
        for number, ((target, commands, _back), sources) in enumerate(ordered, 1)
    )


def _places(procedure: Procedure) -> dict[str | None, int]:
    """The row of each state; the start stands above the first."""
    return {None: -1, **{state: row for row, state in enumerate(procedure.states)}}


def picture(procedure: Procedure, found: Iterable[Way]) -> Picture:
    """Lay the procedure out: states in one column, ways forward at the right of it, ways back at the left."""
    return _Layout(procedure, tuple(found)).picture()


class _Layout:
    """One layout under way."""

    def __init__(self, procedure: Procedure, found: tuple[Way, ...]) -> None:
        self.procedure, self.ways, self.place = procedure, found, _places(procedure)
        self.straight = {way.number for way in found if self._is_straight(way)}
        bent = [way for way in found if way.number not in self.straight]
        self.right = _lanes([(self._span(way), way.number) for way in bent if not self._back(way)])
        self.left = _lanes([(self._span(way), way.number) for way in bent if self._back(way)])
        self.x = EDGE + (LANE * (1 + max(self.left.values(), default=-1)) + LANE if self.left else 0)
        self.boxes = dict(self._boxes())

    def _is_straight(self, way: Way) -> bool:
        return len(way.sources) == 1 and self.place[way.target] - self.place[way.sources[0]] == 1

    def _back(self, way: Way) -> bool:
        return self.place[way.sources[0]] > self.place[way.target]

    def _span(self, way: Way) -> tuple[int, int]:
        rows = [self.place[state] for state in (*way.sources, way.target)]
        return min(rows), max(rows)

    def _boxes(self) -> Iterator[tuple[str, Box]]:
        y = EDGE + 2 * START + GAP
        for state in self.procedure.states:
            most = max(len(self._ports(state, back)) for back in (False, True))
            height = max(BOX_HEIGHT, PORT * (most + 1))
            yield state, Box(state.replace("_", " "), state in self.procedure.final, self.x, y, height)
            y += height + GAP

    def _ports(self, state: str | None, back: bool) -> list[tuple[int, bool]]:
        """The ways that meet one side of a state, from the top down: those on the side to which the way runs last."""
        bent = [way for way in self.ways if way.number not in self.straight and self._back(way) is back]
        ins = [(way.number, True) for way in bent if way.target == state]
        outs = [(way.number, False) for way in bent if state in way.sources]
        lanes = self.left if back else self.right
        # a near lane leaves nearest to the corner, so that lines of one box do not cross
        ins.sort(key=lambda port: lanes[port[0]], reverse=back)
        outs.sort(key=lambda port: lanes[port[0]], reverse=not back)
        return outs + ins if back else ins + outs

    def _port(self, state: str | None, number: int, incoming: bool, back: bool) -> tuple[float, float]:
        if state is None:
            return self.x + BOX_WIDTH / 2 + START, EDGE + START
        box, ports = self.boxes[state], self._ports(state, back)
        y = box.y + box.height * (ports.index((number, incoming)) + 1) / (len(ports) + 1)
        return (box.x if back else box.x + BOX_WIDTH), round(y, 1)

    def picture(self) -> Picture:
        last = list(self.boxes.values())[-1]
        width = self.x + BOX_WIDTH + LANE * (2 + max(self.right.values(), default=0)) + EDGE
        start = (self.x + BOX_WIDTH / 2, EDGE + START)
        lines = tuple(self._line(way) for way in self.ways)
        return Picture(
            self.procedure.kind, width, last.y + last.height + EDGE, start, tuple(self.boxes.values()), lines
        )

    def _line(self, way: Way) -> Line:
        if way.number in self.straight:
            source, target = way.sources[0], self.boxes[way.target]
            x = self.x + BOX_WIDTH / 2
            top = EDGE + 2 * START if source is None else self.boxes[source].y + self.boxes[source].height
            return Line(way.number, way.runs, (), f"M{x},{top}V{target.y - 2}", (x, round((top + target.y) / 2 - 3, 1)))
        back = self._back(way)
        lane = LANE * (1 + (self.left if back else self.right)[way.number])
        x = self.x - lane if back else self.x + BOX_WIDTH + lane
        end_x, end_y = self._port(way.target, way.number, True, back)
        starts = [self._port(source, way.number, False, back) for source in way.sources]
        farthest = max(starts, key=lambda port: abs(port[1] - end_y))
        stems = tuple(_bend(port, x, end_y) for port in starts if port != farthest)
        turn = 6 if end_y > farthest[1] else -6
        side = 6 if back else -6
        tip = end_x - 2 if back else end_x + 2
        arrow = f"{_bend(farthest, x, end_y)}V{end_y - turn}Q{x},{end_y} {x + side},{end_y}H{tip}"
        nearest = min(starts, key=lambda port: abs(port[1] - end_y))
        return Line(way.number, way.runs, stems, arrow, (x, round((nearest[1] + end_y) / 2, 1)))


def _bend(port: tuple[float, float], x: float, towards: float) -> str:
    """From a port sideways to the lane at *x*, with a rounded turn *towards* the height at which the way ends."""
    side = -6 if x > port[0] else 6
    turn = 6 if towards > port[1] else -6
    return f"M{port[0]},{port[1]}H{x + side}Q{x},{port[1]} {x},{port[1] + turn}"


def _lanes(spans: list[tuple[tuple[int, int], int]]) -> dict[int, int]:
    """A lane for each way, short ones nearest, so that no two in one lane touch the same row."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[int, int] = {}
    for (top, bottom), number in sorted(spans, key=lambda item: (item[0][1] - item[0][0], item[0])):
        free = (lane for lane, others in enumerate(taken) if all(bottom < a or top > b for a, b in others))
        lane = next(free, len(taken))
        taken += [[]] * (lane == len(taken))
        taken[lane] = [*taken[lane], (top, bottom)]
        found[number] = lane
    return found
