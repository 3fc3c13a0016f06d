"""Clients of a server that the attempt runs. They are the grader's, so what they got, and when, cannot be made up.

The attempt is handed a listening socket of the grader's network (`Listener`), as service managers do it. So no attempt,
however it is isolated, decides where the grader connects to. When its server is ready, the scenario asks the visitors
to come. What happens to each of them is recorded.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from checker.model.evidence import Reply
from checker.world.ledger import Ledger
from checker.world.listening import on_loopback
from checker.world.operations import Bundle, Operation

Condition = Callable[[], bool]

PATIENCE_S = 10.0
"""After this, a visitor gives up: longer than any server of an exercise may take."""
POLL_S = 0.002
MAX_ANSWER_BYTES = 2**16
MAX_ANSWER_DEPTH = 8
CONDITION_S = 1.0
"""How long a visitor waits for a condition."""


class Listener:
    """A socket on the loopback address that listens for the attempt."""

    def __init__(self) -> None:
        self.socket = on_loopback()
        self.address: tuple[str, int] = self.socket.getsockname()

    def close(self) -> None:
        """On the grader's side. Clients not yet accepted are turned away when the attempt's side is closed, too."""
        self.socket.close()


@dataclass(eq=False)
class Visit:
    """What happened to one visitor so far, on the grader's clock; the fields are those of a Reply."""

    what: str
    status: int | None = None
    answer: object = None
    began_s: float = 0.0
    ended_s: float = 0.0
    trouble: str = "the server was never ready"

    def reply(self) -> Reply:
        """The same as evidence."""
        return Reply(**vars(self))


@dataclass(frozen=True)
class Caller:
    """A client: `call` connects to the address and fills in the visit. Raises OSError, or another network error."""

    what: str
    call: Callable[[tuple[str, int], Visit], Awaitable[None]]


class Visitors(Bundle):
    """A service with two operations: `come` is answered at once, `visit` when all of them have gone."""

    def __init__(self, listener: Listener, callers: Sequence[Caller], in_a_row: bool = False) -> None:
        """`in_a_row`: one after the other, instead of all at once."""
        self.visits = [Visit(caller.what) for caller in callers]
        self._listener = listener
        self._coming = list(zip(callers, self.visits, strict=True))
        self._in_a_row = in_a_row
        self._tasks: list[asyncio.Task[None]] = []
        aside = Ledger()  # the asking itself is no work of the attempt
        super().__init__(
            come=Operation(aside, "come", 0.0, lambda *_: None, work=self._begin),
            visit=Operation(aside, "visit", 0.0, lambda *_: None, work=self._all),
        )

    def heard(self, number: int) -> bool:
        """Whether the visitor of this number (from 0) has heard something."""
        return bool(self.visits[number].answer)

    def gone(self, number: int) -> bool:
        """Whether the visitor of this number (from 0) has come and gone."""
        return self.visits[number].ended_s > 0

    async def finish(self) -> None:
        """The run is over: nobody is let in any more, and visitors that still wait are cancelled."""
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _begin(self) -> None:
        if self._tasks:
            return  # they come once
        if self._in_a_row:
            self._tasks = [asyncio.ensure_future(self._one_by_one())]
        else:
            self._tasks = [asyncio.ensure_future(self._one(caller, visit)) for caller, visit in self._coming]

    async def _all(self) -> None:
        await self._begin()
        await asyncio.wait(self._tasks)

    async def _one_by_one(self) -> None:
        for caller, visit in self._coming:
            await self._one(caller, visit)

    async def _one(self, caller: Caller, visit: Visit) -> None:
        visit.began_s, visit.trouble = time.perf_counter(), ""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await caller.call(self._listener.address, visit)
        except TimeoutError:
            visit.trouble = f"nothing came for {PATIENCE_S:g} s"
        except asyncio.CancelledError:
            visit.trouble = "it was still waiting when the server had ended"
            raise
        except Exception as error:  # the attempt's server may send anything
            visit.trouble = f"{type(error).__name__}: {error}"
        finally:
            visit.ended_s = time.perf_counter()


def get(path: str, hang_up: Condition | None = None, stay: Condition | None = None, pause_s: float = 0.0) -> Caller:
    """A client that asks for a path by HTTP.

    hang_up: it does not wait for the answer, but hangs up `pause_s` after this has become true. stay: its visit then
    lasts until this is true, so that the attempt's server goes on meanwhile.
    """

    async def call(address: tuple[str, int], visit: Visit) -> None:
        url = f"http://{address[0]}:{address[1]}{path}"
        if hang_up is None:
            await _ask(url, visit)
            return
        asking = asyncio.ensure_future(_ask(url, visit))
        await until(lambda: asking.done() or hang_up(), pause_s)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        if stay is not None:
            await until(stay)

    return Caller(f"GET {path}", call)


def talk(
    lines: Sequence[str], comes_when: Condition | None = None, falls_silent_until: Condition | None = None
) -> Caller:
    """A client that connects, says one line after the other, and reads one line back for each.

    comes_when: it connects when this is true. falls_silent_until: it says the last line only when this is true. It
    waits at most CONDITION_S for each.
    """

    async def call(address: tuple[str, int], visit: Visit) -> None:
        if comes_when is not None and not await in_time(comes_when):
            visit.trouble = "was not answered before another one came"
        reader, writer = await asyncio.open_connection(*address)
        visit.answer = heard = []
        try:
            for number, line in enumerate(lines, start=1):
                if number == len(lines) and falls_silent_until is not None:
                    await in_time(falls_silent_until)
                writer.write(line.encode() + b"\n")
                heard.append((await reader.readuntil(b"\n")).decode().removesuffix("\n"))
        finally:
            writer.close()

    return Caller(f"a client who said {lines[0]!r}", call)


async def in_time(condition: Condition) -> bool:
    """Wait for something to become true, but not longer than CONDITION_S; whether it did."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CONDITION_S):
            await until(condition)
    return condition()


async def _ask(url: str, visit: Visit) -> None:
    """One GET. The server is the attempt's: it may send anything, for ever, or send the client anywhere else."""
    import aiohttp  # takes 200 ms to import: only where it is used

    async with (
        aiohttp.ClientSession(auto_decompress=False, headers={"Accept-Encoding": "identity"}) as session,
        session.get(url, allow_redirects=False) as response,
    ):
        body = bytearray()
        async for piece in response.content.iter_any():
            body += piece
            if len(body) > MAX_ANSWER_BYTES:
                raise ValueError(f"an answer of more than {MAX_ANSWER_BYTES} bytes")
        visit.status = response.status
        is_json = response.content_type == "application/json"
        visit.answer = _flat(json.loads(body)) if is_json else body.decode("utf-8", "replace")


def _flat(answer: object, depth: int = 0) -> object:
    """The answer itself. Raises ValueError where it is nested deeper than any answer of an exercise."""
    if depth > MAX_ANSWER_DEPTH:
        raise ValueError("an answer that is nested too deep")
    for inner in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        _flat(inner, depth + 1)
    return answer


async def until(condition: Condition, pause_s: float = 0.0) -> None:
    """Wait for something to become true, and `pause_s` more."""
    while not condition():
        await asyncio.sleep(POLL_S)
    await asyncio.sleep(pause_s)
