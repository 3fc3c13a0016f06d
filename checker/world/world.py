"""The world of one check: makes what the attempt may call or fetch, and keeps the ledger of it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from checker.model.evidence import CLEANUP, Reply
from checker.world.accounts import Accounts
from checker.world.activity import Activity
from checker.world.connections import Connections
from checker.world.files import File, Folder
from checker.world.ledger import Ledger
from checker.world.loop import LoopThread
from checker.world.operations import Bundle, Latency, Operation, Refusal
from checker.world.peer import Manner, Peer
from checker.world.pools import Bug, Pools
from checker.world.service import Service
from checker.world.visitors import Caller, Listener, Visitors, in_time

if TYPE_CHECKING:
    from checker.world.api import Api
    from checker.world.script import Script, Stall, Turn
    from checker.world.site import Page, Site


T = TypeVar("T", bound=Bundle)


class World:
    """Fresh for each check. Everything made here lives until `close`."""

    def __init__(self, thread: LoopThread, service: Service) -> None:
        self.ledger = Ledger()
        self._thread = thread
        self._service = service
        self._operations: list[Operation] = []
        self._sites: dict[bool, Site] = {}
        self._folder: Folder | None = None
        self._listeners: list[Listener] = []
        self._visitors: list[Visitors] = []
        self._peers: list[Peer] = []

    def operation(
        self,
        name: str,
        latency_s: Latency,
        error: Refusal = None,
        *,
        answer: Callable[..., Any] | None = None,
        blocking: bool = False,
        cleanup_s: Latency | None = None,
        stubborn: bool = False,
    ) -> Operation:
        """Something to call: blocking in a `def`, awaitable in an `async def`.

        latency_s: seconds until the answer, or a function of the call's arguments. error: raised instead of an answer.
        answer: a function of the caller and the arguments; a fresh random text without it. blocking: always blocking.
        cleanup_s: if its task is cancelled, it takes so long to tidy up. stubborn: it ignores its first cancellation.
        """
        cleanup = Operation(self.ledger, f"{name}{CLEANUP}", cleanup_s) if cleanup_s is not None else None
        if cleanup is not None:
            self._register(cleanup)
        operation = Operation(
            self.ledger, name, latency_s, answer, error, blocking=blocking, cleanup=cleanup, stubborn=stubborn
        )
        return self._register(operation)

    def activity(self, name: str, timed: bool = False) -> Activity:
        """Something that the attempt does by itself; its scenario says when it begins and ends.

        timed: an end before its seconds are over is refused, with a RuntimeError.
        """
        return self._register_all(Activity(self.ledger, name, timed))

    def accounts(self, balances: Mapping[str, int], read_s: float = 0.0) -> Accounts:
        """Bank accounts, whose reads are operations of this many seconds, and writes of none."""
        return self._register_all(Accounts(self.ledger, balances, read_s))

    def connections(
        self,
        use: str,
        open_s: Latency,
        use_s: Latency,
        error: Refusal = None,
        answer: Callable[..., Any] | None = None,
    ) -> Connections:
        """Connections to a server, which know who opened and used them: pass on its `connect`. See Connections."""
        connections = Connections(self.ledger, self._register, use, open_s, use_s, error, answer)
        self._register(connections.connect)
        return connections

    def peer(self, name: str, manner: Manner) -> Peer:
        """A server of plain TCP that behaves like this."""
        peer = Peer(self.ledger, name, manner)
        self._thread.run(peer.start())
        self._peers.append(peer)
        return peer

    def script(self, name: str, turn: Callable[[int], Turn], stall: Stall | None = None) -> Script:
        """A page whose n-th request is answered as `turn(n)` says, on a server that may stand still for a while."""
        from checker.world.script import Script

        return Script(self._site(False), name, turn, stall)

    def api(self) -> Api:
        """A web service that answers in JSON; give it endpoints."""
        from checker.world.api import Api

        return Api(self._site(False))

    def listener(self) -> Listener:
        """A listening socket, for a server that the attempt runs."""
        self._listeners.append(Listener())
        return self._listeners[-1]

    def visitors(self, listener: Listener, callers: Sequence[Caller], in_a_row: bool = False) -> Visitors:
        """Clients of the server that listens there; they come when the scenario asks them to."""
        self._visitors.append(self._register_all(Visitors(listener, callers, in_a_row)))
        return self._visitors[-1]

    def replies(self, visitors: Visitors) -> list[Reply]:
        """What they got, in their order, once the run is over."""
        self._thread.run(visitors.finish())
        return [visit.reply() for visit in visitors.visits]

    def moment(self, *names: str) -> Operation:
        """An operation that is answered as soon as operations of all these names are in flight, or after a while."""
        condition = self.in_flight(*names)

        async def come() -> None:
            await in_time(condition)

        return self._register(Operation(Ledger(), "moment", 0.0, lambda *_: None, work=come))

    def in_flight(self, *names: str) -> Callable[[], bool]:
        """Asks whether operations of all these names are in flight."""
        return lambda: all(self.ledger.in_flight(name) for name in names)

    def at_rest(self) -> bool:
        """Whether no operation is in flight."""
        return self.ledger.in_flight() == 0

    def pools(self, bug: Bug | None = None, subtle: bool = False, pace_s: float = 0.0) -> Pools:
        """Worker pools to be tested: right ones, or ones with this bug, in its plain or its subtle form.

        pace_s: how long a pool takes for each step.
        """
        pools = Pools(bug, subtle, pace_s)
        self._register(pools.operation)
        return pools

    def file(self, size: int, name: str = "file") -> File:
        """A file of so many random bytes, in the system's cache."""
        return self.folder.add(name, size)

    @property
    def folder(self) -> Folder:
        """Where this world's files are."""
        self._folder = self._folder or Folder()
        return self._folder

    def pages(self, *latencies_s: float) -> list[Page]:
        """Pages of this world's web site, one for each latency."""
        return [self.page(latency_s, name=f"page-{number}") for number, latency_s in enumerate(latencies_s, 1)]

    def page(
        self,
        latency_s: float,
        name: str = "page",
        status: int = 200,
        drop: bool = False,
        location: Page | None = None,
        foreign: bool = False,
        headers_first: bool = False,
        torn: bool = False,
    ) -> Page:
        """One page. status: the HTTP status of the answer; drop: hang up instead of answering.

        location: where it redirects to, with a status of 3xx; foreign: on another host than the other pages;
        headers_first: only its body takes so long; torn: the connection ends in the middle of the body.
        """
        from checker.world.site import Page  # aiohttp takes 200 ms to import: only where it is used

        return self._site(foreign).add(Page(name, latency_s, status, drop, location, headers_first, torn))

    @property
    def folders(self) -> list[str]:
        """What the attempt may read."""
        return [str(self._folder.path)] if self._folder is not None else []

    @property
    def ports(self) -> list[int]:
        """Where the attempt may connect to, on the loopback address."""
        return [self._service.port, *(server.port for server in self._servers)]

    @contextmanager
    def also_on(self, listeners: Sequence[socket.socket]) -> Iterator[None]:
        """Serve in an attempt's own network, too. Each listener has the same port as the server that it stands for."""
        servers: dict[int, Service | Site | Peer] = {server.port: server for server in self._servers}
        servers[self._service.port] = self._service
        opened = [self._thread.run(servers[each.getsockname()[1]].serve(each)) for each in listeners]
        try:
            yield
        finally:
            for server in opened:
                self._thread.loop.call_soon_threadsafe(server.close)

    def close(self) -> None:
        for operation in self._operations:
            self._service.remove(operation)
        if self._folder is not None:
            self._folder.close()
        for visitors in self._visitors:
            self._thread.run(visitors.finish())
        for listener in self._listeners:
            listener.close()
        for server in self._servers:
            self._thread.run(server.stop())

    @property
    def _servers(self) -> list[Site | Peer]:
        return [*self._sites.values(), *self._peers]

    def _site(self, foreign: bool) -> Site:
        from checker.world.site import Site

        if foreign not in self._sites:
            self._sites[foreign] = Site(self.ledger)
            self._thread.run(self._sites[foreign].start())
        return self._sites[foreign]

    def _register_all(self, bundle: T) -> T:
        for operation in bundle.operations.values():
            self._register(operation)
        return bundle

    def _register(self, operation: Operation) -> Operation:
        self._operations.append(operation)
        self._service.add(operation)
        return operation
