"""Count prime numbers: on several cores. All that is done for a part of the range is in one class."""

from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """From lo up to, but not including, hi. It is sent to a worker, and called there."""

    lo: int
    hi: int

    def __call__(self) -> int:
        return sum(map(self.is_prime, range(self.lo, self.hi)))

    @staticmethod
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


def count_primes(lo: int, hi: int, workers: int, pool: Executor | None = None) -> int:
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    futures = [pool.submit(Part(start, stop)) for start, stop in zip(cuts, cuts[1:])]
    return sum(future.result() for future in futures)
