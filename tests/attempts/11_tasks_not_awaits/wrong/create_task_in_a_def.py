# CRASHED: no event loop runs in a plain def.
# Says: `async def`
import asyncio
def greet_all(delays, say):
    tasks = [asyncio.create_task(say(d)) for d in delays]
    return tasks
