# WRONG_RESULT: whoever stops it again is told at once that nothing is left, which is not true yet.
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

    async def stop(self, grace):
        self.accepting = False
        if self.stopping:
            return []
        self.stopping = True
        return await self.wind_down(grace)

    async def wind_down(self, grace):
        tasks = [task for _, task in self.jobs]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return [job for job, task in self.jobs if task.cancelled() or task.exception()]

    async def run(self, grace):
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
