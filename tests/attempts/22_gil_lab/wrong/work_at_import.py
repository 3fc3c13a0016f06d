# WORK_MULTIPLIED: a table that is made at import is made again in every worker.
import time
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


TABLE = []
while time.process_time() < 0.8:  # a table that takes as long to make on any machine
    TABLE.append(is_prime(len(TABLE)))


def count_primes(lo, hi, workers, pool=None):
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    with ProcessPoolExecutor(workers) as own:
        return sum(own.map(count_part, cuts[:-1], cuts[1:]))
