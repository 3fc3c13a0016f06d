# select.select with two dictionaries: who reads, who writes. Wishes are tuples.
import select
import time
from collections import deque


class Loop:
    def __init__(self):
        self.ready = deque()
        self.readers, self.writers = {}, {}
        self.sleepers = []
        self.outcomes = {}
        self.alive = []

    def spawn(self, task):
        self.alive.append(task)
        self.ready.append(task)
        return task

    def run_until_complete(self, task):
        self.spawn(task)
        try:
            while task not in self.outcomes:
                for _ in range(len(self.ready)):
                    self.turn(self.ready.popleft())
                    if task in self.outcomes:
                        break
                else:
                    self.wait()
        finally:
            for other in self.alive:
                other.close()
        return self.outcome(task)

    def outcome(self, task):
        value, error = self.outcomes[task]
        if error:
            raise error
        return value

    def turn(self, task):
        try:
            kind, what = next(task) or ("turn", None)
        except StopIteration as stop:
            self.outcomes[task] = stop.value, None
            self.alive.remove(task)
        except Exception as error:
            self.outcomes[task] = None, error
            self.alive.remove(task)
        else:
            if kind == "turn":
                self.ready.append(task)
            elif kind == "sleep":
                self.sleepers.append((what, task))
                self.sleepers.sort(key=lambda sleeper: sleeper[0])
            elif kind == "read":
                self.readers[what] = task
            else:
                self.writers[what] = task

    def wait(self):
        timeout = None
        if self.ready:
            timeout = 0
        elif self.sleepers:
            timeout = max(0, self.sleepers[0][0] - time.monotonic())
        readable, writable, _ = select.select([*self.readers], [*self.writers], [], timeout)
        self.ready.extend(self.readers.pop(connection) for connection in readable)
        self.ready.extend(self.writers.pop(connection) for connection in writable)
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            self.ready.append(self.sleepers.pop(0)[1])

    def join(self, task):
        while task not in self.outcomes:
            yield "sleep", time.monotonic() + 0.01
        return self.outcome(task)

    def sleep(self, seconds):
        yield "sleep", time.monotonic() + seconds

    def recv(self, connection, size):
        connection.setblocking(False)
        yield "read", connection
        return connection.recv(size)

    def send(self, connection, data):
        connection.setblocking(False)
        while data:
            yield "write", connection
            data = data[connection.send(data[:65536]) :]

    def accept(self, listener):
        yield "read", listener
        return listener.accept()[0]
