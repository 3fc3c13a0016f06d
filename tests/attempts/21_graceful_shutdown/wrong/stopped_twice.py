# CRASHED: one future says that all is over, and a second stop sets it again.
# Says: A future has one end
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.jobs = []

    def start(self):
        self.accepting = True
        self.stopped = asyncio.get_running_loop().create_future()

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.jobs.append((job, asyncio.create_task(self.work(job))))

    async def stop(self, grace):
        self.accepting = False
        tasks = [task for _, task in self.jobs]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self.stopped.set_result([job for job, task in self.jobs if task.cancelled() or task.exception()])
        return await self.stopped

    async def run(self, grace):
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
