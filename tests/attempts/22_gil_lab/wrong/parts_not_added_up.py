# WRONG_RESULT: the counts of the parts, in a list.
# Says: count_primes returned 2 parts, where their sum is right
from concurrent.futures import ProcessPoolExecutor, as_completed


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
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return list(pool.map(count_part, cuts[:-1], cuts[1:]))
