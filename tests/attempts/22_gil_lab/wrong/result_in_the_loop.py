# UNDER_USED: .result() waits before the next part is handed out.
# Says: Hand out all parts before you ask for the first result
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
    count = 0
    for start, stop in zip(cuts, cuts[1:]):
        count += pool.submit(count_part, start, stop).result()
    return count
