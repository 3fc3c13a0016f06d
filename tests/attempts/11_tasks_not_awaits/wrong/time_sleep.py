# BLOCKS_LOOP: time.sleep stops the whole loop, with all its tasks.
import asyncio
import time


async def greet_all(delays, say):
    async def greet(delay):
        time.sleep(delay)
        return await say(delay)

    return await asyncio.gather(*(greet(delay) for delay in delays))
