"""Gives count_primes a pool, and looks what becomes of it."""

import multiprocessing
import resource
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.pool import Pool
from typing import TypedDict
from unittest.mock import patch

from checker.attempt.awaited import awaited
from checker.attempt.calls import calls_of


class GivenPool(ProcessPoolExecutor):
    """Counts what it is handed."""

    handed_over = 0

    def submit(self, *args, **named):
        self.handed_over += 1
        return super().submit(*args, **named)


Counted = TypedDict(
    "Counted",
    {
        "before": object,
        "count": object,
        "as large as the machine": int,
        "by its process": int,
        "by its thread": int,
    },
)
InAPool = TypedDict(
    "InAPool",
    {
        "count": object,
        "used": bool,
        "left open": bool,
        "by threads": bool,
        "by its process": int,
        "by its thread": int,
    },
)

GivenPool.__name__ = ProcessPoolExecutor.__name__  # for whoever reads an error message


def with_a_pool(attempt, lo, hi, workers) -> InAPool:
    """What count_primes returns, whether it used the pool that it got, and whether the pool takes work afterwards.

    And how many numbers were tried here; and whether threads, and no other process, did the work (a pool starts no
    second one while the first is idle).
    """
    threads = []
    start = threading.Thread.start
    with GivenPool(workers) as pool:
        noticed = patch.object(threading.Thread, "start", lambda thread: (threads.append(thread), start(thread))[1])
        with noticed, _tried_here(attempt) as tried:
            count = awaited(attempt.count_primes(lo, hi, workers, pool))
        used = pool.handed_over > 0
        by_threads = bool(threads) and resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt == 0
        seen = {"count": count, "used": used, "left open": _is_open(pool), "by threads": by_threads}
        return seen | _whose(tried)


def with_a_pool_and_an_error(attempt, lo, hi, workers) -> dict[str, bool]:
    """Whether count_primes raises the ValueError of a negative number, and whether the pool takes work afterwards."""
    with ProcessPoolExecutor(workers) as pool:
        try:
            awaited(attempt.count_primes(lo, hi, workers, pool))
        except ValueError:
            return {"raised": True, "left open": _is_open(pool)}
        return {"raised": False, "left open": _is_open(pool)}


def without_a_pool_and_an_error(attempt, lo, hi, workers) -> dict[str, object]:
    """Whether count_primes raises the ValueError of a negative number, and how many processes are left then.

    It is the second call: nothing of the first may be in its way. The exception keeps what the call had made: as long
    as it is there, nothing is tidied up by chance.
    """
    error = None
    awaited(attempt.count_primes(0, hi, workers))
    try:
        awaited(attempt.count_primes(lo, hi, workers))
    except ValueError as raised:
        error = raised
    return {"raised": error is not None, "left": len(multiprocessing.active_children())}


def without_a_pool(attempt, lo, middle, hi, workers) -> Counted:
    """What two calls of count_primes return, for two ranges, and how many numbers of the second one this process, and
    this thread, have tried themselves.

    And how many pools it made without saying how many workers they may have. (How many start, depends on the machine,
    on the version, and on how busy they are.)
    """
    with _sizes_of_pools() as sizes:
        before = awaited(attempt.count_primes(lo, middle, workers))
        with _tried_here(attempt) as tried:
            count = awaited(attempt.count_primes(middle, hi, workers))
    return {"before": before, "count": count, "as large as the machine": sizes.count(None)} | _whose(tried)


@contextmanager
def _sizes_of_pools():
    """What pools that are made meanwhile are told about their size; None: nothing."""
    sizes = []

    def noticed(make, name):
        def init(pool, *args, **named):
            sizes.append(args[0] if args else named.get(name))
            make(pool, *args, **named)

        return init

    with (
        patch.object(ProcessPoolExecutor, "__init__", noticed(ProcessPoolExecutor.__init__, "max_workers")),
        patch.object(Pool, "__init__", noticed(Pool.__init__, "processes")),
    ):
        yield sizes


def _tried_here(attempt):
    """The calls in this process of the function that tries a number."""
    return calls_of(getattr(attempt, "is_prime", None), type)


def _whose(tried):
    by_this_thread = sum(thread == threading.get_ident() for thread, _ in tried)
    return {"by its process": len(tried), "by its thread": by_this_thread}


def _is_open(pool):
    try:
        return pool.submit(int, "1").result() == 1
    except RuntimeError:
        return False
