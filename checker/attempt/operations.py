"""World callables, on the attempt's side: each call is one real request on a socket of its own.

The same description becomes a blocking function for a `def` and an awaitable one for an `async def`, so the
synchronous stub needs no event loop, and adding `async` is the learner's own move. When the task is cancelled or the
process killed, the connection closes, and the world records a dropped operation.
"""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import inspect
import json
import socket
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from checker.attempt import wire
from checker.attempt.handle import Handle
from checker.attempt.stacks import MAX_NAME, Stacks

MAX_QUESTION_BYTES = 64
MAX_REQUEST_BYTES = 2**16
"""The world buffers no longer line (BUFFER_BYTES of its listeners): it would close the connection."""

_socket = socket.socket  # kept: an attempt that patches `socket` changes nothing here


class Operations:
    """Makes callables from descriptions.

    `port`: the world's, on the loopback address. `descriptors`: of the sockets that came with the descriptions.
    """

    def __init__(self, port: int, stacks: Stacks, descriptors: list[int]) -> None:
        self._descriptors = descriptors
        self._address = ("127.0.0.1", port)
        self._main = threading.get_native_id()
        self._stacks = stacks

    def revive(self, asynchronous: bool, tag: str, body: dict[str, Any]) -> Any:
        """The callable, group of callables, or socket that a description stands for."""
        if tag == "operation":
            return self._operation(body, asynchronous)
        if tag == "service":
            return Handle(**{
                name: self._operation({**operation, "name": name}, asynchronous)
                for name, operation in body["operations"].items()
            })  # fmt: skip
        if tag == "listener":
            return _socket(fileno=self._descriptors[body["number"]])
        raise ValueError(f"the unknown tag {tag!r}")

    def _operation(self, body: dict[str, Any], asynchronous: bool) -> Callable[..., Any]:
        name = body["name"]

        def made(value: Any) -> Any:
            return wire.unpack(value, partial(self.revive, asynchronous))

        def ask(*args: Any, **named: Any) -> Any:
            _by_place(name, named)
            return made(self._ask(self._request(body["id"], args, self._this_thread())))

        def ask_soon(*args: Any, **named: Any) -> Coroutine[Any, Any, Any]:
            _by_place(name, named)
            line = self._stacks.caller_line()
            if body["at_once"]:
                coroutine = self._ask_at_once(body["id"], args, line, made)
            else:
                coroutine = self._ask_and_tidy_up(body, args, line, made)
            coroutine.__qualname__ = name  # type: ignore[attr-defined]  # as "never awaited" warnings print it
            return coroutine

        function = _marked_async(ask_soon) if asynchronous and not body["blocking"] else ask
        function.__name__ = function.__qualname__ = name
        return function

    def _this_thread(self) -> str:
        """The thread's name in the ledger, unique among all processes. "thread MainThread" made the call."""
        number = threading.get_native_id()
        return "thread MainThread" if number == self._main else f"thread {number}"

    def _request(self, key: str, args: tuple[Any, ...], caller: str, line: int | None = None) -> bytes:
        request = {
            "op": key,
            "args": _packed(args),
            "caller": caller,
            "line": line or self._stacks.caller_line(),
        }
        told = json.dumps(request).encode() + b"\n"
        if len(told) > MAX_REQUEST_BYTES:
            most, given = MAX_REQUEST_BYTES // 1024, len(told) // 1024
            raise TypeError(f"an operation was given {given} KiB of data; it takes less than {most} KiB")
        return told

    def _ask(self, request: bytes) -> Any:
        with _socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
            connection.connect(self._address)
            connection.sendall(request)
            with connection.makefile("rb") as replies:
                return _answer(replies.readline())

    async def _ask_at_once(self, key: str, args: tuple[Any, ...], line: int | None, made: Callable[[Any], Any]) -> Any:
        return made(self._ask(self._request(key, args, _this_task(), line)))

    async def _ask_and_tidy_up(
        self, body: dict[str, Any], args: tuple[Any, ...], line: int | None, made: Callable[[Any], Any]
    ) -> Any:
        try:
            return made(await self._ask_async(body["id"], args, line, body["stubborn"]))
        except asyncio.CancelledError:
            if body["cleanup"] is not None:
                await self._ask_async(body["cleanup"], (), line)
            raise

    async def _ask_async(self, key: str, args: tuple[Any, ...], line: int | None, stubborn: bool = False) -> Any:
        request = self._request(key, args, _this_task(), line)
        reader, writer = await asyncio.open_connection(*self._address, limit=wire.MAX_FRAME_BYTES)
        try:
            writer.write(request)
            try:
                return _answer(await reader.readline())
            except asyncio.CancelledError:
                if not stubborn:
                    _hang_up(writer)
                    raise
                return _answer(await reader.readline())
        finally:
            writer.transport.abort()


