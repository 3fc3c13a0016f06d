# BLOCKS_LOOP: a nap between two loads lets the loop go round once, and then the next one stops it.
import asyncio


async def gather_reports(load_blocking, keys):
    async def load(key):
        await asyncio.sleep(0)
        report = load_blocking(key)
        await asyncio.sleep(0)
        return report

    return await asyncio.gather(*(load(key) for key in keys))
