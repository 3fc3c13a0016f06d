# NO_CANCEL: wait_for gives up waiting; the threads that it waited for do not give up.
import asyncio


async def gather_reports(load_blocking, keys):
    tasks = [asyncio.create_task(asyncio.to_thread(load_blocking, key)) for key in keys]
    try:
        return await asyncio.gather(*tasks)
    except Exception:
        try:
            await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), timeout=0.05)
        except TimeoutError:
            pass  # stopped
        raise
