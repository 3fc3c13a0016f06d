# Whatever may have to wait is an object that `yield from` iterates over, as `await` does with a future of asyncio's.
import heapq
import selectors
import time
from collections import defaultdict, deque
from itertools import count


class Operation:
    def __init__(self, *waits, then=lambda: None):
        self.waits, self.then = waits, then

    def __iter__(self):
        yield from self.waits
        return self.then()


class Sending:
    def __init__(self, connection, data):
        self.connection, self.left = connection, memoryview(data)

    def __iter__(self):
        while self.left:
            yield self.connection, selectors.EVENT_WRITE
            self.left = self.left[self.connection.send(self.left) :]


class Loop:
    def __init__(self):
        self.ready, self.sleepers, self.numbers = deque(), [], count()
        self.alive, self.ended, self.joiners = set(), {}, defaultdict(list)
        self.waiting = {}  # (socket, event) -> task

    def spawn(self, task):
        self.alive.add(task)
        self.ready.append(task)
        return task

    def run_until_complete(self, main):
        self.spawn(main)
        try:
            while main not in self.ended:
                self.look()
                if self.ready:
                    self.turn(self.ready.popleft())
        finally:
            for task in self.alive:
                task.close()
        return self.outcome(main)

    def look(self):
        pause_s = 0 if self.ready else max(0, self.sleepers[0][0] - time.monotonic()) if self.sleepers else None
        with selectors.DefaultSelector() as selector:
            events = defaultdict(int)
            for connection, event in self.waiting:
                events[connection] |= event
            for connection, both in events.items():
                selector.register(connection, both)
            for key, came in selector.select(pause_s):
                for event in (selectors.EVENT_READ, selectors.EVENT_WRITE):
                    if came & event and (key.fileobj, event) in self.waiting:
                        self.ready.append(self.waiting.pop((key.fileobj, event)))
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            self.ready.append(heapq.heappop(self.sleepers)[-1])

    def turn(self, task):
        try:
            wish = next(task)
        except StopIteration as stop:
            self.end(task, stop.value, None)
        except Exception as error:
            self.end(task, None, error)
        else:
            if wish is None:
                self.ready.append(task)
            elif isinstance(wish, float):
                heapq.heappush(self.sleepers, (wish, next(self.numbers), task))
            elif isinstance(wish, tuple):
                self.waiting[wish] = task
            elif wish in self.ended:
                self.ready.append(task)
            else:
                self.joiners[wish].append(task)

    def end(self, task, value, error):
        self.alive.remove(task)
        self.ended[task] = value, error
        self.ready.extend(self.joiners.pop(task, ()))

    def outcome(self, task):
        value, error = self.ended[task]
        if error is not None:
            raise error
        return value

    def join(self, task):
        return Operation(task, then=lambda: self.outcome(task))

    def sleep(self, seconds):
        return Operation(time.monotonic() + seconds)

    def recv(self, connection, size):
        connection.setblocking(False)
        return Operation((connection, selectors.EVENT_READ), then=lambda: connection.recv(size))

    def send(self, connection, data):
        connection.setblocking(False)
        return Sending(connection, data)

    def accept(self, listener):
        listener.setblocking(False)
        return Operation((listener, selectors.EVENT_READ), then=lambda: listener.accept()[0])
