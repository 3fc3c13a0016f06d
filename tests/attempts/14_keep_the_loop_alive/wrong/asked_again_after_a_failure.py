# DUPLICATE: what has failed is loaded once more.
# Says: It had failed, and was asked once more
import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor


async def gather_reports(load_blocking, keys):
    loads = [asyncio.to_thread(load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    return [await asyncio.to_thread(load_blocking, key) if isinstance(report, Exception) else report for key, report in zip(keys, reports)]
