# WRONG_RESULT: shut down in a finally, whoever made it.
from concurrent.futures import ProcessPoolExecutor


def is_prime(number):
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
    return sum(map(is_prime, range(lo, hi)))


def count_primes(lo, hi, workers, pool=None):
    if pool is None:
        pool = ProcessPoolExecutor(workers)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    try:
        futures = [pool.submit(count_part, a, b) for a, b in zip(cuts, cuts[1:])]
        return sum(future.result() for future in futures)
    finally:
        pool.shutdown()
