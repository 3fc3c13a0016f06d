# CRASHED: asyncio.wait, with no task to wait for.
# Says: one task at least
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.tasks = {}
        self.stopping = None

    def start(self):
        self.accepting = True

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.tasks[asyncio.create_task(self.work(job))] = job

    async def stop(self, grace):
        self.accepting = False
        if self.stopping is None:
            self.stopping = asyncio.create_task(self._end(grace))
        return await asyncio.shield(self.stopping)

    async def _end(self, grace):
        _, late = await asyncio.wait(self.tasks, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        return [job for task, job in self.tasks.items() if task.cancelled() or task.exception()]

    async def run(self, grace):
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
