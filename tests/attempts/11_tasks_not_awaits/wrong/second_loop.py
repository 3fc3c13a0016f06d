# CRASHED: asyncio.run inside a running loop.
import asyncio


async def greet_all(delays, say):
    async def main():
        return await asyncio.gather(*(say(delay) for delay in delays))

    return asyncio.run(main())
