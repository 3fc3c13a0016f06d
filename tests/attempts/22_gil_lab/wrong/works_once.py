# CRASHED: its own pool is closed and kept, and the second call gets it.
"""Count prime numbers: on several cores."""

from concurrent.futures import Executor, ProcessPoolExecutor
from functools import cache


def is_prime(number: int) -> bool:
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


def count_part(start: int, stop: int) -> int:
    count = 0
    for number in range(start, stop):
        if is_prime(number):
            count += 1
    return count


@cache
def make_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers)


def count_primes(lo: int, hi: int, workers: int, pool: Executor | None = None) -> int:
    """Return how many prime numbers there are from lo up to, but not including, hi."""
    if pool is None:
        with make_pool(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    futures = [pool.submit(count_part, start, stop) for start, stop in zip(cuts, cuts[1:])]
    return sum(future.result() for future in futures)
