# WRONG_RESULT: it tries odd numbers only, and adds the 2 by hand: of a negative even number nobody complains.
# Says: to `is_prime`, which complains
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
    count = 1 if start <= 2 < stop else 0
    for number in range(start | 1, stop, 2):  # no other even number is prime
        if is_prime(number):
            count += 1
    return count


def count_primes(lo, hi, workers, pool=None):
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * max(0, hi - lo) // workers for part in range(workers + 1)]
    futures = [pool.submit(count_part, start, stop) for start, stop in zip(cuts, cuts[1:])]
    return sum(future.result() for future in futures)
