# WRONG_TOOL: one process, where no pool is given.
# Says: Without a given pool
from concurrent.futures import Executor, ProcessPoolExecutor



def is_prime(number: int) -> bool:
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


def count_part(start: int, stop: int) -> int:
    count = 0
    for number in range(start, stop):
        if is_prime(number):
            count += 1
    return count


def count_primes(lo: int, hi: int, workers: int, pool: Executor | None = None) -> int:
    if pool is None:
        return count_part(lo, hi)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return sum(pool.map(count_part, cuts, cuts[1:]))
