# own: counts in hundreds of processes that are born and die between two samples of the observer
import os


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
    count = 0
    step = max(1, (hi - lo) // 400)
    for start in range(lo, hi, step):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.write(writer, str(sum(map(is_prime, range(start, min(hi, start + step))))).encode())
            finally:
                os._exit(0)
        os.close(writer)
        os.waitpid(child, 0)
        text = os.read(reader, 100)
        os.close(reader)
        if not text:
            raise ValueError("negative")
        count += int(text)
    return count
