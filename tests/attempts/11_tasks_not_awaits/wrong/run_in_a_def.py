# CRASHED: a plain def gets operations that block, and no coroutines.
# Says: `async def`
import asyncio


def greet_all(delays, say):
    async def main():
        return await asyncio.gather(*(say(delay) for delay in delays))

    return asyncio.run(main())
