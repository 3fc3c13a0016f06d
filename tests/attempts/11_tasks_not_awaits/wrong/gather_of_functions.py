# CRASHED: the functions are never called.
# Says: call it, `f(x)`
import asyncio
async def greet_all(delays, say):
    return await asyncio.gather(*[say for delay in delays])
