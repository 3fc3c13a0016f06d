# WRONG_RESULT: a deadline of 0 is taken for no deadline.
import asyncio


async def quotes(sources, ask, deadline):
    async def quote(source):
        try:
            async with asyncio.timeout(deadline or None):
                return await ask(source)
        except TimeoutError:
            return None
        except Exception as error:
            return error

    return dict(zip(sources, await asyncio.gather(*map(quote, sources), return_exceptions=True), strict=True))
