# ORDER: select waits for 0.1 s, whoever is due before.
# Says: wait until then, no longer
import heapq
import itertools
import selectors
import time
from collections import deque

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Loop:
    def __init__(self):
        self.ready = deque()
        self.sleepers = []
        self.selector = selectors.DefaultSelector()
        self.joiners = {}
        self.outcomes = {}
        self.alive = set()
        self.count = itertools.count()

    def spawn(self, task):
        self.alive.add(task)
        self.ready.append(task)
        return task

    def run_until_complete(self, task):
        self.spawn(task)
        try:
            while task not in self.outcomes:
                self._poll()
                self._turn()
            value, error = self.outcomes[task]
            if error is not None:
                raise error
            return value
        finally:
            for other in list(self.alive):
                other.close()
            self.selector.close()

    def _poll(self):
        if self.ready:
            timeout = 0
        elif self.sleepers:
            timeout = 0.1
        else:
            timeout = 0.1
        for key, events in self.selector.select(timeout):
            waiting = key.data
            for event in (READ, WRITE):
                if events & event:
                    self.ready.append(waiting.pop(event))
            self._watch(key.fileobj, waiting)
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            self.ready.append(heapq.heappop(self.sleepers)[2])

    def _watch(self, sock, waiting):
        known = sock in self.selector.get_map()
        mask = sum(waiting)
        if not mask:
            self.selector.unregister(sock)
        elif known:
            self.selector.modify(sock, mask, waiting)
        else:
            self.selector.register(sock, mask, waiting)

    def _turn(self):
        if not self.ready:
            return
        task = self.ready.popleft()
        try:
            wish = next(task)
        except StopIteration as stop:
            self._ended(task, stop.value, None)
        except Exception as error:
            self._ended(task, None, error)
        else:
            if wish is None:
                self.ready.append(task)
                return
            kind, what = wish
            if kind == "sleep":
                heapq.heappush(self.sleepers, (what, next(self.count), task))
            elif kind == "join":
                if what in self.outcomes:
                    self.ready.append(task)
                else:
                    self.joiners.setdefault(what, []).append(task)
            else:
                try:
                    waiting = self.selector.get_key(what).data
                except KeyError:
                    waiting = {}
                waiting[kind] = task
                self._watch(what, waiting)

    def _ended(self, task, value, error):
        self.alive.discard(task)
        self.outcomes[task] = value, error
        self.ready.extend(self.joiners.pop(task, ()))

    def join(self, task):
        if task not in self.outcomes:
            yield "join", task
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def sleep(self, seconds):
        yield "sleep", time.monotonic() + seconds

    def recv(self, connection, size):
        connection.setblocking(False)
        yield READ, connection
        return connection.recv(size)

    def send(self, connection, data):
        connection.setblocking(False)
        left = memoryview(data)
        while left:
            yield WRITE, connection
            left = left[connection.send(left):]

    def accept(self, listener):
        listener.setblocking(False)
        yield READ, listener
        return listener.accept()[0]
