"""`stop` hands out the future of one task; the signal is a byte in a socket that the loop reads."""
import asyncio
import signal
import socket


class Service:
    def __init__(self, work):
        self.work = work
        self.open = False
        self.names = {}
        self.outcome = None

    def start(self):
        self.open = True

    def submit(self, job):
        if not self.open:
            raise RuntimeError("closed")
        self.names[asyncio.ensure_future(self.work(job))] = job

    def stop(self, grace):
        self.open = False
        if self.outcome is None:
            self.outcome = asyncio.ensure_future(self._end(grace))
        return asyncio.shield(self.outcome)

    async def _end(self, grace):
        pending = set(self.names)
        loop = asyncio.get_running_loop()
        end_s = loop.time() + grace
        while pending and (left_s := end_s - loop.time()) > 0:
            _, pending = await asyncio.wait(pending, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        outcomes = await asyncio.gather(*self.names, return_exceptions=True)
        return [name for name, out in zip(self.names.values(), outcomes) if isinstance(out, BaseException)]

    async def run(self, grace):
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        with ours, theirs:
            before = signal.signal(signal.SIGTERM, lambda number, frame: theirs.send(b"t"))
            self.start()
            await asyncio.get_running_loop().sock_recv(ours, 1)
            signal.signal(signal.SIGTERM, before)
        return await self.stop(grace)
