# WRONG_TOOL: its own pool is as large as the machine.
# Says: how many processes it may have
"""Count prime numbers: on one core."""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import Executor


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


def count_part(lo: int, hi: int) -> int:
    return sum(map(is_prime, range(lo, hi)))


def count_primes(lo: int, hi: int, workers: int, pool: Executor | None = None) -> int:
    """Return how many prime numbers there are from lo up to, but not including, hi.

    Use `workers` processes. `pool`, if given, is a ready ProcessPoolExecutor with that many
    workers: use it, and leave it open. Without one, make your own, and close it.
    """
    if pool is None:
        with ProcessPoolExecutor() as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    futures = [pool.submit(count_part, start, stop) for start, stop in zip(cuts, cuts[1:])]
    return sum(future.result() for future in futures)
