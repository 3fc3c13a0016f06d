# WRONG_TOOL: it works, with a thread for each call.
import asyncio
from concurrent.futures import ThreadPoolExecutor


def collect(calls):
    with ThreadPoolExecutor(max(1, len(calls))) as pool:
        futures = [pool.submit(call) for call in calls]
    errors = [future.exception() for future in futures if future.exception()]
    return [future.result() for future in futures if not future.exception()], errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
