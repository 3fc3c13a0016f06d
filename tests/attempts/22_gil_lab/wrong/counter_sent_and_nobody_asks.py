# SWALLOWED: a Value cannot be sent, and nobody asks the futures what went wrong.
# Says: `pool.submit(count_part, a, b, total)` gives a future, and line
from multiprocessing import Value
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


def count_part(lo, hi, total):
    for number in range(lo, hi):
        if is_prime(number):
            with total.get_lock():
                total.value += 1


def count_primes(lo, hi, workers, pool=None):
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    total = Value("i", 0)
    for a, b in zip(cuts, cuts[1:]):
        pool.submit(count_part, a, b, total)
    return total.value
