"""Lets an attempt's threads meet where it hurts."""

import asyncio
import inspect
import queue
import sys
import threading

from checker.attempt.awaited import awaited
from checker.attempt.meeting import meetings
from checker.attempt.named import file_of

STUCK_S = 3.0
"""Whoever has not come back after so long, where a tenth of it would do, never will."""


def meet(attempt, keys, workers) -> object:
    """The entries that fetch_all returns, when two of its threads come to each line together; or "stuck".

    Connections answer at once: a key's value is the key.
    """
    if inspect.iscoroutinefunction(attempt.fetch_all):
        return asyncio.run(attempt.fetch_all(keys, AwaitedConnection.open, workers))
    returned = []

    def fetch():
        sys.settrace(None)  # it only starts those that meet
        returned.append(attempt.fetch_all(keys, Connection, workers))

    with meetings(file_of(attempt)):
        caller = threading.Thread(target=fetch, daemon=True)
        caller.start()
        caller.join(STUCK_S)
    return returned[0] if returned else "stuck"


def in_turn(attempt, *lists) -> list[object]:
    """The entries that fetch_all returns for each of these lists of keys, one call after another.

    Connections answer at once: a key's value is the key, and so is the failure of the key "Empty", as it was raised.
    There is one worker, so that nobody else does its work.
    """
    connect = AwaitedConnection.open if inspect.iscoroutinefunction(attempt.fetch_all) else Connection
    return [by_key(awaited(attempt.fetch_all(keys, connect, 1))) for keys in lists]


EMPTY = queue.Empty()
"""What the key "Empty" fails with."""


def by_key(entries):
    """The entries, with the key in the place of its failure."""
    return ["Empty" if entry is EMPTY else entry for entry in entries] if isinstance(entries, list) else entries


class Connection:
    """Answers at once, until it is closed."""

    is_closed = False

    def get(self, key):
        if self.is_closed:
            raise ConnectionError("this connection is closed")
        if key == "Empty":
            raise EMPTY
        return key

    def close(self):
        self.is_closed = True


class AwaitedConnection(Connection):
    """The same, for tasks."""

    @classmethod
    async def open(cls):
        return cls()

    async def get(self, key):
        return super().get(key)

    async def close(self):
        super().close()
