# LATE: a thread cannot be cancelled, and the end of the `with` block waits for it.
from concurrent.futures import ThreadPoolExecutor, wait


def quotes(sources, ask, deadline):
    with ThreadPoolExecutor(8) as pool:
        futures = {source: pool.submit(ask, source) for source in sources}
        done, _ = wait(futures.values(), timeout=deadline)
    return {
        source: (future.exception() or future.result()) if future in done else None
        for source, future in futures.items()
    }
