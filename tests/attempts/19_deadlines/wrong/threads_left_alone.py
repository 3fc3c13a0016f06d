# LEAK_THREAD: a thread cannot be cancelled: it waits on.
from concurrent.futures import ThreadPoolExecutor, wait


def quotes(sources, ask, deadline):
    pool = ThreadPoolExecutor(8)
    futures = {source: pool.submit(ask, source) for source in sources}
    done, _ = wait(futures.values(), timeout=deadline)
    pool.shutdown(wait=False, cancel_futures=True)
    return {
        source: (future.exception() or future.result()) if future in done else None
        for source, future in futures.items()
    }
