# CRASHED: within the block, the tasks have not even begun.
# Says: one indentation to the left
import asyncio
async def greet_all(delays, say):
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(say(delay)) for delay in delays]
        return [t.result() for t in tasks]
