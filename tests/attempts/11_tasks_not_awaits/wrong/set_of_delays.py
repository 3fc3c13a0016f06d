# WORK_SKIPPED: who has the same delay as another is not asked.
# Says: by its place
import asyncio


async def greet_all(delays, say):
    found = {}
    async def ask(delay):
        found[delay] = await say(delay)
    await asyncio.gather(*(ask(delay) for delay in set(delays)))
    return [found[delay] for delay in delays]
