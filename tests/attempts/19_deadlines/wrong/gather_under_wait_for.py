# LOST: one that is late, and the quotes of all others are thrown away with the gather.
# Says: throws away what had come
import asyncio


async def quotes(sources, ask, deadline):
    everything = asyncio.gather(*(ask(source) for source in sources), return_exceptions=True)
    try:
        return dict(zip(sources, await asyncio.wait_for(everything, deadline), strict=True))
    except TimeoutError:
        return {}
