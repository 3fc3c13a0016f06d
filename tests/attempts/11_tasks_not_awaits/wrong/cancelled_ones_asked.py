# CRASHED: the first failure ends the waiting, and then a cancelled task is asked for its result.
# Says: being cancelled
import asyncio


async def greet_all(delays, say):
    tasks = [asyncio.create_task(say(delay)) for delay in delays]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION) if tasks else ((), ())
    for task in pending:
        task.cancel()
    return [task.result() for task in tasks]
