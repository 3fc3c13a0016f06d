# WRONG_RESULT: with one that is late, `wait_for` gives up the whole gather, and the answers of all are None.
import asyncio


async def quotes(sources, ask, deadline):
    try:
        answers = await asyncio.wait_for(asyncio.gather(*map(ask, sources), return_exceptions=True), deadline)
    except TimeoutError:
        return dict.fromkeys(sources)
    return dict(zip(sources, answers))
