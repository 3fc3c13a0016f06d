# WRONG_RESULT: parts are rounded up, and only the last one is cut: one before it reaches beyond the end.
# Says: No part may reach beyond `hi`
import math
from concurrent.futures import ProcessPoolExecutor


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


def count_part(start, stop):
    count = 0
    for number in range(start, stop):
        if is_prime(number):
            count += 1
    return count


def count_primes(lo, hi, workers, pool=None):
    if hi <= lo:
        return 0
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    size = math.ceil((hi - lo) / workers)
    futures = []
    for i in range(workers):
        start = lo + i * size
        stop = hi if i == workers - 1 else start + size
        futures.append(pool.submit(count_part, start, stop))
    return sum(future.result() for future in futures)
