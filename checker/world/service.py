"""The server behind world callables, and the listener for the heartbeat of the attempt's event loop.

One JSON line in, one JSON line out, one connection per operation: so that hanging up in the middle, as a
cancelled task does, is visible.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec

from checker.attempt import wire
from checker.world.activity import TooEarly
from checker.world.heart import Heart
from checker.world.ledger import OpenSpan
from checker.world.loop import NOTICED, come_round
from checker.world.operations import Operation, describe

MAX_REQUEST_BYTES = 2**16
"""Twice that is kept of each connection: with MAX_CONNECTIONS, 64 MiB."""
MAX_CONNECTIONS = 512
"""An attempt that opens more at once is cut off; the grader must stay responsive."""
MAX_COMPLAINT = 500
MAX_KEY = 200
"""Characters."""
MAX_LINE = 10_000_000


class Request(msgspec.Struct, forbid_unknown_fields=True):
    """One line from an attempt: an operation with its arguments, or the beginning of a heartbeat."""

    op: Annotated[str, msgspec.Meta(max_length=64)] = ""
    beat: Annotated[str, msgspec.Meta(max_length=64)] = ""
    args: list[Any] = []
    caller: Annotated[str, msgspec.Meta(max_length=200)] = ""
    line: Annotated[int, msgspec.Meta(ge=0, le=MAX_LINE)] | None = None


class Service:
    """Listens on a loopback port and serves the operations registered with it."""

    def __init__(self) -> None:
        self.port = 0
        self._operations: dict[str, Operation] = {}
        self._hearts: dict[str, Heart] = {}
        self._connections = 0
        self._decoder = msgspec.json.Decoder(Request)
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        # Without so long a queue, the kernel lets the last of many callers at once wait for a second.
        self._server = await asyncio.start_server(
            self._connected, "127.0.0.1", 0, limit=MAX_REQUEST_BYTES, backlog=MAX_CONNECTIONS
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def serve(self, listener: socket.socket) -> asyncio.Server:
        """Also on this socket, until what is returned is closed."""
        return await asyncio.start_server(self._connected, sock=listener, limit=MAX_REQUEST_BYTES)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    def add(self, operation: Operation) -> None:
        self._operations[operation.id] = operation

    def remove(self, operation: Operation) -> None:
        self._operations.pop(operation.id, None)

    def listen(self, key: str, heart: Heart) -> None:
        self._hearts[key] = heart

    def forget(self, key: str) -> None:
        self._hearts.pop(key, None)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        try:
            if self._connections <= MAX_CONNECTIONS:
                await self._serve(reader, writer)
        except (ConnectionError, ValueError, RecursionError, msgspec.MsgspecError):
            pass  # what an attempt sends may be anything; hanging up is the answer
        finally:
            self._connections -= 1
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        request = self._decoder.decode(line)
        if request.beat in self._hearts:
            await self._hearts[request.beat].listen(reader, writer)
        elif request.op in self._operations:
            self._operations[request.op].ledger.admit(len(line))
            reply = await _perform(self._operations[request.op], request, reader)
            if reply is not None:
                writer.write(msgspec.json.encode(reply) + b"\n")
                await writer.drain()


async def _perform(operation: Operation, request: Request, reader: asyncio.StreamReader) -> dict[str, Any] | None:
    """Let the latency pass, then answer; None when the caller hung up before."""
    args = tuple(wire.unpack(request.args))
    try:
        error = operation.error(args)
        entry = operation.ledger.open(
            operation.name, operation.latency_s(args), operation.key(args)[:MAX_KEY], request.caller, request.line,
            connection=operation.connection,
        )  # fmt: skip
        early = operation.reply(request.caller, args) if operation.at_start and error is None else None
        if await _hung_up(reader, entry, operation.work):
            entry.close("dropped")
            return None
        if error is not None:
            entry.close("failed")
            return _refusal(error)
        answer = early if operation.at_start else operation.reply(request.caller, args)
        entry.close("answered")
        return {"answer": wire.pack(answer, describe)}
    except TooEarly as early:
        return _refusal(RuntimeError(str(early)))
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as mistake:
        return _refusal(TypeError(f"{operation.name}() cannot be called with {args}: {mistake}"[:MAX_COMPLAINT]))


def _refusal(error: Exception) -> dict[str, Any]:
    return {"error": {"type": type(error).__name__, "message": str(error)}}


async def _hung_up(reader: asyncio.StreamReader, entry: OpenSpan, work: Callable[[], Awaitable[None]] | None) -> bool:
    """Wait for the operation's latency to pass, or for its work; True at once when the caller closes its connection."""
    goodbye = asyncio.ensure_future(reader.read(1))
    tasks: set[asyncio.Future[Any]] = {goodbye} if work is None else {goodbye, asyncio.ensure_future(work())}
    timeout_s = max(0.0, entry.due_s - time.perf_counter()) if work is None else None
    try:
        await asyncio.wait(tasks, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        if not goodbye.done():
            await come_round(NOTICED)  # it may have come before this thread had a core again
        return goodbye.done()
    finally:
        for task in tasks:
            task.cancel()
