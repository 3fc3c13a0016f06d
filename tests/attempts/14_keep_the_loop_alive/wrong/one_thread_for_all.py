# SERIAL: sync.py, in a thread.
import asyncio


async def gather_reports(load_blocking, keys):
    def load_all():
        return [load_blocking(key) for key in keys]

    return await asyncio.to_thread(load_all)
