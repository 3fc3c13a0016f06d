# CRASHED: the caller gets another exception than the one that came.
# Says: not another in its place
import asyncio


async def greet_all(delays, say):
    try:
        return await asyncio.gather(*(say(delay) for delay in delays))
    except Exception as error:
        raise RuntimeError("somebody did not answer") from error
