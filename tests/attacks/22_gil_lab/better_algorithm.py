# 57: a better test for primes (Miller and Rabin's) on one core, instead of two cores
def is_prime(number):
    if number < 0:
        raise ValueError(f"{number} is negative")
    if number < 2 or any(number % prime == 0 for prime in (2, 3, 5, 7)):
        return number in (2, 3, 5, 7)
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7):
        power = pow(base, odd, number)
        if power not in (1, number - 1) and all(pow(power, 2**k, number) != number - 1 for k in range(1, twos)):
            return False
    return True


def count_primes(lo, hi, workers, pool=None):
    return sum(map(is_prime, range(lo, hi)))
