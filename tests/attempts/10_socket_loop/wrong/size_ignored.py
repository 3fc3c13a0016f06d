# WRONG_RESULT: recv takes what there is, however little it was asked for.
# Says: whoever asks for 3 bytes
"""An event loop over non-blocking sockets: all tasks side by side, in one thread."""

import heapq
import selectors
import time
from collections import deque
from itertools import count
from selectors import EVENT_READ, EVENT_WRITE


class Loop:
    """Runs tasks. A task yields None to let the others have a turn, or a function that puts it where it waits."""

    def __init__(self):
        self.tasks = set()  # that have not ended
        self.outcomes = {}  # of tasks that have ended: what they returned, and what they raised
        self.ready = deque()
        self.sleepers = []  # a heap of (moment, number, task); the number keeps tasks from being compared
        self.numbers = count()
        self.joiners = {}  # of a task: those that wait for its end
        self.selector = selectors.DefaultSelector()

    def spawn(self, task):
        """Start a task, to go on beside the others."""
        self.tasks.add(task)
        self.ready.append(task)
        return task

    def run_until_complete(self, task):
        """Run a task, and what it spawns. When it is done, close the others, and return what it returned."""
        self.spawn(task)
        try:
            while task not in self.outcomes:
                self._wake()
                if self.ready:
                    self._turn(self.ready.popleft())
        finally:
            for other in self.tasks:
                other.close()
            self.selector.close()
        return self._result(task)

    # --- what tasks wait for ---

    def join(self, task):
        if task not in self.outcomes:
            yield self.joiners.setdefault(task, []).append
        return self._result(task)

    def sleep(self, seconds):
        due_s = time.monotonic() + seconds
        yield lambda task: heapq.heappush(self.sleepers, (due_s, next(self.numbers), task))

    def recv(self, connection, size):
        connection.setblocking(False)
        yield lambda task: self._watch(connection, EVENT_READ, task)
        return connection.recv(65536)

    def send(self, connection, data):
        connection.setblocking(False)
        left = memoryview(data)
        while left:
            yield lambda task: self._watch(connection, EVENT_WRITE, task)
            left = left[connection.send(left) :]

    def accept(self, listener):
        listener.setblocking(False)
        yield lambda task: self._watch(listener, EVENT_READ, task)
        return listener.accept()[0]

    # --- the loop's own ---

    def _turn(self, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            self._end(task, stop.value, None)
        except Exception as error:
            self._end(task, None, error)
        else:
            (wish or self.ready.append)(task)

    def _end(self, task, value, error):
        self.tasks.remove(task)
        self.outcomes[task] = value, error
        self.ready.extend(self.joiners.pop(task, ()))

    def _result(self, task):
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def _watch(self, connection, event, task):
        """One socket may have two tasks, one that reads and one that writes."""
        if connection.fileno() in self.selector.get_map():
            key = self.selector.get_key(connection)
            self.selector.modify(connection, key.events | event, key.data | {event: task})
        else:
            self.selector.register(connection, event, {event: task})

    def _wake(self):
        """Move to the ready ones whoever can go on. If nobody is ready, wait until somebody is."""
        for key, events in self.selector.select(self._timeout_s()):
            self.ready.extend(task for event, task in key.data.items() if event & events)
            left = {event: task for event, task in key.data.items() if not event & events}
            if left:
                self.selector.modify(key.fileobj, sum(left), left)
            else:
                self.selector.unregister(key.fileobj)
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            self.ready.append(heapq.heappop(self.sleepers)[-1])

    def _timeout_s(self):
        """How long to wait for sockets; None: until one is ready."""
        if self.ready:
            return 0
        if self.sleepers:
            return max(0.0, self.sleepers[0][0] - time.monotonic())
        if not self.selector.get_map():
            raise RuntimeError("every task waits for another one")
        return None
