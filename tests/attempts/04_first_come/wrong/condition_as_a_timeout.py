# CRASHED: the second argument of wait is a timeout.
# Says: `wait(futures, return_when=FIRST_COMPLETED)`
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    futures = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    done, _ = wait(futures, FIRST_COMPLETED)
    pool.shutdown(wait=False, cancel_futures=True)
    future = done.pop()
    return futures[future], future.result()
