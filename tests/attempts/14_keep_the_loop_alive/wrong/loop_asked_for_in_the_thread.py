# HANG: in a thread of its own runs no event loop.
# Says: In this thread runs no event loop
import asyncio
import threading


def load(load_blocking, key, future):
    report = load_blocking(key)
    asyncio.get_running_loop().call_soon_threadsafe(future.set_result, report)


async def gather_reports(load_blocking, keys):
    futures = [asyncio.get_running_loop().create_future() for _ in keys]
    for key, future in zip(keys, futures):
        threading.Thread(target=load, args=(load_blocking, key, future)).start()
    return list(await asyncio.gather(*futures))
