# GIL_BOUND: a pool that is given is used; without one, threads take turns.
from concurrent.futures import ThreadPoolExecutor


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
    own = pool or ThreadPoolExecutor(workers)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    try:
        return sum(own.map(count_part, cuts[:-1], cuts[1:]))
    finally:
        if own is not pool:
            own.shutdown()
