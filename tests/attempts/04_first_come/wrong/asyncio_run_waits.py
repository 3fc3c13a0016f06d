# LATE: to_thread uses the loop's own pool, and asyncio.run waits for all of its threads.
# Says: also those that nobody waits for
import asyncio
from concurrent.futures import ThreadPoolExecutor


def fastest(mirrors, fetch):
    async def main():
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(len(mirrors)))
        tasks = {asyncio.ensure_future(asyncio.to_thread(fetch, m)): m for m in mirrors}
        errors, pending = [], set(tasks)
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for t in done:
                if t.exception() is None:
                    for p in pending:
                        p.cancel()
                    return tasks[t], t.result()
                errors.append(t.exception())
        raise ExceptionGroup("all", errors)

    return asyncio.run(main())
