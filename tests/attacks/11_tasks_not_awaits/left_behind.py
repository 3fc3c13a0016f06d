# 35: returns tasks that have not been done
import asyncio


async def greet_all(delays, say):
    return [asyncio.create_task(say(delay)) for delay in delays]
