"""One run of an exercise's checks for `checker watch`: its process is started ahead and waits until it is needed."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import msgspec

from checker.session import telling
from checker.session.told import Told

MAX_LINE = 2**24
"""Bytes of one check's answer, with its picture."""


@contextmanager
def _without_ctrl_z() -> Iterator[None]:
    """A process that is started meanwhile is not stopped by Ctrl-Z; this one is, when it is over.

    One that is stopped before its program is loaded would keep us waiting for that, while the shell waits for us.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTSTP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTSTP})


class Checking:
    """A run of one exercise's checks. It waits, with everything imported, until `checked`; call `end` in any case."""

    def __init__(self, folder: Path, process: Process, told: int, gate: int) -> None:
        self.folder = folder
        self._process = process
        self._told = os.fdopen(told, "rb")
        self._gate = os.fdopen(gate, "wb", buffering=0)

    @classmethod
    async def of(cls, folder: Path, root: Path) -> Self:
        """Start a run for the exercise in `folder`, with `root` as working directory."""
        (told, tell), (wait, gate) = os.pipe(), os.pipe()
        command, environment = telling.command(folder, root, tell, gate=wait)
        try:
            with _without_ctrl_z():
                process = await asyncio.create_subprocess_exec(
                    *command,
                    cwd=root,
                    env=environment,
                    pass_fds=[tell, wait],
                    stdin=DEVNULL,
                    stdout=PIPE,
                    stderr=STDOUT,
                )
        except BaseException:  # also when it is cancelled
            os.close(told)
            os.close(gate)
            raise
        finally:
            os.close(tell)
            os.close(wait)
        return cls(folder, process, told, gate)

    async def checked(self, hear: Callable[[Told], None]) -> str:
        """Check the folder's files as they are now; calls `hear` with each answer. Returns pytest's output."""
        with suppress(BrokenPipeError):  # pytest has ended already, and its output says why
            self._gate.write(b"!")
        (said, _), _ = await asyncio.gather(self._process.communicate(), self._listen(hear))
        return said.decode("utf-8", "replace")

    async def end(self) -> None:
        """Kill the run if it still goes on."""
        self._gate.close()
        self._told.close()
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def _listen(self, hear: Callable[[Told], None]) -> None:
        reader = asyncio.StreamReader(limit=MAX_LINE)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), self._told)
        try:
            while line := await reader.readline():
                hear(msgspec.json.decode(line, type=Told))
        finally:
            transport.close()
