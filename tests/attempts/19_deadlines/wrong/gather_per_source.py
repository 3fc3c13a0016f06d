# LEAK_TASK: cancelled from outside, gather ends with the first task that does, and leaves the others alone.
import asyncio


async def quotes(sources, ask, deadline):
    async def quote(source):
        try:
            async with asyncio.timeout(deadline):
                return await ask(source)
        except TimeoutError:
            return None
        except Exception as error:
            return error

    return dict(zip(sources, await asyncio.gather(*map(quote, sources)), strict=True))
