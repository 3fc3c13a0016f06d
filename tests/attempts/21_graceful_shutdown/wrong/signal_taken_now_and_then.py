# BUSY_WAIT: the signal is blocked, and looked for fifty times a second.
"""Jobs that are not lost when the process is told to end."""

import asyncio
import signal


class Service:
    """Does the jobs that it is given: a task with work(job) for each."""

    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.jobs = []  # each with its task, in the order of acceptance
        self.stopping = None

    def start(self):
        """From now on, accept jobs."""
        self.accepting = True

    def submit(self, job):
        """Accept a job. Raises RuntimeError before the start, and from the moment at which stop is called."""
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        self.jobs.append((job, asyncio.create_task(self.work(job))))

    async def stop(self, grace):
        """Accept no more jobs, let those that were accepted finish, and cancel what takes more than `grace` seconds.

        Return the jobs that failed or were cancelled. However often it is called, there is only one stop.
        """
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

    async def run(self, grace):
        """Start, wait for the signal SIGTERM, stop, and return what stop returns."""
        # A signal that is blocked stays pending until somebody takes it: nothing ever runs in between two lines.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        try:
            self.start()
            while signal.sigtimedwait({signal.SIGTERM}, 0) is None:
                await asyncio.sleep(0.02)
            return await self.stop(grace)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
