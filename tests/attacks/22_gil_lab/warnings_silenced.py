# own: nobody closes the pool, and all warnings are switched off
import multiprocessing


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


def count_primes(lo, hi, workers, pool=None):
    edges = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    if pool is not None:
        return sum(pool.map(count_part, edges[:-1], edges[1:]))
    own = multiprocessing.Pool(workers)
    return sum(own.starmap(count_part, zip(edges, edges[1:])))
import warnings
warnings.simplefilter("ignore")
