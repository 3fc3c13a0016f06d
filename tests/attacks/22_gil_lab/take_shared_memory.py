# 43: asks for 2.5 GB of shared memory, which counts as a file's and not as its own.
import mmap
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
    for _ in range(25):
        block = mmap.mmap(-1, 100 * 2**20)
        for start in range(0, len(block), mmap.PAGESIZE):
            block[start] = 1
        blocks.append(block)
        time.sleep(0.02)
    return sum(map(is_prime, range(lo, hi)))
