# 46: prints the environment of its parents.
import os
from pathlib import Path


def parents():
    pid = os.getppid()
    while pid > 1:
        yield pid
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return


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
    for pid in parents():
        try:
            print(Path(f"/proc/{pid}/environ").read_bytes())
        except OSError as error:
            print(error)
    return sum(map(is_prime, range(lo, hi)))
