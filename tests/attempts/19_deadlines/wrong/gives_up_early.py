# TOO_FAST: a fifth of the deadline is kept in reserve, and a quote that comes then is not taken.
import asyncio


async def quotes(sources, ask, deadline):
    async def quote(source):
        try:
            async with asyncio.timeout(0.8 * deadline):
                return await ask(source)
        except TimeoutError:
            return None
        except Exception as error:
            return error

    return dict(zip(sources, await asyncio.gather(*map(quote, sources), return_exceptions=True), strict=True))
