import asyncio


async def roll_call(names, ask):
    async def one(name):
        try:
            return await ask(name)
        except ConnectionError:
            return None

    async with asyncio.TaskGroup() as group:
        tasks = {name: group.create_task(one(name)) for name in names}
    return {name: task.result() for name, task in tasks.items()}
