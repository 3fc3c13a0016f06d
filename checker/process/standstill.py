"""How long this process stood still: somebody has pressed Ctrl-Z, or a debugger or the machine's host holds it.

The attempt goes on meanwhile, as it has a session of its own. The kernel does not count such a time as waiting for a
core, but nobody answers the attempt, and nobody looks at it.
"""

from __future__ import annotations

import threading
import time

from checker.observe import linux
from checker.world.loop import LoopThread

BEAT_S = 0.1
LEAST_S = 0.25
"""A shorter pause may be one of our own threads that keeps the GIL. Nobody presses Ctrl-Z and goes on within it."""


class Standstill:
    """Beats in the thread of the worlds, until its loop is closed. A beat that is overdue tells of a pause."""

    def __init__(self, thread: LoopThread) -> None:
        self._thread = thread
        self._lock = threading.Lock()
        self._before_s = 0.0
        self._beat_s, self._busy_s = time.perf_counter(), linux.busy_s(thread.native_id)
        thread.loop.call_soon_threadsafe(self._beat)

    def so_far_s(self) -> float:
        """All pauses so far. It counts the present one, too: after a pause, who asks may be faster than the beat."""
        with self._lock:
            return self._before_s + self._overdue_s()

    def _beat(self) -> None:
        with self._lock:
            self._before_s += self._overdue_s()
            self._beat_s, self._busy_s = time.perf_counter(), linux.busy_s(self._thread.native_id)
        self._thread.loop.call_later(BEAT_S, self._beat)

    def _overdue_s(self) -> float:
        """For how long the thread should have beaten, and neither ran nor waited for a core."""
        busy_s = linux.busy_s(self._thread.native_id) - self._busy_s
        pause_s = time.perf_counter() - self._beat_s - BEAT_S - busy_s
        return pause_s if pause_s > LEAST_S else 0.0
