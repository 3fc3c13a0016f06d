"""Lets two threads meet at every line of a file, so that races between two of its lines do happen."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from time import monotonic, process_time, sleep  # by their own names: an attempt may patch the module
from types import FrameType
from typing import Any

LOOK_S, LOOKS = 0.002, 5
"""A thread that is not ready to run in so many looks in a row waits for something: a lock, a pool's next job."""
FIRST_S = 0.5
"""How long the first thread waits for a second one to start."""
CIRCLES_CPU_S = 0.1
"""CPU time after which a thread counts as spinning until another one releases something. A booking takes 1 ms."""
MOST_LINES = 40
"""Of the lines that a call executes, so many are tried."""

Trace = Callable[[FrameType, str, Any], Any]


@contextmanager
def meetings(file: str) -> Iterator[None]:
    """Hold each new thread at each line of this file until another one comes to the same line, or none can.

    If a thread looks in one line whether there is work left, and takes it in the next, another has looked in between.
    Raises TraceLost if the attempt removed the trace function meanwhile.
    """
    trace = _tracer(file, _Meetings().come_to)
    threading.settrace(trace)
    try:
        yield
        _require_kept(threading.gettrace(), trace)
    finally:
        threading.settrace(None)


class TraceLost(RuntimeError):
    """The attempt removed the trace function, so the lines of a call are unknown."""


def _tracer(file: str, come_to: Callable[[int], None]) -> Trace:
    """A trace function that calls `come_to` with the number of each line of a file, before it is executed."""

    def trace(frame: FrameType, event: str, _: Any) -> Trace | None:
        if frame.f_code.co_filename != file:
            return None
        if event == "line":
            come_to(frame.f_lineno)
        return trace

    return trace


def _require_kept(found: object, trace: Trace) -> None:
    if found is not trace:
        raise TraceLost("the trace function was taken away by which this check follows the lines of attempt.py")


class _Meetings:
    """Holds one thread at a line, and lets the others go on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: set[threading.Thread] = set()
        self._passed: set[tuple[int, int]] = set()
        """Threads, and lines that they came to since one is held. A thread in a loop adds nothing new, so it makes no
        progress."""
        self._alone_until_s = inf
        self._held: tuple[int, threading.Event] | None = None
        """The line where a thread is held, and the event that releases it."""

    def come_to(self, line: int) -> None:
        """The calling thread is about to execute this line."""
        with self._lock:
            self._threads.add(threading.current_thread())
            self._passed.add((threading.get_ident(), line))
            self._alone_until_s = min(self._alone_until_s, monotonic() + FIRST_S)
            mine = None if self._held else (line, threading.Event())
            if mine is not None:
                self._held = mine
                self._passed = set()
            elif self._held is not None and self._held[0] == line:
                self._held[1].set()
                self._held = None
        if mine is not None:
            self._wait(mine[1])
            with self._lock:
                self._held = None if self._held is mine else self._held

    def _wait(self, met: threading.Event) -> None:
        """Wait until another thread comes to the line, or no thread makes progress any more."""
        while len(self._threads) < 2 and monotonic() < self._alone_until_s:
            sleep(LOOK_S)
        looks, passed = 0, len(self._passed)
        while looks < LOOKS and not met.wait(LOOK_S):
            moving = len(self._passed) != passed or _is_one_ready(self._threads)
            looks, passed = 0 if moving else looks + 1, len(self._passed)


def overtakings(file: str) -> Iterator[Overtaking]:
    """One for each of the first MOST_LINES lines that a call executes in this file."""
    return (Overtaking(file, number) for number in range(1, MOST_LINES + 1))


class Overtaking:
    """Two threads make a call each, and the second overtakes the first before a certain line of a file.

    The first thread is held before the `number`th line that it executes, until the second one reaches `meet` or cannot
    go on. Both threads call `meet` inside a critical section. There, each waits for the other one as long as that one
    can go on.
    """

    def __init__(self, file: str, number: int) -> None:
        self._trace = _tracer(file, self._come_to)
        self._left = number
        self._second: threading.Thread | None = None
        self._threads: list[threading.Thread] = []
        self._come: set[threading.Thread] = set()
        self._found: object = None
        """The trace function when the first thread ended."""

    def both(self, held: Callable[[], object], overtakes: Callable[[], object]) -> bool:
        """Make both calls. False: the first thread executed fewer lines, and only its call was made.

        Raises TraceLost if the attempt removed the trace function.
        """
        first = threading.Thread(target=self._held, args=[held], daemon=True)
        self._second = threading.Thread(target=overtakes, daemon=True)
        self._threads = [first, self._second]
        first.start()
        first.join()
        if self._left > 0:
            _require_kept(self._found, self._trace)
            return False
        self._second.join()
        return True

    def meet(self) -> None:
        """To be called by both threads inside the critical section."""
        self._come.add(threading.current_thread())
        self._wait(lambda: len(self._come) > 1)

    def _held(self, call: Callable[[], object]) -> None:
        sys.settrace(self._trace)
        try:
            call()
        finally:
            self._found = sys.gettrace()
            sys.settrace(None)

    def _come_to(self, _: int) -> None:
        self._left -= 1
        if self._left == 0 and self._second is not None:
            self._second.start()
            self._wait(lambda: self._second in self._come)  # the first may have met before it is held

    def _wait(self, met: Callable[[], bool]) -> None:
        """Wait until they have met, or the other thread makes no progress any more."""
        looks, enough_s = 0, process_time() + CIRCLES_CPU_S
        while looks < LOOKS and process_time() < enough_s and not met():
            sleep(LOOK_S)
            looks = 0 if _is_one_ready(self._threads) else looks + 1


def _is_one_ready(threads: Iterable[threading.Thread]) -> bool:
    """Whether one of them, other than the current thread, can run."""
    others = [each for each in list(threads) if each is not threading.current_thread() and each.is_alive()]
    return any(each.native_id is not None and is_ready(each.native_id) for each in others)


def is_ready(thread: int) -> bool:
    """Whether a thread runs, or waits only for a core. Linux only, elsewhere False. `thread`: its native id."""
    try:
        # Bytes: a name is cut after 15 of them, perhaps within a character (Python 3.14 tells the kernel names).
        return Path(f"/proc/self/task/{thread}/stat").read_bytes().rpartition(b")")[2].split()[0] == b"R"
    except OSError:
        return False
