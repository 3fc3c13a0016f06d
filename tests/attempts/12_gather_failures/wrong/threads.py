# LATE: a thread cannot be cancelled, so everybody waits for the slowest call.
from concurrent.futures import ThreadPoolExecutor


def collect(calls):
    with ThreadPoolExecutor(max(1, len(calls))) as pool:
        futures = [pool.submit(call) for call in calls]
    errors = [future.exception() for future in futures if future.exception()]
    return [future.result() for future in futures if not future.exception()], errors


def all_or_nothing(calls):
    results, errors = collect(calls)
    if errors:
        raise ExceptionGroup("not every call worked", errors)
    return results
