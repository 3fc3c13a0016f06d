# CRASHED: a name of a module, without the module.
# Says: `selectors.EVENT_WRITE`
"""A loop that runs tasks over sockets, side by side."""

import heapq
import itertools
import selectors
import time
from collections import deque


class Loop:
    """Runs tasks. A task is a generator: a bare `yield` lets the others have a turn, and whatever may have
    to wait is a method of the loop, called like `data = yield from loop.recv(connection, 4096)`.
    """

    def __init__(self):
        self.outcomes = {}  # of tasks that have ended: what they returned, and what they raised
        self.ready = deque()
        self.sleepers = []
        self.joiners = {}
        self.numbers = itertools.count()
        self.selector = None

    def spawn(self, task):
        """Start a task, to go on beside the others. Return it, so that somebody can join it."""
        self.ready.append(task)
        return task

    def run_until_complete(self, task):
        """Run a task, and what it spawns. When it is done, close the others, and return what it returned."""
        self.selector = selectors.DefaultSelector()
        self.ready.append(task)
        try:
            while task not in self.outcomes:
                self._round()
        finally:
            self._close_all()
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def _round(self):
        if self.ready:
            timeout = 0
        elif self.sleepers:
            timeout = max(0, self.sleepers[0][0] - time.monotonic())
        else:
            timeout = None
        for key, events in self.selector.select(timeout):
            for event in (selectors.EVENT_READ, selectors.EVENT_WRITE):
                if events & event:
                    self._wake(key.fileobj, event)
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            self.ready.append(heapq.heappop(self.sleepers)[2])
        if self.ready:
            self._turn(self.ready.popleft())

    def _turn(self, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            self._end(task, stop.value, None)
        except Exception as error:
            self._end(task, None, error)
        else:
            if wish is None:
                self.ready.append(task)
            elif wish[0] == "moment":
                heapq.heappush(self.sleepers, (wish[1], next(self.numbers), task))
            elif wish[0] == "end":
                self.joiners.setdefault(wish[1], []).append(task)
            else:
                self._watch(wish[1], wish[2], task)

    def _end(self, task, value, error):
        self.outcomes[task] = value, error
        self.ready.extend(self.joiners.pop(task, []))

    def _watch(self, connection, event, task):
        try:
            waiting = self.selector.get_key(connection).data
        except KeyError:
            self.selector.register(connection, event, {event: task})
        else:
            waiting = {**waiting, event: task}
            self.selector.modify(connection, sum(waiting), waiting)

    def _wake(self, connection, event):
        waiting = dict(self.selector.get_key(connection).data)
        self.ready.append(waiting.pop(event))
        if waiting:
            self.selector.modify(connection, sum(waiting), waiting)
        else:
            self.selector.unregister(connection)

    def _close_all(self):
        others = list(self.ready)
        others += [task for _, _, task in self.sleepers]
        for tasks in self.joiners.values():
            others += tasks
        for key in list(self.selector.get_map().values()):
            others += key.data.values()
        self.ready.clear()
        self.sleepers.clear()
        self.joiners.clear()
        self.selector.close()
        for task in others:
            task.close()

    def join(self, task):
        """Wait until a spawned task has ended. Return what it returned, or raise what it raised."""
        if task not in self.outcomes:
            yield "end", task
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def sleep(self, seconds):
        """Wait for so long."""
        yield "moment", time.monotonic() + seconds

    def recv(self, connection, size):
        """Wait for data. Return at most so many bytes; b"" when the other side has closed."""
        connection.setblocking(False)
        yield "socket", connection, selectors.EVENT_READ
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
        yield "socket", listener, selectors.EVENT_READ
        return listener.accept()[0]
