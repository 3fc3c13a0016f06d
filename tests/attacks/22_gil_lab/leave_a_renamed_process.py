# own: leaves a process behind whose command line is that of multiprocessing's own helper.
import subprocess
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
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)", "multiprocessing.resource_tracker"])
    return sum(map(is_prime, range(lo, hi)))
