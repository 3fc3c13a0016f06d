# WRONG_TOOL: it works, with ten threads where one would do.
from concurrent.futures import ThreadPoolExecutor


def greet_all(delays, say):
    with ThreadPoolExecutor(max(1, len(delays))) as pool:
        return list(pool.map(say, delays))
