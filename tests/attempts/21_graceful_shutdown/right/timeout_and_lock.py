"""asyncio.timeout around the waiting; a lock lets one stop through, and the others find everything done."""

import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.tasks = {}
        self.state = "new"
        self.lock = asyncio.Lock()

    async def start(self):
        self.state = "open"

    async def submit(self, job):
        if self.state != "open":
            raise RuntimeError(self.state)
        self.tasks[job] = asyncio.create_task(self.work(job))

    async def stop(self, grace):
        self.state = "closed"
        async with self.lock:
            waiting = asyncio.gather(*self.tasks.values(), return_exceptions=True)
            try:
                async with asyncio.timeout(grace):
                    await waiting
            except TimeoutError:
                await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        return [job for job, task in self.tasks.items() if task.cancelled() or task.exception() is not None]

    async def run(self, grace):
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        try:
            await self.start()
            await stop.wait()
        finally:
            loop.remove_signal_handler(signal.SIGTERM)
        return await self.stop(grace)
