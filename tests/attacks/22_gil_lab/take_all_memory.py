# 43: asks for three gigabytes, in steps of 100 MB.
import time


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
    blocks = []
    for _ in range(30):
        blocks.append(b"x" * (100 * 2**20))
        time.sleep(0.02)
    return sum(map(is_prime, range(lo, hi)))
