# CRASHED: asyncio.run inside a running loop.
# Says: await the coroutine instead
import asyncio


async def greet_all(delays, say):
    async def main():
        return await asyncio.gather(*(say(delay) for delay in delays))

    return asyncio.run(main())
