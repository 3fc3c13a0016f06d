# Where no pool is given, processes by hand, with a pipe each.
import multiprocessing


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
    return sum(map(is_prime, range(lo, hi)))


def work(connection, lo, hi):
    try:
        connection.send(count_part(lo, hi))
    except Exception as error:
        connection.send(error)
    connection.close()


def count_primes(lo, hi, workers, pool=None):
    edges = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    if pool is not None:
        return sum(future.result() for future in [pool.submit(count_part, a, b) for a, b in zip(edges, edges[1:])])
    started = []
    for a, b in zip(edges, edges[1:]):
        mine, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=work, args=(theirs, a, b))
        process.start()
        theirs.close()
        started.append((process, mine))
    answers = [mine.recv() for _, mine in started]
    for process, _ in started:
        process.join()
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return sum(answers)
