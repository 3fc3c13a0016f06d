# WRONG_RESULT: if all jobs have ended before the stop, it falls off its end, and tells nothing.
# Says: had failed before the stop
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
        if self.stopping is None:
            self.stopping = asyncio.create_task(self.wind_down(grace))
        return await asyncio.shield(self.stopping)

    async def wind_down(self, grace):
        if not self.jobs:
            return []
        going_on = [task for _, task in self.jobs if not task.done()]
        if going_on:
            _, late = await asyncio.wait(going_on, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*going_on, return_exceptions=True)
            return [job for job, task in self.jobs if task.cancelled() or task.exception()]

    async def run(self, grace):
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
