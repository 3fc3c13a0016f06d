# LOST: half of the deadline is kept in reserve, and a quote that comes then is not taken.
# Says: or the time is up
import asyncio


async def quotes(sources, ask, deadline):
    async def quote(source):
        try:
            async with asyncio.timeout(0.5 * deadline):
                return await ask(source)
        except TimeoutError:
            return None
        except Exception as error:
            return error

    return dict(zip(sources, await asyncio.gather(*map(quote, sources), return_exceptions=True), strict=True))
