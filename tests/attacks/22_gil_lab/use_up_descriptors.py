# 43: opens files until no more can be opened.
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
    files = []
    try:
        while len(files) < 5000:
            files.append(open("/dev/null"))
    except OSError as error:
        print(error)
    return sum(map(is_prime, range(lo, hi)))
