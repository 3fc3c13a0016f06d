"""Stacks of an attempt while it runs. Its process sends them on request, on a pipe of their own, a line each time."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from multiprocessing.connection import wait

from checker.model.evidence import Notice
from checker.model.outcome import Stack
from checker.process import messages

MAX_SAMPLES = 400
READ_BYTES = 65536
"""As much as a pipe holds (pipe(7))."""
MOST_DELAY_S = 5.0
"""How much longer we wait for the last answer, if other programs hold it up: grading a class must end."""
MAX_LINE_BYTES = 2**20
"""Our longest line, fifty stacks of twenty frames, has a fifth of that. A longer line is cut, and then ignored."""

Delay = Callable[[], float]
"""Returns for how many seconds other programs have held up the attempt so far: they do not count towards a timeout."""


def no_delay() -> float:
    return 0.0


class Samples:
    """What has come so far. `writers` is the pipe's other end, for the process."""

    def __init__(self) -> None:
        self._pipe, self.writers = os.pipe()
        self.stacks: list[Stack] = []
        self.notices: tuple[Notice, ...] = ()
        """From the latest line."""
        self._last: messages.Moment | None = None
        self._begun = b""

    def fileno(self) -> int:
        return self._pipe

    def close(self) -> None:
        os.close(self._pipe)

    def take(self) -> bool:
        """Read what has come; False: the pipe is closed."""
        data = os.read(self._pipe, READ_BYTES)
        *lines, begun = (self._begun + data).split(b"\n")
        for line in lines:
            with contextlib.suppress(*messages.MALFORMED):
                moment = messages.moment(line)
                self.stacks += moment.stacks
                self.notices = moment.notices
                self._last = moment if moment.last else self._last
        del self.stacks[:-MAX_SAMPLES]
        self._begun = begun[-MAX_LINE_BYTES:]
        return bool(data)

    def await_last(self, timeout_s: float, delayed_s: Delay = no_delay) -> tuple[Stack, ...]:
        """The stacks that answer stacks.LAST, or none if no answer comes."""
        began_s = time.perf_counter()
        while self._last is None:
            left_s = timeout_s - (time.perf_counter() - began_s)
            if left_s <= 0:
                left_s += min(delayed_s(), MOST_DELAY_S)
            came = wait([self._pipe], max(0.0, left_s))  # an answer counts even if we look too late
            if (came and not self.take()) or left_s <= 0:
                break
        return self._last.stacks if self._last else ()
