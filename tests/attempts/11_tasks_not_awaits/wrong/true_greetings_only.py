# LOST: an empty greeting is left out.
import asyncio


async def greet_all(delays, say):
    greetings = await asyncio.gather(*[say(delay) for delay in delays])
    return [greeting for greeting in greetings if greeting]
