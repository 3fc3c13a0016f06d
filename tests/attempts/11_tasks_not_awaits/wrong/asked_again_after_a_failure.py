# DUPLICATE: who has failed is asked once more.
# Says: It had failed, and was asked once more
import asyncio


async def greet_all(delays, say):
    async def try_twice(delay):
        try:
            return await say(delay)
        except Exception:
            return await say(delay)

    return await asyncio.gather(*(try_twice(delay) for delay in delays))
