"""A dispatcher takes jobs from a queue into a TaskGroup; a future is the one answer of all stops."""

import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.queue = None
        self.answer = None
        self.unfinished = {}

    def start(self):
        self.queue = asyncio.Queue()
        self.answer = asyncio.get_running_loop().create_future()
        self.dispatcher = asyncio.create_task(self.dispatch())

    def submit(self, job):
        if self.queue is None or self.answer.done() or getattr(self, "closed", False):
            raise RuntimeError("no more jobs")
        self.unfinished[job] = True
        self.queue.put_nowait(job)

    async def dispatch(self):
        async with asyncio.TaskGroup() as group:
            while (job := await self.queue.get()) is not None:
                group.create_task(self.do(job))

    async def do(self, job):
        try:
            await self.work(job)
        except Exception:
            return
        self.unfinished[job] = False

    async def stop(self, grace):
        if not getattr(self, "closed", False):
            self.closed = True
            self.queue.put_nowait(None)
            _, late = await asyncio.wait([self.dispatcher], timeout=grace)
            if late:
                self.dispatcher.cancel()
                await asyncio.wait([self.dispatcher])
            self.answer.set_result([job for job, left in self.unfinished.items() if left])
        return await asyncio.shield(self.answer)

    async def run(self, grace):
        terminated = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set_result, None)
        self.start()
        await terminated
        return await self.stop(grace)
