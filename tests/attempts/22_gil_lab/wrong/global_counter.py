# LOST: a counter of the whole program is one for each process.
# Says: memory of its own
from concurrent.futures import ProcessPoolExecutor

count = 0

def is_prime(number):
    """Whether a number is prime. Raises ValueError for a negative one."""
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
    global count
    for number in range(lo, hi):
        if is_prime(number):
            count += 1


def count_primes(lo, hi, workers, pool=None):
    global count
    count = 0
    own = None if pool else ProcessPoolExecutor(workers)
    size = max(1, (hi - lo + workers - 1) // workers)
    futures = [(pool or own).submit(count_part, start, min(start + size, hi)) for start in range(lo, hi, size)]
    for future in futures:
        future.result()
    if own:
        own.shutdown()
    return count
