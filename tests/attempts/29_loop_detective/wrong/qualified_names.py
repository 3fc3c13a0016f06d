# WRONG_RESULT: of a method, the qualified name is told.
# Says: the name alone
"""A watchdog for an event loop: it looks at one number every 10 ms, and at more only if that is wrong."""

import asyncio
import re
import sys
import threading
import time
import warnings

LOOK_S = 0.01
BEAT_S = 0.02
BLOCKED_S = 0.05


class Watchdog:
    """Watches an event loop from a thread of its own. All methods but start() may be called in any thread."""

    def __init__(self, loop):
        self._loop = loop
        self._stopped = threading.Event()
        self._culprits = []
        self._lag_s = 0.0

    def start(self):
        """Begin to watch. It is called in the thread of the loop."""
        self._loop_thread = threading.get_ident()
        self._show, warnings.showwarning = warnings.showwarning, self._warned
        self._beat_s = time.monotonic()
        self._loop.call_soon(self._beat)
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self):
        """End the watching, and its thread."""
        self._stopped.set()
        self._thread.join()
        warnings.showwarning = self._show

    def lag(self):
        """The longest time, in seconds, that the loop has stood still since start(). It may stand still right now."""
        return max(self._lag_s, self._late_s())

    def culprits(self):
        """What went wrong, as a list without duplicates, the first first:

        ("blocks", "function:line"): the loop stood still for 50 ms or more, in this function at this line;
        ("never awaited", "function"): this coroutine was made, and nobody awaited it.
        """
        return list(self._culprits)

    def pending(self):
        """The names of the coroutine functions whose tasks are not done, sorted."""
        return sorted(task.get_coro().__qualname__ for task in asyncio.all_tasks(self._loop))

    def _watch(self):
        while not self._stopped.wait(LOOK_S):
            if self._late_s() >= BLOCKED_S:
                frame = sys._current_frames()[self._loop_thread]
                self._note("blocks", f"{frame.f_code.co_qualname}:{frame.f_lineno}")

    def _beat(self):
        """The loop comes round, and is asked to come again."""
        self._lag_s, self._beat_s = self.lag(), time.monotonic()
        if not self._stopped.is_set():
            self._loop.call_later(BEAT_S, self._beat)

    def _late_s(self):
        return time.monotonic() - self._beat_s - BEAT_S

    def _warned(self, message, *rest, **named):
        """Python warns when a coroutine is thrown away that nobody has awaited."""
        forgotten = re.match(r"coroutine '(.+)' was never awaited", str(message))
        if forgotten:
            self._note("never awaited", forgotten[1])
        self._show(message, *rest, **named)

    def _note(self, what, who):
        if (what, who) not in self._culprits:
            self._culprits.append((what, who))
