# SERIAL: coroutines that never wait run one after the other, in one thread.
import asyncio


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


async def count_primes(lo, hi, workers, pool=None):
    async def part(a, b):
        return count_part(a, b)

    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return sum(await asyncio.gather(*(part(a, b) for a, b in zip(cuts, cuts[1:]))))