def _hang_up(writer: asyncio.StreamWriter) -> None:
    """Closing is not enough: a process that was forked meanwhile has a copy of the connection."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def _this_task() -> str:
    task = asyncio.current_task()
    name = task.get_name() if task else ""
    told = wire.text(name, MAX_NAME)
    return f"task {told}" if told == name else f"task {told} {id(task):x}"


def _by_place(name: str, named: dict[str, Any]) -> None:
    """Raises TypeError, in words for the learner, if arguments were given by name: the world knows only their places.

    Python's own words would say how this module calls its function.
    """
    if named:
        raise TypeError(f"{name}() takes its arguments by their places: leave out `{next(iter(named))}=`")


def _packed(args: tuple[Any, ...]) -> wire.Plain:
    """Raises TypeError, in words for the learner, if an argument is not plain data."""
    try:
        return wire.pack(list(args))
    except wire.NotPlain as refusal:
        raise TypeError(f"an operation was given {refusal}") from None


def _answer(line: bytes) -> Any:
    """The answer in a reply, as plain data. Raises the exception that it describes; ConnectionError if it is empty."""
    if not line:
        raise ConnectionError("the other side closed the connection without an answer")
    reply = json.loads(line)
    if "error" in reply:
        kind = getattr(builtins, reply["error"]["type"])
        raise kind(reply["error"]["message"])
    return reply["answer"]


def _marked_async(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make `inspect.iscoroutinefunction` return True for it."""
    if hasattr(inspect, "markcoroutinefunction"):  # from 3.12 on
        marked: Callable[..., Any] = inspect.markcoroutinefunction(function)
        return marked
    return _Asynchronous(function)


class _Asynchronous:
    """For Python 3.11, where `inspect` recognises a coroutine function by its code: this has the code of one.

    Its type, repr and pickle look like those of a plain function.
    """

    __qualname__: str
    """The operation's name."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self._function(*args, **named)

    def __repr__(self) -> str:
        return f"<function {self.__qualname__} at {id(self):#x}>"

    def __reduce__(self) -> str:
        return self.__qualname__

    async def _asynchronous(self) -> None: ...

    __code__, __defaults__, __kwdefaults__ = _asynchronous.__code__, None, None


_Asynchronous.__name__ = "function"


class Heartbeat:
    """Answers the world's pings from a callback of the event loop, which shows that the loop is not blocked.

    It is not a task, so `asyncio.all_tasks()` in the attempt shows only the attempt's own.
    """

    def __init__(self, port: int, key: str) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._connection = _socket(socket.AF_INET, socket.SOCK_STREAM)
        self._connection.connect(("127.0.0.1", port))
        self._connection.sendall(json.dumps({"beat": key}).encode() + b"\n")
        self._connection.setblocking(False)

    def beat(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer from now on, until `stop`."""
        self._loop = loop
        loop.add_reader(self._connection, self._answer)

    def _answer(self) -> None:
        try:
            question = self._connection.recv(MAX_QUESTION_BYTES)
            self._connection.send(question)
        except BlockingIOError:
            return
        except OSError:
            question = b""
        if not question:
            self.stop()

    def stop(self) -> None:
        if self._loop is not None:
            self._loop.remove_reader(self._connection)
            self._loop = None
        self._connection.close()
