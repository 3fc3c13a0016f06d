"""A future that the signal sets, and a timeout around the waiting."""

import asyncio
import signal
from functools import cached_property


class Service:
    def __init__(self, work):
        self._work, self._open, self._begun = work, False, {}

    def start(self):
        self._open = True

    def submit(self, job):
        if not self._open:
            raise RuntimeError(f"closed: {job}")
        self._begun[len(self._begun)] = job, asyncio.ensure_future(self._safely(job))

    async def _safely(self, job):
        try:
            await self._work(job)
        except Exception:
            return False
        return True

    @cached_property
    def _end(self):
        return asyncio.ensure_future(self._finish())

    async def _finish(self):
        tasks = [task for _, task in self._begun.values()]
        pending = set(tasks)
        try:
            async with asyncio.timeout(self._grace):
                while pending:
                    _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            for task in tasks:
                task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        return [job for (job, _), outcome in zip(self._begun.values(), outcomes) if outcome is not True]

    async def stop(self, grace):
        if self._open:
            self._grace = grace
        self._open = False
        await asyncio.wait([self._end])
        return self._end.result()

    async def run(self, grace):
        loop = asyncio.get_running_loop()
        came = loop.create_future()
        loop.add_signal_handler(signal.SIGTERM, lambda: came.done() or came.set_result(None))
        try:
            self.start()
            await came
        finally:
            loop.remove_signal_handler(signal.SIGTERM)
        return await self.stop(grace)
