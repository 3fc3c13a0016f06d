# GIL_BOUND: threads take turns; without a GIL, they wait for the memory of a counter that all of them change.
from concurrent.futures import ThreadPoolExecutor

tried = [0]


def is_prime(number):
    if number < 0:
        raise ValueError(f"{number} is negative")
    if number < 2 or number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        tried[0] += 1
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def count_part(lo, hi):
    return sum(map(is_prime, range(lo, hi)))


def count_primes(lo, hi, workers, pool=None):
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    with ThreadPoolExecutor(workers) as own:
        return sum(own.map(count_part, cuts[:-1], cuts[1:]))
