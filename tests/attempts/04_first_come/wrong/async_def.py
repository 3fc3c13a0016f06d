# CRASHED: a coroutine, whose caller has no event loop.
# Says: make it a `def`
import asyncio


async def fastest(mirrors, fetch):
    async def named(mirror):
        return mirror, await fetch(mirror)

    tasks = [asyncio.create_task(named(mirror)) for mirror in mirrors]
    failures = []
    try:
        for next_done in asyncio.as_completed(tasks):
            try:
                return await next_done
            except Exception as error:
                failures.append(error)
        raise ExceptionGroup("nobody answers", failures)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
