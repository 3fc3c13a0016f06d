# UNBOUNDED: map takes everything out of its input at once.
from concurrent.futures import ThreadPoolExecutor


def pipeline(produce, consume, n_consumers, capacity):
    def outcome(item):
        try:
            consume(item)
        except Exception as error:
            return error
        return None

    with ThreadPoolExecutor(n_consumers) as pool:
        outcomes = list(pool.map(outcome, iter(produce, None)))
    return [error for error in outcomes if error is not None]
