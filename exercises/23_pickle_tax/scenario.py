"""Makes pictures, and watches what histogram does with the pool that it gets: one that works, or one that breaks."""

import asyncio
import inspect
import random
from concurrent.futures import Future

BLOCK = 100_000
"""Pixels; a large picture is the same block again and again, because random bytes take time."""


def picture(seed, pixels):
    """So many pixels, the same for the same seed."""
    block = random.Random(seed).randbytes(3 * BLOCK)
    return (block * (pixels // BLOCK + 1))[: 3 * pixels]


def histogram(attempt, seed, pixels, workers, pool):
    """Of a picture that is made here."""
    counts = attempt.histogram(picture(seed, pixels), workers, pool)
    return asyncio.run(counts) if inspect.iscoroutine(counts) else counts


def histogram_in_a_pool(attempt, seed, pixels, workers, pool):
    """What histogram returns, whether it used the pool that it got, and whether the pool takes work afterwards."""
    handed_over = _watched(pool)
    counts = histogram(attempt, seed, pixels, workers, pool)
    return {"counts": counts, "used": bool(handed_over), "left open": _is_open(pool)}


def histogram_in_a_broken_pool(attempt, seed, pixels, workers, pool):
    """Whether histogram used a pool that breaks with the first task; or what it raises."""
    handed_over = _watched(pool, broken=True)
    histogram(attempt, seed, pixels, workers, pool)
    return {"used": bool(handed_over)}


def _watched(pool, broken=False):
    """What the pool will have been handed. If it is broken, all its futures fail, as if a worker had died."""
    handed_over, submit = [], pool.submit

    def watched_submit(*task, **named):
        handed_over.append(task[0])
        if not broken:
            return submit(*task, **named)
        failed = Future()
        failed.set_exception(MemoryError("a worker ran out of memory"))
        return failed

    pool.submit = watched_submit
    return handed_over


def _is_open(pool):
    try:
        return pool.submit(int, "1").result() == 1
    except RuntimeError:
        return False
