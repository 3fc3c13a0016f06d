"""Lets two threads meet at every line of a file: whatever may go wrong between two of its lines then does."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from types import FrameType
from typing import Any

LOOK_S, LOOKS = 0.002, 5
"""Who is not ready to go on in so many looks waits for something: a lock, a pool's next job."""
FIRST_S = 0.5
"""So long does the first thread wait for a second one to be started."""
CIRCLES_CPU_S = 0.1
"""Who has computed for so long goes round in circles until another lets go of something. A booking takes 1 ms."""
MOST_LINES = 40
"""A call that executes more is not overtaken before each of them."""


@contextmanager
def meetings(file: str) -> Iterator[None]:
    """While this lasts, no new thread executes a line of this file before another one comes to it, or cannot.

    So when a thread looks whether there is work left, and takes it in the next line, another has looked in between.
    Raises TraceLost if somebody took that away meanwhile.
    """
    trace = _Meetings(file).trace
    threading.settrace(trace)
    try:
        yield
        _require_kept(threading.gettrace(), trace)
    finally:
        threading.settrace(None)


class TraceLost(RuntimeError):
    """Nobody can tell which lines a call has executed."""


def _require_kept(found: object, trace: object) -> None:
    if found != trace:
        raise TraceLost("the trace function was taken away by which this check follows the lines of attempt.py")


class _Meetings:
    """Holds one thread at a line, and lets the others go on."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._threads: set[threading.Thread] = set()
        self._passed: set[tuple[int, int]] = set()
        """Threads and lines that they came to since one was held: who goes round in a loop does not get on."""
        self._alone_until_s = inf
        self._held: tuple[int, threading.Event] | None = None
        """The line where a thread is held, and what lets it go on."""

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != self._file:
            return None
        if event == "line":
            self._come_to(frame.f_lineno)
        return self.trace

    def _come_to(self, line: int) -> None:
        with self._lock:
            self._threads.add(threading.current_thread())
            self._passed.add((threading.get_ident(), line))
            self._alone_until_s = min(self._alone_until_s, time.monotonic() + FIRST_S)
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
        """Until another has come to the line, or nobody gets on any more."""
        while len(self._threads) < 2 and time.monotonic() < self._alone_until_s:
            time.sleep(LOOK_S)
        looks, passed = 0, len(self._passed)
        while looks < LOOKS and not met.wait(LOOK_S):
            moving = len(self._passed) != passed or _is_one_ready(self._threads)
            looks, passed = 0 if moving else looks + 1, len(self._passed)


def overtakings(file: str) -> Iterator[Overtaking]:
    """One before each of the first MOST_LINES lines that a call executes in this file."""
    return (Overtaking(file, number) for number in range(1, MOST_LINES + 1))


class Overtaking:
    """Two threads make a call each, and one overtakes the other before a certain line of a file.

    The first is held before its line of that number until the second one has come to `meet`, which both come to where
    nobody else should be, or cannot go on. Who has come there waits for the other one to come, too, as long as that
    one can go on.
    """

    def __init__(self, file: str, number: int) -> None:
        self._file = file
        self._left = number
        self._second: threading.Thread | None = None
        self._threads: list[threading.Thread] = []
        self._come: set[threading.Thread] = set()
        self._found: object = None
        """The trace function when the first had ended."""

    def both(self, held: Callable[[], object], overtakes: Callable[[], object]) -> bool:
        """Whether the first has come to its line of that number: if not, it had no more.

        Raises TraceLost if somebody took away what counts the lines.
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
        """Whoever calls it is in there now."""
        self._come.add(threading.current_thread())
        self._wait(lambda: len(self._come) > 1)

    def _held(self, call: Callable[[], object]) -> None:
        sys.settrace(self._trace)
        try:
            call()
        finally:
            self._found = sys.gettrace()
            sys.settrace(None)

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != self._file:
            return None
        if event == "line":
            self._left -= 1
            if self._left == 0 and self._second is not None:
                self._second.start()
                self._wait(lambda: self._second in self._come)  # the first may have come before it was held
        return self._trace

    def _wait(self, met: Callable[[], bool]) -> None:
        """Until they have met, or the other one does not get on any more."""
        looks, enough_s = 0, time.process_time() + CIRCLES_CPU_S
        while looks < LOOKS and time.process_time() < enough_s and not met():
            time.sleep(LOOK_S)
            looks = 0 if _is_one_ready(self._threads) else looks + 1


def _is_one_ready(threads: Iterable[threading.Thread]) -> bool:
    """One of them, other than the current one, gets on."""
    others = [each for each in list(threads) if each is not threading.current_thread() and each.is_alive()]
    return any(each.native_id is not None and is_ready(each.native_id) for each in others)


def is_ready(thread: int) -> bool:
    """It runs, or waits only for a core (Linux; elsewhere nobody tells). thread: its number in the system."""
    try:
        return Path(f"/proc/self/task/{thread}/stat").read_text().rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False
