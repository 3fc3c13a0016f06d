"""Calls do_math from two threads at once."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

TRIAL_STEPS = 100_000
MOST_STEPS = 100_000_000
"""Up to here, whoever adds up in another order gets the same sum but for its last digits."""
WORK_S = 0.4
"""Of each thread: long enough to be watched."""

STARTS = 0, 10
SWITCH_S = 1e-4
"""After so long a thread hands over the GIL: often while the other is between its sum and its `return`."""


def in_two_threads(attempt) -> tuple[int, list[list[object]]]:
    """Return up to where each call counted, and the sums of each thread's calls without repetition.

    Each thread begins elsewhere, so whoever mixes up what belongs to two calls has other sums.
    """
    begun_s = time.thread_time()
    attempt.do_math(0, TRIAL_STEPS)
    step_s = max(time.thread_time() - begun_s, 1e-5) / TRIAL_STEPS
    steps = min(MOST_STEPS, int(WORK_S / step_s))
    calls = max(1, round(WORK_S / step_s / steps))

    def work(start):
        return list({attempt.do_math(start, steps) for _ in range(calls)})

    with ThreadPoolExecutor(2) as pool:
        return steps, list(pool.map(work, STARTS))


def many_short_calls(attempt) -> list[int]:
    """How many different sums each of two threads got for the same numbers."""
    sys.setswitchinterval(SWITCH_S)
    until_s = time.monotonic() + WORK_S

    def work(start):
        sums = set()
        while not sums or time.monotonic() < until_s:
            sums.add(attempt.do_math(start, start + 10))
        return len(sums)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, STARTS))
