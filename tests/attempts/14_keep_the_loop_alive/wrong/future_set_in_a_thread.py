# HANG: the future is set in the other thread, which wakes nobody.
# Says: call_soon_threadsafe
import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(8) as pool:
        async def one(key):
            future = loop.create_future()

            def run():
                try:
                    future.set_result(load_blocking(key))
                except Exception as error:
                    future.set_exception(error)

            pool.submit(copy_context().run, run)
            return await future

        outcomes = await asyncio.gather(*map(one, keys), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes
