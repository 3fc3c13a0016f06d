# CRASHED: asyncio cannot await what a pool's submit gives.
# Says: `loop.run_in_executor(pool, f, x)` gives one at once.
import asyncio
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


async def count_primes(lo, hi, workers, pool=None):
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return await count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return sum(await asyncio.gather(*(pool.submit(count_part, a, b) for a, b in zip(cuts, cuts[1:]))))
