"""The server behind world callables, and the listener for the heartbeat of the attempt's event loop.

One JSON line in, one JSON line out, one connection per operation: so that hanging up in the middle, as a
cancelled task does, is visible.
"""

from __future__ import annotations

import asyncio
import resource
import time
from typing import Annotated, Any

import msgspec

from checker.attempt import stacks, wire
from checker.world.activity import TooEarly
from checker.world.heart import Heart
from checker.world.listening import MAX_CONNECTIONS, StreamServer, ended
from checker.world.operations import Operation, describe

MAX_COMPLAINT = 500


class Request(msgspec.Struct, forbid_unknown_fields=True):
    """One line from an attempt: an operation with its arguments, or the beginning of a heartbeat."""

    op: Annotated[str, msgspec.Meta(max_length=64)] = ""
    beat: Annotated[str, msgspec.Meta(max_length=64)] = ""
    args: list[Any] = []
    caller: Annotated[str, msgspec.Meta(max_length=200)] = ""
    line: Annotated[int, msgspec.Meta(ge=0, le=stacks.MAX_LINE)] | None = None


class Service(StreamServer):
    """Serves the operations registered with it."""

    def __init__(self) -> None:
        super().__init__()
        self._operations: dict[str, Operation] = {}
        self._hearts: dict[str, Heart] = {}
        self._calls: set[str] = set()
        """The keys of those that go on."""
        self._decoder = msgspec.json.Decoder(Request)

    def add(self, operation: Operation) -> None:
        self._operations[operation.id] = operation

    def remove(self, operation: Operation) -> None:
        self._operations.pop(operation.id, None)

    @property
    def most_connections(self) -> int:
        """All calls of a grader share this server. With many cores hundreds go on at once, each with connections.

        Half of the grader's descriptors are for other things.
        """
        half = resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2
        return max(MAX_CONNECTIONS, min(MAX_CONNECTIONS * len(self._calls), half))

    def listen(self, key: str, heart: Heart) -> None:
        """A call begins, whose event loop, if it has one, shows itself by this key."""
        self._hearts[key] = heart
        self._calls.add(key)

    def forget(self, key: str) -> None:
        """The call is over."""
        self._hearts.pop(key, None)
        self._calls.discard(key)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        request = self._decoder.decode(line)
        heart = self._hearts.pop(request.beat, None)  # popped: an attempt knows its key, but has only one loop
        if heart is not None:
            await heart.listen(reader, writer)
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
        error, takes_s, key = operation.error(args), operation.latency_s(args), operation.key(args)
        answer = operation.reply(request.caller, args) if operation.at_start and error is None else None
        # All that may refuse the arguments came before: what does not take place has no end in the ledger, either.
        entry = operation.ledger.open(
            operation.name, takes_s, key, request.caller, request.line, connection=operation.connection
        )
        latency_s = max(0.0, entry.due_s - time.perf_counter())
        end = await ended(reader, asyncio.sleep(latency_s) if operation.work is None else operation.work())
        if end.hung_up:
            entry.close("dropped", end.at_s)
            return None
        entry.close("failed", end.at_s)  # until there is an answer
        if error is not None:
            return _refusal(error)
        if not operation.at_start:
            answer = operation.reply(request.caller, args)
        entry.close("answered", end.at_s)
        return {"answer": wire.pack(answer, describe)}
    except TooEarly as refused:
        return _refusal(RuntimeError(str(refused)))
    except StopIteration:  # of an iterator of the check's: it would end this coroutine, and nobody would be answered
        return _refusal(TypeError(f"{operation.name}() was called more often than there are answers"))
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as mistake:
        complaint = operation.miscounted(args) or f"{operation.name}() cannot be called with {args}: {mistake}"
        return _refusal(TypeError(complaint[:MAX_COMPLAINT]))


def _refusal(error: Exception) -> dict[str, Any]:
    key_error = isinstance(error, KeyError) and len(error.args) == 1  # str() of one is the repr of its argument
    return {"error": {"type": type(error).__name__, "message": str(error.args[0] if key_error else error)}}
