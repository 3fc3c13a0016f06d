# UNDER_USED: two cores, two threads, as if waiting needed a core.
import asyncio

CORES = 2


async def gather_reports(load_blocking, keys):
    free = asyncio.Semaphore(CORES)

    async def load(key):
        async with free:
            return await asyncio.to_thread(load_blocking, key)

    reports = await asyncio.gather(*map(load, keys), return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
