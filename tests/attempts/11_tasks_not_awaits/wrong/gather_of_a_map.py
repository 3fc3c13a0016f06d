# CRASHED: a map is not unpacked.
# Says: `gather(*coroutines)`
import asyncio
async def greet_all(delays, say):
    return await asyncio.gather(map(say, delays))
