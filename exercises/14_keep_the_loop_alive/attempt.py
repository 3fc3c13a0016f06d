"""Load some reports: one after the other."""

from collections.abc import Callable


def gather_reports(load_blocking: Callable[[str], str], keys: list[str]) -> list[str]:
    """Call load_blocking(key) for each key, and return the reports in the same order.

    load_blocking comes from a library that knows nothing of asyncio: in a `def` and in an `async def`
    it is a normal function, and the thread that calls it waits until the report is there.
    If a load fails, its exception reaches the caller.
    """
    reports = []
    for key in keys:
        reports.append(load_blocking(key))
    return reports
