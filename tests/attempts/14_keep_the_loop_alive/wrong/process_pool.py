# PICKLE: a process is too much, and cannot even be told what to call.
import asyncio
from concurrent.futures import ProcessPoolExecutor


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(5) as pool:
        return await asyncio.gather(*(loop.run_in_executor(pool, load_blocking, key) for key in keys))
