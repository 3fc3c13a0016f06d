# CRASHED: gather has no deadline.
# Says: gather knows no deadline
import asyncio


async def quotes(sources, ask, deadline):
    results = await asyncio.gather(*[ask(source) for source in sources], timeout=deadline, return_exceptions=True)
    return dict(zip(sources, results))
