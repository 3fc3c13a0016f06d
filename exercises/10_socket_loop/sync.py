"""A loop that runs tasks over sockets: each to its end before the next begins."""

import time


class Loop:
    """Runs tasks. A task is a generator: a bare `yield` lets the others have a turn, and whatever may have
    to wait is a method of the loop, called like `data = yield from loop.recv(connection, 4096)`.
    """

    def __init__(self):
        self.outcomes = {}  # of tasks that have ended: what they returned, and what they raised

    def spawn(self, task):
        """Start a task, to go on beside the others. Return it, so that somebody can join it."""
        try:
            self.outcomes[task] = self.run_until_complete(task), None
        except Exception as error:
            self.outcomes[task] = None, error
        return task

    def run_until_complete(self, task):
        """Run a task, and what it spawns. When it is done, close the others, and return what it returned."""
        while True:
            try:
                next(task)
            except StopIteration as stop:
                return stop.value

    def join(self, task):
        """Wait until a spawned task has ended. Return what it returned, or raise what it raised."""
        yield
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def sleep(self, seconds):
        """Wait for so long."""
        yield
        time.sleep(seconds)

    def recv(self, connection, size):
        """Wait for data. Return at most so many bytes; b"" when the other side has closed."""
        yield
        return connection.recv(size)

    def send(self, connection, data):
        """Send all of the data, however long the other side takes to read it."""
        yield
        connection.sendall(data)

    def accept(self, listener):
        """Wait for a client. Return its connection."""
        yield
        return listener.accept()[0]
