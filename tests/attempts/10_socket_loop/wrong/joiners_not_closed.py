# WRONG_RESULT: at the end a task that waits for another one is not closed.
# Says: who waits for another task
import heapq
import selectors
import time
from collections import deque
from itertools import count
from selectors import EVENT_READ, EVENT_WRITE


class Loop:
    """Runs tasks. A task is a generator: a bare `yield` lets the others have a turn, and whatever may have
    to wait is a method of the loop, called like `data = yield from loop.recv(connection, 4096)`.
    """

    def __init__(self):
        self.outcomes = {}
        self.tasks = set()
        self.ready = deque()
        self.sleepers = []
        self.joiners = {}
        self.numbers = count()

    def spawn(self, task):
        """Start a task, to go on beside the others. Return it, so that somebody can join it."""
        self.tasks.add(task)
        self.ready.append(task)
        return task

    def run_until_complete(self, task):
        """Run a task, and what it spawns. When it is done, close the others, and return what it returned."""
        self.selector = selectors.DefaultSelector()
        self.spawn(task)
        try:
            while task not in self.outcomes:
                self.wake()
                if self.ready:
                    self.turn(self.ready.popleft())
        finally:
            for other in self.ready:
                other.close()
            for _, _, other in self.sleepers:
                other.close()
            for key in self.selector.get_map().values():
                for other in key.data.values():
                    other.close()
            self.ready.clear()
            self.sleepers.clear()
            self.selector.close()
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def wake(self):
        if self.ready:
            timeout = 0
        elif self.sleepers:
            timeout = max(0, self.sleepers[0][0] - time.monotonic())
        else:
            timeout = None
        for key, events in self.selector.select(timeout):
            waiting = key.data
            for event in (EVENT_READ, EVENT_WRITE):
                if events & event and event in waiting:
                    self.ready.append(waiting.pop(event))
            if waiting:
                self.selector.modify(key.fileobj, sum(waiting), waiting)
            else:
                self.selector.unregister(key.fileobj)
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            self.ready.append(heapq.heappop(self.sleepers)[2])

    def turn(self, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            self.end(task, stop.value, None)
        except Exception as error:
            self.end(task, None, error)
        else:
            self.put(task, wish)

    def put(self, task, wish):
        if wish is None:
            self.ready.append(task)
            return
        kind, *what = wish
        if kind == "sleep":
            heapq.heappush(self.sleepers, (what[0], next(self.numbers), task))
        elif kind == "join":
            self.joiners.setdefault(what[0], []).append(task)
        else:
            connection, event = what
            try:
                waiting = self.selector.get_key(connection).data
            except KeyError:
                self.selector.register(connection, event, {event: task})
            else:
                waiting[event] = task
                self.selector.modify(connection, sum(waiting), waiting)

    def end(self, task, value, error):
        self.tasks.discard(task)
        self.outcomes[task] = value, error
        self.ready.extend(self.joiners.pop(task, ()))

    def join(self, task):
        """Wait until a spawned task has ended. Return what it returned, or raise what it raised."""
        if task not in self.outcomes:
            yield "join", task
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def sleep(self, seconds):
        """Wait for so long."""
        yield "sleep", time.monotonic() + seconds

    def recv(self, connection, size):
        """Wait for data. Return at most so many bytes; b"" when the other side has closed."""
        connection.setblocking(False)
        yield "socket", connection, EVENT_READ
        return connection.recv(size)

    def send(self, connection, data):
        """Send all of the data, however long the other side takes to read it."""
        connection.setblocking(False)
        left = memoryview(data)
        while left:
            yield "socket", connection, EVENT_WRITE
            left = left[connection.send(left) :]

    def accept(self, listener):
        """Wait for a client. Return its connection."""
        listener.setblocking(False)
        yield "socket", listener, EVENT_READ
        return listener.accept()[0]
