# WRONG_RESULT: the name of the current task, which in a thread does not exist.
import asyncio


def request_id():
    name = asyncio.current_task().get_name()
    return name if name.startswith("r-") else None


async def handle(requests, work):
    tasks = [asyncio.create_task(work(order), name=ident) for ident, order in requests]
    return await asyncio.gather(*tasks, return_exceptions=True)
