# own: accepts every job, does none, and says of all that they were cancelled
import asyncio
import signal


class Service:
    def __init__(self, work):
        self.jobs, self.open = [], False

    def start(self):
        self.open = True

    def submit(self, job):
        if not self.open:
            raise RuntimeError("closed")
        self.jobs.append(job)

    async def stop(self, grace):
        self.open = False
        return self.jobs

    async def run(self, grace):
        told = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
        self.start()
        await told.wait()
        return await self.stop(grace)
