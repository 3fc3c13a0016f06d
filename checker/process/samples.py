"""Where an attempt stands while it runs, as its process tells when asked: on a pipe of its own, a line each time."""

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
"""Of others, for the last answer: a class must come to an end."""
MAX_LINE_BYTES = 2**20
"""The longest line of ours, fifty stacks of twenty frames, has a fifth of that; a longer one is cut, and so is none."""


class Samples:
    """What came of the pipe so far. `writers` is its other end, for the process to have."""

    def __init__(self) -> None:
        self._pipe, self.writers = os.pipe()
        self.stacks: list[Stack] = []
        self.notices: tuple[Notice, ...] = ()
        """As they were told with the last of them."""
        self._last: messages.Moment | None = None
        self._begun = b""

    def fileno(self) -> int:
        return self._pipe

    def close(self) -> None:
        os.close(self._pipe)

    def take(self) -> bool:
        """Take in what has come; False when there will be no more."""
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

    def await_last(self, timeout_s: float, delayed_s: Callable[[], float] = float) -> tuple[Stack, ...]:
        """Where it stood when its time was over; nothing, when it cannot even tell.

        delayed_s: tells how long others have kept it waiting meanwhile; that does not count towards the timeout.
        """
        began_s = time.perf_counter()
        while self._last is None:
            left_s = timeout_s - (time.perf_counter() - began_s)
            if left_s <= 0:
                left_s += min(delayed_s(), MOST_DELAY_S)
            came = wait([self._pipe], max(0.0, left_s))  # what is there counts, however late we look
            if (came and not self.take()) or left_s <= 0:
                break
        return self._last.stacks if self._last else ()
