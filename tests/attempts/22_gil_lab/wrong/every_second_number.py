# SERIAL: of two workers, one gets all even numbers, which are done at once.
# Says: One worker process did all the work, while 1 worker process sat idle
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


def count_every(lo, hi, step):
    return sum(is_prime(number) for number in range(lo, hi, step))


def count_primes(lo, hi, workers, pool=None):
    if pool is None:
        with ProcessPoolExecutor(workers) as own_pool:
            return count_primes(lo, hi, workers, own_pool)
    futures = [pool.submit(count_every, lo + i, hi, workers) for i in range(workers)]
    return sum(future.result() for future in futures)
