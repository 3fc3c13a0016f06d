# CRASHED: gather gets reports, where it needs awaitables.
# Says: asyncio.to_thread(f, x)
import asyncio
async def gather_reports(load_blocking, keys):
    return await asyncio.gather(*[load_blocking(key) for key in keys])
