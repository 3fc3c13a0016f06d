# WRONG_RESULT: a job that was cancelled by another than stop is told as done.
# Says: whoever did it
import asyncio
import signal


class Service:
    def __init__(self, work) -> None:
        self.work = work
        self.accepting = False
        self.jobs = []  # (job, task) in the order of acceptance
        self.stopping = None
        self.late = set()
        self.failed = set()

    def start(self) -> None:
        self.accepting = self.stopping is None

    def submit(self, job: str) -> None:
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.jobs.append((job, asyncio.create_task(self._do(job))))

    async def _do(self, job) -> None:
        try:
            await self.work(job)
        except asyncio.CancelledError:
            raise  # stop knows whom it has cancelled
        except BaseException:
            self.failed.add(asyncio.current_task())

    async def stop(self, grace: float) -> list[str]:
        self.accepting = False
        if self.stopping is None:
            self.stopping = asyncio.create_task(self._end(grace))
        return await asyncio.shield(self.stopping)

    async def _end(self, grace: float) -> list[str]:
        tasks = [task for _, task in self.jobs]
        if tasks:
            _, self.late = await asyncio.wait(tasks, timeout=grace)
            for task in self.late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return [job for job, task in self.jobs if task in self.late or task in self.failed]

    async def run(self, grace: float) -> list[str]:
        terminated = asyncio.Event()

        def on_sigterm():
            self.accepting = False
            terminated.set()

        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, on_sigterm)
        self.start()
        await terminated.wait()
        return await self.stop(grace)
