# WRONG_RESULT: the list of tasks is made once, for all calls.
# Says: kept from one call to the next
import asyncio

_tasks = []  # keep your tasks: the loop holds only weak references


async def greet_all(delays: list[float], say) -> list[str]:
    """Call say(delay) for each delay, and return the greetings in the same order."""
    for delay in delays:
        _tasks.append(asyncio.create_task(say(delay)))
    return [await task for task in _tasks]
