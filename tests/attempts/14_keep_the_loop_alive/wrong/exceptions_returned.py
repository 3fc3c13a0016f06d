# SWALLOWED: an exception is handed over as if it were a report.
import asyncio


async def gather_reports(load_blocking, keys):
    loads = [asyncio.to_thread(load_blocking, key) for key in keys]
    return await asyncio.gather(*loads, return_exceptions=True)
