"""Calls do_math from two threads at once."""

import time
from concurrent.futures import ThreadPoolExecutor

TRIAL_STEPS = 100_000
WORK_S = 0.4
"""Of each thread: long enough to be watched."""


def in_two_threads(attempt):
    """Return how many steps each thread did, and both sums."""
    begun_s = time.thread_time()
    attempt.do_math(0, TRIAL_STEPS)
    steps = int(TRIAL_STEPS * WORK_S / max(time.thread_time() - begun_s, 1e-4))
    with ThreadPoolExecutor(2) as pool:
        return steps, list(pool.map(attempt.do_math, (0, 0), (steps, steps)))
