# SERIAL: the loop is free, but the loads wait for each other.
import asyncio


async def gather_reports(load_blocking, keys):
    return [await asyncio.to_thread(load_blocking, key) for key in keys]
