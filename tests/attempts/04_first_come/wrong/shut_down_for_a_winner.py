# LEAK_THREAD: the pool is shut down only if somebody has won.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = []
    pool = ThreadPoolExecutor(max_workers=max(1, len(mirrors)))
    if True:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            try:
                answer = mirror_of[future], future.result()
                pool.shutdown(wait=False, cancel_futures=True)
                return answer
            except Exception as error:
                failures.append(error)
    raise ExceptionGroup("no mirror has answered", failures)
