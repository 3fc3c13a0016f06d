# CRASHED: a handler of `signal.signal` gets two arguments.
# Says: gets two arguments
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.tasks = []
        self.stopped = asyncio.Event()
        self.stopping = False
        self.unfinished = []

    def start(self):
        self.accepting = True

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("closed")
        self.tasks.append((job, asyncio.create_task(self.work(job))))

    async def stop(self, grace):
        self.accepting = False
        if self.stopping:
            await self.stopped.wait()
            return self.unfinished
        self.stopping = True
        if self.tasks:
            await asyncio.wait([task for _, task in self.tasks], timeout=grace)
        for _, task in self.tasks:
            if not task.done():
                task.cancel()
        results = await asyncio.gather(*[task for _, task in self.tasks], return_exceptions=True)
        self.unfinished = [job for (job, _), result in zip(self.tasks, results) if isinstance(result, BaseException)]
        self.stopped.set()
        return self.unfinished

    async def run(self, grace):
        self.start()
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGTERM, lambda: self.stopped.set())
        await self.stopped.wait()
        return self.unfinished
