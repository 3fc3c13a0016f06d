# The same deadline for each source: all begin at the same time, so all end at the same time.
import asyncio


async def quotes(sources, ask, deadline):
    async def quote(source):
        try:
            async with asyncio.timeout(deadline) as limit:
                answer = await ask(source)
            return None if limit.expired() else answer
        except TimeoutError:
            return None
        except Exception as error:
            return error

    return dict(zip(sources, await asyncio.gather(*map(quote, sources), return_exceptions=True), strict=True))
