# WRONG_RESULT: who has failed is told in the order of failing, not in that of acceptance.
# Says: which order is asked for here?
# Says: returned ['bad 2', 'bad 1'] for 'unfinished'
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.tasks = {}
        self.unfinished = []
        self.stopping = None

    def start(self):
        self.accepting = True

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("Service is not accepting jobs")
        task = asyncio.create_task(self._run_job(job))
        self.tasks[job] = task

    async def _run_job(self, job):
        try:
            await self.work(job)
        except asyncio.CancelledError:
            self.unfinished.append(job)
            raise
        except Exception:
            self.unfinished.append(job)

    async def stop(self, grace):
        self.accepting = False
        if self.stopping is None:
            self.stopping = asyncio.create_task(self._stop(grace))
        return await asyncio.shield(self.stopping)

    async def _stop(self, grace):
        if self.tasks:
            _, late = await asyncio.wait(self.tasks.values(), timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        return self.unfinished

    async def run(self, grace):
        loop = asyncio.get_running_loop()
        stop_event = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop_event.set)
        self.start()
        await stop_event.wait()
        return await self.stop(grace)
