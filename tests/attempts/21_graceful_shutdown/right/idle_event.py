"""Counts what is under way, and waits for an event that says that nothing is; the signal is Python's own."""

import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.jobs = []
        self.failed = set()
        self.running = set()
        self.idle = asyncio.Event()
        self.idle.set()
        self.deadline = None

    def start(self):
        self.accepting = True

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("closed")
        self.jobs.append(job)
        task = asyncio.create_task(self.work(job))
        self.running.add(task)
        self.idle.clear()
        task.add_done_callback(lambda task: self.ended(job, task))

    def ended(self, job, task):
        if task.cancelled() or task.exception():
            self.failed.add(job)
        self.running.discard(task)
        if not self.running:
            self.idle.set()

    def give_up(self):
        for task in self.running:
            task.cancel()

    async def stop(self, grace):
        self.accepting = False
        if self.deadline is None:
            self.deadline = asyncio.get_running_loop().call_later(grace, self.give_up)
        await self.idle.wait()
        self.deadline.cancel()
        return [job for job in self.jobs if job in self.failed]

    async def run(self, grace):
        loop, terminated = asyncio.get_running_loop(), asyncio.Event()
        before = signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(terminated.set))
        self.start()
        await terminated.wait()
        signal.signal(signal.SIGTERM, before)
        return await self.stop(grace)
