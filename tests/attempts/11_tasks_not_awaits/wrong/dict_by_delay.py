# WRONG_RESULT: a dict by delay keeps one greeting of two with the same delay.
# Says: by its place
import asyncio


async def greet_all(delays, say):
    found = {}
    async def ask(delay):
        found[delay] = await say(delay)
    await asyncio.gather(*(ask(delay) for delay in delays))
    return [found[delay] for delay in delays]
