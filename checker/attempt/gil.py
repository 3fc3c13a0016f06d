"""Whether there is a GIL, and whether threads of the attempt's process wait for it. The kernel cannot tell.

Threads that compete for the GIL wake up every few milliseconds to ask for it. On a busy machine they look as if they
wanted a core all the time. Two measurements tell the difference:

- A thread of ours asks for the GIL again and again, and accounts for its own time: what it neither slept, nor ran, nor
  waited for a core, it waited for the GIL. Where cores are scarce this is not enough, because threads seldom meet.
- While the thread that holds the GIL is off its core, all threads that want it go to sleep, and wake up to ask again.
  The kernel counts how often (getrusage(2): voluntary context switches).
"""

from __future__ import annotations

import resource
import sys
import threading
from pathlib import Path
from time import perf_counter, sleep  # by their own names: an attempt may patch the module

PERIOD_S = 0.01
NANO = 1e-9

_is_enabled = getattr(sys, "_is_gil_enabled", None)
"""Kept from before an attempt is loaded: scenarios pretend to run on another Python. None before Python 3.13."""


def is_on() -> bool:
    """Whether this process has a GIL now. An extension that needs it can switch it on."""
    return True if _is_enabled is None else bool(_is_enabled())


class Meter(threading.Thread):
    """Asks for the GIL until `stop`. Where the kernel does not account for waiting, it measures nothing."""

    def __init__(self) -> None:
        super().__init__(name="checker-gil", daemon=True)
        self._over = False
        self._asked = 0
        self._waited_s: float | None = None
        self._slept_before = self._slept_itself = 0
        self.sleeps: int | None = None
        """How often the other threads went to sleep meanwhile; None if that is unknown."""

    def start(self) -> None:
        self._slept_before = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw
        super().start()

    def run(self) -> None:
        started_s, used_s = perf_counter(), _used_s()
        while not self._over:
            sleep(PERIOD_S)
            self._asked += 1
            if used_s is not None:
                elapsed_s, now_s = perf_counter() - started_s, _used_s() or 0.0
                self._waited_s = max(0.0, elapsed_s - self._asked * PERIOD_S - (now_s - used_s))
        if sys.platform == "linux":
            self._slept_itself = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw

    def stop(self) -> None:
        slept = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw
        self._over = True
        if self.is_alive():
            self.join()
            if sys.platform == "linux":
                self.sleeps = max(0, slept - self._slept_before - self._slept_itself)

    @property
    def wait_s(self) -> float | None:
        """Seconds that it waited each time, on average; None if that is unknown."""
        return self._waited_s / self._asked if self._waited_s is not None else None


def _used_s() -> float | None:
    """Seconds that this thread ran, or was ready to run but waited for a core."""
    try:
        ran_ns, waited_ns, _ = Path("/proc/thread-self/schedstat").read_bytes().split()
        return (int(ran_ns) + int(waited_ns)) * NANO
    except (OSError, ValueError):
        return None
