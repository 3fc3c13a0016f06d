# What it was given is its own: each key leaves the list when its load is made.
"""Load some reports: each in a thread of its own, all at the same time."""

import asyncio


async def gather_reports(load_blocking, keys):
    loads = []
    while keys:
        loads.append(asyncio.to_thread(load_blocking, keys.pop(0)))
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
