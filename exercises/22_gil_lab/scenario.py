"""Gives count_primes a pool, and looks what becomes of it."""

import asyncio
import inspect
from concurrent.futures import ProcessPoolExecutor


class GivenPool(ProcessPoolExecutor):
    """Counts what it is handed."""

    handed_over = 0

    def submit(self, *args, **named):
        self.handed_over += 1
        return super().submit(*args, **named)


def with_a_pool(attempt, lo, hi, workers):
    """What count_primes returns, whether it used the pool that it got, and whether the pool takes work afterwards."""
    with GivenPool(workers) as pool:
        count = attempt.count_primes(lo, hi, workers, pool)
        if inspect.iscoroutine(count):
            count = asyncio.run(count)
        used = pool.handed_over > 0
        return {"count": count, "used": used, "left open": _is_open(pool)}


def _is_open(pool):
    try:
        return pool.submit(int, "1").result() == 1
    except RuntimeError:
        return False
