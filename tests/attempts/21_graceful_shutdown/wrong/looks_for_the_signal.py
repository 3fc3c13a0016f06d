# BUSY_WAIT: run looks twenty times a second whether the signal has come, and accepts jobs until it looks again.
# Says: add_signal_handler
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.jobs = []
        self.stopping = None
        self.terminated = False

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
        tasks = [task for _, task in self.jobs]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return [job for job, task in self.jobs if task.cancelled() or task.exception()]

    def handle(self, number, frame):
        self.terminated = True

    async def run(self, grace):
        signal.signal(signal.SIGTERM, self.handle)
        self.start()
        while not self.terminated:
            await asyncio.sleep(0.05)
        return await self.stop(grace)
