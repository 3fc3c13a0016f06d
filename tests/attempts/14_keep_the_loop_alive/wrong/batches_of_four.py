# UNDER_USED: the fifth report waits until all of the first four are there.
import asyncio


async def gather_reports(load_blocking, keys):
    reports = []
    for start in range(0, len(keys), 4):
        loads = [asyncio.to_thread(load_blocking, key) for key in keys[start : start + 4]]
        reports += await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
