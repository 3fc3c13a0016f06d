# CRASHED: starmap is a method of multiprocessing.Pool.
# Says: `submit` and `map`, and `shutdown`
from multiprocessing import Pool


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
    count = 0
    for number in range(lo, hi):
        if is_prime(number):
            count += 1
    return count


def count_primes(lo, hi, workers, pool=None):
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    parts = list(zip(cuts, cuts[1:]))
    if pool is None:
        with Pool(workers) as pool:
            return sum(pool.starmap(count_part, parts))
    return sum(pool.starmap(count_part, parts))
