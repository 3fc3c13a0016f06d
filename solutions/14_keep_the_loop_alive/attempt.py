"""Load some reports: all at the same time, each in a thread, while the event loop goes round."""

import asyncio


async def gather_reports(load_blocking, keys):
    """Call load_blocking(key) for each key, and return the reports in the same order.

    If a load fails, its exception reaches the caller when all the other loads are over, too.
    """
    loads = [asyncio.to_thread(load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
