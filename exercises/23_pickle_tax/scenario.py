"""Makes pictures, and watches what histogram does with the pool that it gets: one that works, or one that breaks."""

import os
import random
import tempfile
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import TypedDict

from checker.attempt.awaited import awaited
from checker.attempt.calls import calls_of

BLOCK = 100_000
"""Pixels; a large picture is the same block again and again, because random bytes take time."""

InAPool = TypedDict("InAPool", {"counts": object, "used": bool, "left open": bool, "here": int, "here_s": float})


def picture(seed, pixels):
    """So many pixels, the same for the same seed."""
    block = random.Random(seed).randbytes(3 * BLOCK)
    return (block * (pixels // BLOCK + 1))[: 3 * pixels]


def histogram(attempt, seed, pixels, workers, pool) -> object:
    """Of a picture that is made here."""
    return awaited(attempt.histogram(picture(seed, pixels), workers, pool))


def histogram_in_a_pool(attempt, ask, workers, pool) -> InAPool:
    """What histogram returns, whether it used the pool that it got, and whether the pool takes work afterwards.

    And how many pixels this process has counted itself, with the function that is there for it, and for how many
    seconds it has computed. `ask` gives the picture, once, when the workers are there already: nothing that is shorter
    tells them what it looks like.
    """
    data = ask()
    handed_over = _watched(pool)
    begun_s = time.process_time()
    with calls_of(getattr(attempt, "count_shades", None), _size) as calls:
        counts = awaited(attempt.histogram(data, workers, pool))
    here, here_s = sum(size for _, size in calls) // 3, time.process_time() - begun_s
    told = {"counts": counts, "used": bool(handed_over), "left open": _is_open(pool)}
    return told | {"here": here, "here_s": here_s}


def _size(pixels):
    return len(pixels) if hasattr(pixels, "__len__") else 0


def histogram_in_a_broken_pool(attempt, seed, pixels, workers, pool, most=None) -> dict[str, bool]:
    """Whether histogram used a pool that breaks with the first task; or what it raises.

    most: so many tasks are taken, and whoever hands in more gets an exception at once, as of a pool that was shut down.
    """
    handed_over = _watched(pool, broken=True, most=most)
    histogram(attempt, seed, pixels, workers, pool)
    return {"used": bool(handed_over)}


def left_behind(attempt, seed, pixels, workers, pool) -> dict[str, int]:
    """How many files are left, and how many more when the pool breaks."""
    before = _files()
    histogram(attempt, seed, pixels, workers, pool)
    after = _files()
    _watched(pool, broken=True)
    with suppress(BrokenProcessPool):
        histogram(attempt, seed, pixels, workers, pool)
    return {"files": len(after - before), "files of a broken pool": len(_files() - after)}


def _files():
    """In the folder for temporary files: every call of an attempt has one of its own.

    multiprocessing has a folder there for the sockets of its helpers, as long as the process lives: that is no file.
    """
    own = Path(get_temp_dir())
    there = (Path(place, name) for place, *both in os.walk(tempfile.gettempdir()) for name in chain(*both))
    return {file for file in there if file != own and not file.is_socket()}


def _watched(pool, broken=False, most=None):
    """What the pool will have been handed. If it is broken, all its futures fail, as if a worker had died."""
    handed_over, submit = [], pool.submit

    def watched_submit(*task, **named):
        handed_over.append(task[0])
        if not broken:
            return submit(*task, **named)
        died = BrokenProcessPool("a worker ran out of memory")
        if most is not None and len(handed_over) > most:
            raise RuntimeError("cannot schedule new futures after shutdown")
        failed = Future()
        failed.set_exception(died)
        return failed

    pool.submit = watched_submit
    return handed_over


def _is_open(pool):
    try:
        return pool.submit(int, "1").result() == 1
    except RuntimeError:
        return False
