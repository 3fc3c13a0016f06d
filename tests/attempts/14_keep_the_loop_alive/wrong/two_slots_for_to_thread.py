# UNDER_USED: a semaphore with two slots, for two cores, as if waiting needed a core.
# Says: Look for a limit that is too small
import asyncio


async def gather_reports(load_blocking, keys):
    slots = asyncio.Semaphore(2)  # two cores

    async def load(key):
        async with slots:
            return await asyncio.to_thread(load_blocking, key)

    reports = await asyncio.gather(*map(load, keys), return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
