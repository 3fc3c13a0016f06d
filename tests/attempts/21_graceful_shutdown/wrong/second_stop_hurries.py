# LOST: each stop has a grace of its own, so a second one that is in a hurry cancels jobs that had time.
# Says: The first call of `stop`
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.jobs = []
        self.cancelled = set()

    def start(self):
        self.accepting = True

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.jobs.append((job, asyncio.create_task(self.work(job))))

    async def stop(self, grace):
        self.accepting = False
        pending = [task for _, task in self.jobs if not task.done()]
        if pending:
            _, late = await asyncio.wait(pending, timeout=grace)
            for task in late - self.cancelled:  # nothing is cancelled twice
                self.cancelled.add(task)
                task.cancel()
            await asyncio.wait(pending)
        return [job for job, task in self.jobs if task.cancelled() or task.exception() is not None]

    async def run(self, grace):
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
