# HANG: a job that fails ends the worker, and then nobody says task_done: join waits for ever.
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.jobs = []
        self.finished = set()

    def start(self):
        self.accepting = True
        self.queue = asyncio.Queue()
        self.workers = [asyncio.create_task(self.worker()) for _ in range(10)]

    async def worker(self):
        while True:
            job = await self.queue.get()
            await self.work(job)
            self.finished.add(job)
            self.queue.task_done()

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("closed")
        self.jobs.append(job)
        self.queue.put_nowait(job)

    async def stop(self, grace):
        self.accepting = False
        await self.queue.join()
        for worker in self.workers:
            worker.cancel()
        await asyncio.gather(*self.workers, return_exceptions=True)
        return [job for job in self.jobs if job not in self.finished]

    async def run(self, grace):
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
