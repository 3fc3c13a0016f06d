# HANG: two tasks join a third one, and only one of them is told that it has ended.
# Says: there may be several
import heapq
import itertools
import selectors
import socket
import time
from collections import defaultdict, deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

Task = Generator[Any, None, Any]


@dataclass(frozen=True)
class Outcome:
    value: Any = None
    error: Exception | None = None

    def unwrap(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


@dataclass(frozen=True)
class Io:
    sock: socket.socket
    event: int


@dataclass(frozen=True)
class Until:
    moment_s: float


@dataclass(frozen=True)
class End:
    task: Task


class Loop:
    def __init__(self) -> None:
        self._ready: deque[Task] = deque()
        self._timers: list[tuple[float, int, Task]] = []
        self._ticket = itertools.count()
        self._selector = selectors.DefaultSelector()
        self._outcomes: dict[Task, Outcome] = {}
        self._joiners: defaultdict[Task, list[Task]] = defaultdict(list)
        self._alive: dict[Task, None] = {}

    def spawn(self, task: Task) -> Task:
        self._alive[task] = None
        self._ready.append(task)
        return task

    def run_until_complete(self, task: Task) -> Any:
        self.spawn(task)
        try:
            while task not in self._outcomes:
                self._poll()
                if self._ready:
                    self._step(self._ready.popleft())
        finally:
            for other in [*self._alive]:
                other.close()
            self._selector.close()
        return self._outcomes[task].unwrap()

    def _timeout_s(self) -> float | None:
        if self._ready:
            return 0
        if self._timers:
            return max(0.0, self._timers[0][0] - time.monotonic())
        return None

    def _poll(self) -> None:
        for key, mask in self._selector.select(self._timeout_s()):
            waiting = dict(key.data)
            for event in [event for event in waiting if event & mask]:
                self._ready.append(waiting.pop(event))
            self._watch(key.fileobj, waiting)
        while self._timers and self._timers[0][0] <= time.monotonic():
            self._ready.append(heapq.heappop(self._timers)[2])

    def _watch(self, sock: Any, waiting: dict[int, Task]) -> None:
        events = sum(waiting)
        known = sock in self._selector.get_map()
        if not events:
            self._selector.unregister(sock)
        elif known:
            self._selector.modify(sock, events, waiting)
        else:
            self._selector.register(sock, events, waiting)

    def _step(self, task: Task) -> None:
        try:
            wish = next(task)
        except StopIteration as stop:
            self._end(task, Outcome(stop.value))
        except Exception as error:
            self._end(task, Outcome(error=error))
        else:
            match wish:
                case None:
                    self._ready.append(task)
                case Io(sock, event):
                    known = self._selector.get_map().get(sock)
                    self._watch(sock, {**(known.data if known else {}), event: task})
                case Until(moment_s):
                    heapq.heappush(self._timers, (moment_s, next(self._ticket), task))
                case End(other):
                    self._joiners[other].append(task)

    def _end(self, task: Task, outcome: Outcome) -> None:
        self._outcomes[task] = outcome
        del self._alive[task]
        self._ready.extend(self._joiners.pop(task, ())[:1])

    def join(self, task: Task) -> Task:
        if task not in self._outcomes:
            yield End(task)
        return self._outcomes[task].unwrap()

    def sleep(self, seconds: float) -> Task:
        yield Until(time.monotonic() + seconds)

    def recv(self, connection: socket.socket, size: int) -> Task:
        yield Io(connection, selectors.EVENT_READ)
        return connection.recv(size)

    def send(self, connection: socket.socket, data: bytes) -> Task:
        connection.setblocking(False)
        left = memoryview(data)
        while left:
            yield Io(connection, selectors.EVENT_WRITE)
            left = left[connection.send(left) :]

    def accept(self, listener: socket.socket) -> Task:
        yield Io(listener, selectors.EVENT_READ)
        return listener.accept()[0]
