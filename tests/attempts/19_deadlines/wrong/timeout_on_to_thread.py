# LEAK_THREAD: the wait for the thread ends at the deadline; the thread goes on.
import asyncio


async def quotes(sources, ask, deadline):
    async def quote(source):
        try:
            return await asyncio.wait_for(asyncio.to_thread(asyncio.run, ask(source)), deadline)
        except TimeoutError:
            return None
        except Exception as error:
            return error

    return dict(zip(sources, await asyncio.gather(*map(quote, sources), return_exceptions=True), strict=True))
