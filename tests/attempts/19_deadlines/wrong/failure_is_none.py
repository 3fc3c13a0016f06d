# SWALLOWED: a source that failed looks like one that kept silent.
import asyncio


async def quotes(sources, ask, deadline):
    async def quote(source):
        try:
            async with asyncio.timeout(deadline):
                return await ask(source)
        except Exception:
            return None

    return dict(zip(sources, await asyncio.gather(*map(quote, sources), return_exceptions=True), strict=True))
