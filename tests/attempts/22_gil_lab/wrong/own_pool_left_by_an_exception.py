# LEAK_PROC: its own pool is shut down if all goes well.
# Says: jumps over the line
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
        own = ProcessPoolExecutor(workers)
        count = count_primes(lo, hi, workers, own)
        own.shutdown()
        return count
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return sum(pool.map(count_part, cuts, cuts[1:]))
