"""Calls do_math from two threads at once."""

import time
from concurrent.futures import ThreadPoolExecutor

TRIAL_STEPS = 100_000
MOST_STEPS = 100_000_000
"""Up to here, whoever adds up in another order gets the same sum but for its last digits."""
WORK_S = 0.4
"""Of each thread: long enough to be watched."""


def in_two_threads(attempt):
    """Return how many steps each call did, and the sums of all calls without repetition."""
    begun_s = time.thread_time()
    attempt.do_math(0, TRIAL_STEPS)
    step_s = max(time.thread_time() - begun_s, 1e-5) / TRIAL_STEPS
    steps = min(MOST_STEPS, int(WORK_S / step_s))
    calls = max(1, round(WORK_S / step_s / steps))

    def work(_):
        return {attempt.do_math(0, steps) for _ in range(calls)}

    with ThreadPoolExecutor(2) as pool:
        return steps, list(set.union(*pool.map(work, range(2))))
