"""The signal cancels the task that runs; each job has a timeout of its own, all at the same time."""

import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.results = None
        self.jobs = []
        self.closed = asyncio.Event()
        self.ended = asyncio.Event()

    def start(self):
        self.results = []

    def submit(self, job):
        if self.results is None or self.closed.is_set():
            raise RuntimeError
        self.jobs.append((job, asyncio.create_task(self.work(job))))

    async def stop(self, grace):
        if not self.closed.is_set():
            self.closed.set()
            asyncio.get_running_loop().create_task(self.end(grace), name="end")
        await self.ended.wait()
        return self.results

    async def end(self, grace):
        async def limited(task):
            try:
                await asyncio.wait_for(task, grace)
                return True
            except (Exception, asyncio.CancelledError):
                return False

        fine = await asyncio.gather(*[limited(task) for _, task in self.jobs])
        self.results = [job for (job, _), good in zip(self.jobs, fine) if not good]
        self.ended.set()

    async def run(self, grace):
        self.start()
        me = asyncio.current_task()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, me.cancel)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            me.uncancel()
        return await self.stop(grace)
