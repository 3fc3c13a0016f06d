# CRASHED: create_task(say) gets a function, and no coroutine.
# Says: `create_task(f(x))`
import asyncio
async def greet_all(delays, say):
    tasks = [asyncio.create_task(say) for delay in delays]
    return [await task for task in tasks]
