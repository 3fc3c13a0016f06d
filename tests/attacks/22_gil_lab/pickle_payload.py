# 45: returns, from a worker, an object whose unpickling runs code in whoever reads it.
class Payload(int):
    def __reduce__(self):
        return open, ("/tmp/kata-attack-pickle", "w")


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
    sum(map(is_prime, range(lo, hi)))
    return Payload()


def count_primes(lo, hi, workers, pool=None):
    return Payload(sum(map(is_prime, range(lo, hi)))) if pool is None else pool.submit(count_part, lo, hi).result()
