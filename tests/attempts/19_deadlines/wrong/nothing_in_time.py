# WRONG_RESULT: one that is late, and all others are None too.
import asyncio


async def quotes(sources, ask, deadline):
    everything = asyncio.gather(*(ask(source) for source in sources), return_exceptions=True)
    try:
        return dict(zip(sources, await asyncio.wait_for(everything, deadline), strict=True))
    except TimeoutError:
        return dict.fromkeys(sources)
