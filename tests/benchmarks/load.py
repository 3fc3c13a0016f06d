"""Programs that take the cores away from what is measured."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

SECONDS = 6 * 3600
"""Then they end by themselves."""
BUSY = f"import time\nend = time.monotonic() + {SECONDS}\nwhile time.monotonic() < end: pass"
REST_S, BURST_S = (0.2, 1.0), (0.05, 0.5)
"""The least and the most between two bursts, and of a burst. (The kernel lets nobody have more than 0.95 s of one.)"""


@contextmanager
def busy_programs(number: int) -> Iterator[None]:
    """So many programs that compute; they end by themselves after a while, and by their id here.

    Each in a session of its own: Linux may give each session (not each process) an equal share of the cores.
    """
    with _running([["-c", BUSY]] * number):
        yield


@contextmanager
def bursts() -> Iterator[None]:
    """Again and again somebody takes a core, or all of them, and shares with nobody (Linux; needs the right to do so).

    As it is on a virtual machine whose host has none for it: who was there stands still, and then goes on.
    """
    seed = str(random.randrange(1_000_000))
    with _running([[__file__, str(core), seed] for core in sorted(os.sched_getaffinity(0))]):
        yield


@contextmanager
def _running(programs: Sequence[Sequence[str]]) -> Iterator[None]:
    running = [subprocess.Popen([sys.executable, *program], start_new_session=True) for program in programs]
    try:
        yield
        if ended := [each.args for each in running if each.poll() is not None]:
            raise RuntimeError(f"what should have taken the cores ended before: {ended}")
    finally:
        for each in running:
            each.kill()
        for each in running:
            each.wait()


def take(core: int, seed: int) -> None:
    """Take this core in bursts, every third one together with the others of this seed. Raises PermissionError."""
    os.sched_setaffinity(0, [core])
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    chance, begin_s, turn = random.Random(seed), time.monotonic() // 10 * 10, 0  # for all of them the same
    last_s = begin_s + SECONDS
    while begin_s < last_s:
        begin_s += chance.uniform(*REST_S)
        end_s = begin_s + chance.uniform(*BURST_S)
        if turn % 3 in (0, core % 2 + 1):
            time.sleep(max(0.0, begin_s - time.monotonic()))
            while time.monotonic() < end_s:
                pass
        begin_s, turn = end_s, turn + 1


if __name__ == "__main__":
    take(int(sys.argv[1]), int(sys.argv[2]))
