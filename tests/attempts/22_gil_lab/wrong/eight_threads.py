# GIL_BOUND: more threads take more turns.
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
    cuts = [lo + part * (hi - lo) // 8 for part in range(8 + 1)]
    with ThreadPoolExecutor(8) as own:
        return sum(own.map(count_part, cuts[:-1], cuts[1:]))
