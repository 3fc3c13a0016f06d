# LOST: run is made a coroutine function, as asyncio would have it.
# Says: `run` is an `async def`
import asyncio


class Sleep:
    def __init__(self, seconds):
        self.seconds = seconds


async def drive(task):
    try:
        while True:
            wish = next(task)
            await asyncio.sleep(wish.seconds if wish else 0)
    except StopIteration as stop:
        return stop.value
    except Exception as error:
        return error


async def run(tasks):
    return await asyncio.gather(*(drive(task) for task in tasks))
