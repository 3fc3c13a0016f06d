# SWALLOWED: an exception that comes first is returned as if it were the body.
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    done, _ = wait(mirror_of, return_when=FIRST_COMPLETED)
    pool.shutdown(wait=False, cancel_futures=True)
    winner = done.pop()
    return mirror_of[winner], winner.exception() or winner.result()
