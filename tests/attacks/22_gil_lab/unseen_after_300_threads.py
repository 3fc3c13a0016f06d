# own: uses up the descriptors of the observer with short threads, so that it reads no later one
import threading
import time
from concurrent.futures import ThreadPoolExecutor


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
    for _ in range(4):
        threads = [threading.Thread(target=time.sleep, args=(0.03,)) for _ in range(100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with ThreadPoolExecutor(1) as own:
        return own.submit(lambda: sum(map(is_prime, range(lo, hi)))).result()
