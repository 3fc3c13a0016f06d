# 41: a grandchild keeps the output open, so that whoever reads to its end waits.
import subprocess


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
    subprocess.Popen(["sleep", "20"], start_new_session=True)
    return sum(map(is_prime, range(lo, hi)))
