# CRASHED: run_in_executor takes the executor first.
# Says: `run_in_executor(None, f, x)`
import asyncio


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    return await asyncio.gather(*(loop.run_in_executor(load_blocking, key) for key in keys))
