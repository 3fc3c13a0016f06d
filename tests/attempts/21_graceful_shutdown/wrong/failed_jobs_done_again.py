# DUPLICATE: a job that has failed is done a second time.
"""A service that does jobs, all at the same time, and that can be stopped without losing any."""

import asyncio
import signal
from collections.abc import Callable


class Service:
    def __init__(self, work: Callable) -> None:
        self.work = work
        self.accepting = False
        self.jobs = []
        self.tasks = []
        self.stopping = None

    def start(self) -> None:
        self.accepting = True

    def submit(self, job: str) -> None:
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.jobs.append(job)
        self.tasks.append(asyncio.create_task(self._do(job)))

    async def _do(self, job):
        # nothing accepted may be lost: give it another chance
        try:
            await self.work(job)
        except Exception:
            await self.work(job)

    async def stop(self, grace: float) -> list[str]:
        self.accepting = False
        if self.stopping is None:
            self.stopping = asyncio.create_task(self._stop(grace))
        return await asyncio.shield(self.stopping)

    async def _stop(self, grace: float) -> list[str]:
        if self.tasks:
            _, late = await asyncio.wait(self.tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)
        return [job for job, task in zip(self.jobs, self.tasks) if task.cancelled() or task.exception() is not None]

    async def run(self, grace: float) -> list[str]:
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
