"""Each worker stays on a core of its own: it names itself by its process's id."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def is_prime(number):
    """Whether a number is prime. Raises ValueError for a negative one."""
    if number < 0:
        raise ValueError(f"{number} is negative")
    if number < 2 or number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def count_part(lo, hi):
    """Count the primes of one part of the range."""
    return sum(is_prime(number) for number in range(lo, hi))


def stay_on_one_core(places):
    """Each worker has a core of its own, so that it keeps what lies in that core's cache."""
    with places.get_lock():
        place, places.value = places.value, places.value + 1
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(os.getpid(), {cores[place % len(cores)]})


def count_primes(lo, hi, workers, pool=None):
    """Return how many prime numbers there are from lo up to, but not including, hi.

    Use `workers` processes. `pool`, if given, is a ready ProcessPoolExecutor with that many
    workers: use it, and leave it open. Without one, make your own, and close it.
    """
    if pool is None:
        context = get_context()
        places = context.Value("i", 0)
        with ProcessPoolExecutor(workers, context, stay_on_one_core, [places]) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return sum(pool.map(count_part, cuts[:-1], cuts[1:]))
