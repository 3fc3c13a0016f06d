# WORK_MULTIPLIED: each worker tests the whole range and keeps a part of it.
from concurrent.futures import ProcessPoolExecutor


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


def every_nth(lo, hi, start, step):
    return sum([is_prime(number) for number in range(lo, hi)][start::step])


def count_primes(lo, hi, workers, pool=None):
    with ProcessPoolExecutor(workers) as own:
        wanted = [(pool or own).submit(every_nth, lo, hi, n, workers) for n in range(workers)]
        return sum(future.result() for future in wanted)
