# WRONG_RESULT: the second stop returns a list that is filled later.
# Says: wants to know the same as the first
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.jobs = []
        self.stopping = None

    def start(self):
        self.accepting = True

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.jobs.append((job, asyncio.create_task(self.work(job))))

    async def _stop(self, grace):
        tasks = [task for _, task in self.jobs]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return [job for job, task in self.jobs if task.cancelled() or task.exception() is not None]

    async def stop(self, grace):
        self.accepting = False
        if self.stopping is not None:
            return self.stopping
        self.stopping = []
        self.stopping += await self._stop(grace)
        return self.stopping

    async def run(self, grace):
        loop = asyncio.get_running_loop()
        terminated = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, terminated.set)
        try:
            self.start()
            await terminated.wait()
            return await self.stop(grace)
        finally:
            loop.remove_signal_handler(signal.SIGTERM)
