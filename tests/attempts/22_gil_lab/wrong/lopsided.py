# UNDER_USED: nine tenths of the work in one part.
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
    cut = lo + (hi - lo) * 9 // 10
    with ProcessPoolExecutor(2) as own:
        return sum(own.map(count_part, [lo, cut], [cut, hi]))
