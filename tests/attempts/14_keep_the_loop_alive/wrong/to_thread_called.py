# CRASHED: to_thread(load(key)) loads on the event loop's own thread.
# Says: `to_thread(load_blocking, key)`
import asyncio
async def gather_reports(load_blocking, keys):
    return await asyncio.gather(*[asyncio.to_thread(load_blocking(key)) for key in keys])
