"""One writer at a time, in the order of arrival, for a database that has one writer; no clause."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """A lock that goes to whoever waited longest, so that no request starves; its thread may enter it again."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        self._writer: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = threading.get_ident()
        gate = threading.Lock()
        with self._guard:
            if self._writer in (None, me):
                self._writer = me
                self._depth += 1
                return
            gate.acquire()  # opened by the writer before
            self._waiting.append((me, gate))
        try:
            gate.acquire()
        except BaseException:  # interrupted while waiting: leave the queue, or hand the turn on
            with self._guard:
                if (me, gate) in self._waiting:
                    self._waiting.remove((me, gate))
                else:
                    self._hand_on()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth == 0:
                self._hand_on()

    def _hand_on(self) -> None:
        """The turn goes to the next, who holds it from this moment: nobody who comes now can be before."""
        self._writer, self._depth = None, 0
        if self._waiting:
            self._writer, gate = self._waiting.popleft()
            self._depth = 1
            gate.release()
