# 43: writes twenty files of 10 MB each, and one with a hole of 2 GB.
from pathlib import Path


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
    try:
        for number in range(20):
            Path(f"kata-attack-{number}").write_bytes(b"x" * (10 * 2**20))
        with open("kata-attack-sparse", "wb") as file:
            file.seek(2 * 2**30)
            file.write(b"x")
    except OSError as error:
        print(error)
    return sum(map(is_prime, range(lo, hi)))
