"""How the servers of a world listen, and hang up: an attempt may send anything, on any number of connections."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable
from typing import NamedTuple

import msgspec

from checker.world.loop import NOTICED, come_round

LOOPBACK = "127.0.0.1"
MAX_CONNECTIONS = 512
"""Of one call, at one server, at once. An attempt that opens more is cut off: the grader must stay responsive, and has
use for its descriptors."""
BACKLOG = MAX_CONNECTIONS
"""With a shorter queue, the kernel makes the last of many callers at once wait for a second, which no account shows."""
BUFFER_BYTES = 2**16
"""Each connection may buffer twice as much, and what comes at once (asyncio reads up to 256 KiB): with MAX_CONNECTIONS,
192 MiB at most, for each call."""
HUNG_UP_ON = (OSError, EOFError, ValueError, RecursionError, msgspec.MsgspecError)
"""What serving may raise when a client breaks the protocol, sends too much, or has gone (ENOTCONN is no
ConnectionError): it is hung up on, without an answer."""


class StreamServer(ABC):
    """Listens on loopback until `stop`. A subclass's `_serve` handles each connection."""

    def __init__(self) -> None:
        self.port = 0
        self._connections = 0
        self._server: asyncio.Server | None = None

    @property
    def most_connections(self) -> int:
        """Of this server at once: any further one is hung up on."""
        return MAX_CONNECTIONS

    async def start(self) -> None:
        listener = on_loopback()
        self.port = listener.getsockname()[1]
        self._server = await self.serve(listener)

    async def serve(self, listener: socket.socket) -> asyncio.Server:
        """Serve on this socket, too, until the returned server is closed."""
        return await asyncio.start_server(self._connected, sock=listener, limit=BUFFER_BYTES, backlog=BACKLOG)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        try:
            if self._connections <= self.most_connections:
                await self._serve(reader, writer)
        except HUNG_UP_ON:
            pass
        finally:
            self._connections -= 1
            writer.close()

    @abstractmethod
    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, which is closed afterwards. Raises HUNG_UP_ON."""


def on_loopback() -> socket.socket:
    """A listening socket, at a port that the system chooses. Whoever serves there sets the length of its queue."""
    return socket.create_server((LOOPBACK, 0))


class Ended(NamedTuple):
    """When an operation ended, on the grader's clock, and whether it ended because its caller hung up."""

    at_s: float
    hung_up: bool


async def ended(reader: asyncio.StreamReader, work: Awaitable[object]) -> Ended:
    """Wait until the work is done, or until the caller closes its connection.

    The moment of the end is taken as early as possible. A caller may hang up and then ask for something else, and this
    thread may come to both in the same turn of its loop: they must be recorded in that order. And a caller that hangs
    up after the work was done must not be recorded as having waited for longer, however late this thread goes on.
    """
    goodbye, done = asyncio.ensure_future(_end_of(reader)), asyncio.ensure_future(work)
    try:
        await asyncio.wait({goodbye, done}, return_when=asyncio.FIRST_COMPLETED)
        if not goodbye.done():
            done_s = await come_round(NOTICED)  # the caller may have hung up before this thread had a core again
        return Ended(goodbye.result(), hung_up=True) if goodbye.done() else Ended(done_s, hung_up=False)
    finally:
        goodbye.cancel()
        done.cancel()
        await asyncio.gather(goodbye, return_exceptions=True)  # nobody else can read while it does


async def _end_of(reader: asyncio.StreamReader) -> float:
    """The moment when the other side closed its connection, or the connection was reset."""
    with contextlib.suppress(OSError):
        await reader.read(1)
    return time.perf_counter()
