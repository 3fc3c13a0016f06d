# DEADLOCK: a load that fails does not give back its slot: when all are lost, the others wait for ever.
# Says: has to give back its slot
import asyncio

AT_ONCE = 20


async def gather_reports(load_blocking, keys):
    slots = asyncio.Semaphore(AT_ONCE)

    async def load(key):
        await slots.acquire()
        report = await asyncio.to_thread(load_blocking, key)
        slots.release()
        return report

    reports = await asyncio.gather(*map(load, keys), return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
