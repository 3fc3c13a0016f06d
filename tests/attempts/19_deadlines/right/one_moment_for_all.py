"""Every task knows the moment at which the time is up."""

import asyncio


async def quotes(sources, ask, deadline):
    end = asyncio.get_running_loop().time() + deadline

    async def one(source):
        try:
            async with asyncio.timeout_at(end):
                return await ask(source)
        except TimeoutError:
            return None
        except Exception as error:
            return error

    async with asyncio.TaskGroup() as group:
        tasks = {source: group.create_task(one(source)) for source in sources}
    return {source: task.result() for source, task in tasks.items()}
