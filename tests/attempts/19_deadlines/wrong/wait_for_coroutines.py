# CRASHED: asyncio.wait takes tasks.
# Says: make one of each coroutine first
import asyncio


async def quotes(sources, ask, deadline):
    done, pending = await asyncio.wait([ask(source) for source in sources], timeout=deadline)
    for task in pending:
        task.cancel()
    return {source: task.result() for source, task in zip(sources, done)}
