# WRONG_RESULT: the list of futures is the file's, so the next call adds up the first one's parts, too.
# Says: kept from one call to the next
from concurrent.futures import ProcessPoolExecutor

futures = []


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
    return sum(is_prime(number) for number in range(lo, hi))


def count_primes(lo, hi, workers, pool=None):
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    for start, stop in zip(cuts, cuts[1:]):
        futures.append(pool.submit(count_part, start, stop))
    return sum(future.result() for future in futures)
