"""Count prime numbers: on several cores."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise


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


def count_if(predicate, bounds):
    """How many numbers of a part of the range are such."""
    return sum(map(predicate, range(*bounds)))


count_part = partial(count_if, is_prime)


def count_primes(lo, hi, workers, pool=None):
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return sum(pool.map(count_part, pairwise(cuts)))
