# CRASHED: asyncio.wait gets an empty list when there were jobs, and all have ended.
import asyncio
import signal


class Service:
    def __init__(self, work) -> None:
        self.work = work
        self.accepting = False
        self.jobs = []  # (job, task) in the order of acceptance
        self.stopping = None

    def start(self) -> None:
        self.accepting = self.stopping is None

    def submit(self, job: str) -> None:
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.jobs.append((job, asyncio.create_task(self._do(job))))

    async def _do(self, job) -> bool:
        try:
            await self.work(job)
        except asyncio.CancelledError:
            raise
        except BaseException:
            return False
        return True

    async def stop(self, grace: float) -> list[str]:
        self.accepting = False
        if self.stopping is None:
            self.stopping = asyncio.create_task(self._end(grace))
        return await asyncio.shield(self.stopping)

    async def _end(self, grace: float) -> list[str]:
        tasks = [task for _, task in self.jobs]
        if tasks:
            running = [task for task in tasks if not task.done()]
            _, late = await asyncio.wait(running, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return [job for job, task in self.jobs if task.cancelled() or not task.result()]

    async def run(self, grace: float) -> list[str]:
        terminated = asyncio.Event()

        def on_sigterm():
            self.accepting = False
            terminated.set()

        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, on_sigterm)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
