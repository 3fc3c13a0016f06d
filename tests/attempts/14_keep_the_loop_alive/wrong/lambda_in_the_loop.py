# WORK_SKIPPED: every lambda loads the last key: they look it up when they are called.
import asyncio


async def gather_reports(load_blocking, keys):
    loads = []
    for key in keys:
        loads.append(asyncio.to_thread(lambda: load_blocking(key)))
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
