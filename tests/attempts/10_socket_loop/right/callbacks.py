# A loop of callbacks below (call_soon, call_at, when_readable), and tasks as a thin layer above it.
import heapq
import selectors
import time
from collections import deque
from functools import partial
from itertools import count


class Loop:
    def __init__(self):
        self.soon, self.later, self.order = deque(), [], count()
        self.selector = selectors.DefaultSelector()
        self.waiting = {}
        self.tasks, self.done, self.failed, self.joined = {}, {}, {}, {}

    # callbacks
    def call_at(self, moment, callback):
        heapq.heappush(self.later, (moment, next(self.order), callback))

    def when(self, connection, event, callback):
        self.waiting.setdefault(connection, {})[event] = callback
        self.watch(connection)

    def watch(self, connection):
        events = sum(self.waiting[connection])
        try:
            if events:
                self.selector.modify(connection, events)
            else:
                self.selector.unregister(connection)
                del self.waiting[connection]
        except KeyError:
            self.selector.register(connection, events)

    def once(self):
        timeout = 0 if self.soon else None
        if self.later and not self.soon:
            timeout = max(0, self.later[0][0] - time.monotonic())
        for key, events in self.selector.select(timeout):
            for event in (selectors.EVENT_READ, selectors.EVENT_WRITE):
                if events & event and event in self.waiting.get(key.fileobj, ()):
                    self.soon.append(self.waiting[key.fileobj].pop(event))
            self.watch(key.fileobj)
        while self.later and self.later[0][0] <= time.monotonic():
            self.soon.append(heapq.heappop(self.later)[2])
        for _ in range(len(self.soon)):
            self.soon.popleft()()

    # tasks
    def spawn(self, task):
        self.tasks[task] = True
        self.soon.append(partial(self.step, task))
        return task

    def step(self, task):
        if task not in self.tasks:
            return
        try:
            wish = next(task)
        except StopIteration as stop:
            self.done[task] = stop.value
            self.finish(task)
        except Exception as error:
            self.failed[task] = error
            self.finish(task)
        else:
            again = partial(self.step, task)
            if wish is None:
                self.soon.append(again)
            else:
                wish(again)

    def finish(self, task):
        del self.tasks[task]
        self.soon.extend(self.joined.pop(task, []))

    def run_until_complete(self, task):
        self.spawn(task)
        while task in self.tasks:
            self.once()
        for other in list(self.tasks):
            other.close()
        self.tasks.clear()
        self.selector.close()
        return self.outcome(task)

    def outcome(self, task):
        if task in self.failed:
            raise self.failed[task]
        return self.done[task]

    def join(self, task):
        if task in self.tasks:
            yield lambda again: self.joined.setdefault(task, []).append(again)
        return self.outcome(task)

    def sleep(self, seconds):
        yield partial(self.call_at, time.monotonic() + seconds)

    def recv(self, connection, size):
        connection.setblocking(False)
        yield partial(self.when, connection, selectors.EVENT_READ)
        return connection.recv(size)

    def send(self, connection, data):
        connection.setblocking(False)
        while data:
            yield partial(self.when, connection, selectors.EVENT_WRITE)
            data = data[connection.send(data) :]

    def accept(self, listener):
        listener.setblocking(False)
        yield partial(self.when, listener, selectors.EVENT_READ)
        return listener.accept()[0]
