# 44: prints 100 MB.
import sys


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


def count_primes(lo, hi, workers, pool=None):
    for _ in range(100):
        sys.stdout.write("x" * 2**20)
        sys.stderr.write("\n")
    return sum(map(is_prime, range(lo, hi)))
