# CRASHED: the others are closed, and then looked for among those whom somebody has joined.
# Says: KeyError
import select
import time
from collections import deque


class Loop:
    """Wishes are tuples: ("read", socket), ("write", socket), ("sleep", moment), ("end", task)."""

    def __init__(self):
        self.ready, self.outcomes, self.waiting, self.joiners = deque(), {}, [], {}

    def spawn(self, task):
        self.ready.append(task)
        return task

    def run_until_complete(self, main):
        self.spawn(main)
        try:
            while main not in self.outcomes:
                self.wake()
                for _ in range(len(self.ready)):
                    self.turn(self.ready.popleft())
                    if main in self.outcomes:
                        break
        finally:
            others = [*self.ready, *(task for _, _, task in self.waiting)]
            for task in others:
                task.close()
            for task in others:
                del self.joiners[task]
        return self.result(main)

    def turn(self, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            self.outcomes[task] = stop.value, None
        except Exception as error:
            self.outcomes[task] = None, error
        else:
            if wish is None:
                self.ready.append(task)
            else:
                self.waiting.append((*wish, task))

    def wake(self):
        of = lambda kind: [what for waits, what, _ in self.waiting if waits == kind]
        ended = [what for what in of("end") if what in self.outcomes]
        timeout = 0 if self.ready or ended else min((max(0, due - time.monotonic()) for due in of("sleep")), default=None)
        readable, writable, _ = select.select(of("read"), of("write"), [], timeout)
        still, due = [], []
        for wish in self.waiting:
            kind, what, task = wish
            if kind == "sleep" and what <= time.monotonic():
                due.append((what, task))
            elif kind == "read" and what in readable or kind == "write" and what in writable or kind == "end" and what in self.outcomes:
                self.ready.append(task)
            else:
                still.append(wish)
        self.waiting = still
        self.ready.extend(task for _, task in sorted(due, key=lambda each: each[0]))

    def result(self, task):
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def join(self, task):
        if task not in self.outcomes:
            self.joiners.setdefault(task, []).append("somebody")
            yield "end", task
        return self.result(task)

    def sleep(self, seconds):
        yield "sleep", time.monotonic() + seconds

    def recv(self, connection, size):
        yield "read", connection
        return connection.recv(size)

    def send(self, connection, data):
        connection.setblocking(False)
        while data:
            yield "write", connection
            data = data[connection.send(data) :]

    def accept(self, listener):
        yield "read", listener
        return listener.accept()[0]
